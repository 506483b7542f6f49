"""The way of every gesture: read, handle, acknowledge as the last thing.

A handler takes the desk and a typed gesture, and returns the answer. Whatever goes wrong in it is
told to the one who acted in a sentence: a refusal, a database that did not take the change, too
many gestures, or a fault of ours with a code that stands in the log. Nobody sees a traceback, and
nothing leaves a gesture unacknowledged. Source: T33, M2.
"""

from __future__ import annotations

import hashlib
import logging
import traceback
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from slack_bolt import Ack, BoltRequest, BoltResponse

from handlers.kit import edge, payloads, refusing, replies
from handlers.kit.edge import Gesture, Payload, Press, Submission
from handlers.kit.late import Late
from handlers.kit.mentions import named
from handlers.kit.ports import Busy, Desk, Desks, Glance, NotMet, NotNow, NotSaved, NotYet
from handlers.kit.replies import Answer, Correct
from protocols.closure.events import (
    AccountConfirmed,
    ClosedUnconfirmed,
    OpenedInError,
    TicketClosed,
    TicketReopened,
    TicketResolved,
)
from protocols.fixed_texts.sending import can_hold
from protocols.kernel.refusals import BeingUpdated, Refusal, WrongState
from protocols.people.people import Actor, Standing
from protocols.relations.events import MergeUndone, TicketMerged
from protocols.ticket import Ticket
from templates.kit import render
from templates.kit.plainer import plainer

G = TypeVar("G", bound=Gesture)
Handler = Callable[[Desk, G], Answer]
"""A user journey's step: what is answered to one gesture."""
Listener = Callable[..., object]
"""What Bolt calls. Its arguments go by their names: ``ack``, ``body`` and ``request``."""
Teller = Callable[[Desk, Any, str], Answer]


_LOGGER = logging.getLogger(__name__)


TURNS = (
    TicketResolved,
    TicketReopened,
    AccountConfirmed,
    TicketClosed,
    ClosedUnconfirmed,
    OpenedInError,
    TicketMerged,
    MergeUndone,
)
"""What brings a ticket to another status."""


def on_press(desks: Desks, handle: Handler[Press]) -> Listener:
    """Return the listener of a button; what went wrong is told beside the message."""
    return _listener(desks, payloads.press, handle, replies.say_and_note)


def on_slash(desks: Desks, handle: Handler[edge.Slash]) -> Listener:
    """Return the listener of a command; what went wrong is told in the acknowledgment."""
    return _listener(desks, payloads.slash, handle, lambda _desk, _slash, text: replies.said(text))


def on_submission(desks: Desks, handle: Handler[Submission]) -> Listener:
    """Return the listener of a form; what went wrong is told under a field, the form stays."""
    return _listener(desks, payloads.submission, handle, _under_a_field)


def on_shortcut(desks: Desks, handle: Handler[edge.Shortcut]) -> Listener:
    """Return the listener of a global shortcut."""
    return _listener(desks, payloads.shortcut, handle, replies.say_and_note)


def on_message_shortcut(desks: Desks, handle: Handler[edge.MessageShortcut]) -> Listener:
    """Return the listener of a shortcut on a message."""
    return _listener(desks, payloads.message_shortcut, handle, replies.say_and_note)


def on_options(desks: Desks, handle: Handler[edge.Options]) -> Listener:
    """Return the listener of a search; a search that fails finds nothing."""
    return _listener(desks, payloads.options, handle, lambda *_: {"options": []})


def on_event(desks: Desks, handle: Handler[edge.SlackEvent]) -> Listener:
    """Return the listener of an event.

    A refusal is our answer to it. Anything else is answered with 500, so that Slack sends the
    event again.
    """

    def listen(ack: Ack, body: Payload, request: BoltRequest | None = None) -> BoltResponse | None:
        happened = replace(payloads.event(body), tries=_tries(request))
        try:
            desks.in_time(lambda: _heard(desks, happened, handle))
        except NotYet:
            _LOGGER.warning(
                "An event (%s) was not done in time: Slack sends it again", happened.kind
            )
            return BoltResponse(status=500, body="")
        except BeingUpdated as newer:
            # What an account wrote must not be lost: Slack sends it again, to the newer process.
            _LOGGER.info("An event (%s) is asked for again: %s", happened.kind, newer)
            return BoltResponse(status=500, body="")
        except (NotMet, NotNow) as reason:
            _LOGGER.info("An event (%s) is asked for again: %s", happened.kind, reason)
            return BoltResponse(status=500, body="")
        except Refusal as refused:
            _LOGGER.info("An event (%s) changed nothing: %s", happened.kind, refused.code)
        except (NotSaved, Busy) as reason:
            _LOGGER.warning("An event (%s) is asked for again: %s", happened.kind, reason)
            return BoltResponse(status=500, body="")
        except Exception as fault:
            code = error_code(fault)
            _LOGGER.exception("An event (%s) failed with code %s", happened.kind, code)
            return BoltResponse(status=500, body="")
        ack()
        return None

    return listen


def _heard(desks: Desks, happened: edge.SlackEvent, handle: Handler[edge.SlackEvent]) -> None:
    with desks.gesture() as desk:
        handle(desk, named(desk, happened))


def _tries(request: BoltRequest | None) -> int:
    """Return how often Slack has sent this before."""
    told = request.headers.get("x-slack-retry-num") if request is not None else None
    found = told[0] if told else "0"
    return int(found) if found.isascii() and found.isdigit() else 0


def actor_of(desk: Glance, gesture: Gesture) -> Actor:
    """Return who acts, as the rules know them."""
    return desk.actor(gesture.team_id or None, gesture.user_id)


def error_code(fault: Exception) -> str:
    """Return a short code of a fault: the same fault at the same place has the same code."""
    frames = traceback.extract_tb(fault.__traceback__)
    place = f"{frames[-1].filename}:{frames[-1].name}" if frames else ""
    named = f"{type(fault).__name__} {place.rpartition('/')[2]}"
    return f"e-{hashlib.sha256(named.encode()).hexdigest()[:8]}"


def _listener(
    desks: Desks, read: Callable[[Payload], G], handle: Handler[G], tell: Teller
) -> Listener:
    late = Late()

    def listen(ack: Ack, body: Payload) -> None:
        gesture = late.again(read(body))
        try:
            answer = desks.in_time(lambda: _looked(desks, gesture, handle, tell))
        except NotYet:
            late.note(gesture)
            _LOGGER.warning("A gesture (%s) was not done in time", type(gesture).__name__)
            with desks.gesture() as desk:
                answer = _told_late(desk, gesture, tell)
        # What Slack refuses of an acknowledgment nobody hears of, so that nothing newer is in it.
        ack(plainer(answer)) if answer else ack()

    return listen


def _looked(desks: Desks, gesture: G, handle: Handler[G], tell: Teller) -> Answer:
    with desks.gesture() as desk:
        return _answer(desk, gesture, handle, tell)


def _told_late(desk: Desk, gesture: Gesture, tell: Teller) -> Answer:
    try:
        return tell(desk, gesture, render.line("not_saved_yet", {}))
    except Busy:
        return replies.NOTED


def _answer(desk: Desk, gesture: G, handle: Handler[G], tell: Teller) -> Answer:
    try:
        try:
            return _handled(desk, gesture, handle, tell)
        except NotSaved:
            return tell(desk, gesture, refusing.not_saved(desk.now()))
        except Busy:
            return tell(desk, gesture, render.line("busy", {}))
    except Exception as fault:
        # The edge of the program: whatever failed, the person is told, and the log says what.
        code = error_code(fault)
        _LOGGER.exception("A gesture (%s) failed with code %s", type(gesture).__name__, code)
        return tell(desk, gesture, render.line("went_wrong", {"found": code}))


def _handled(desk: Desk, gesture: G, handle: Handler[G], tell: Teller) -> Answer:
    try:
        return handle(desk, named(desk, gesture))
    except Correct as wrong:
        return _corrected(desk, gesture, wrong, tell)
    except Refusal as refused:
        # Its sentence reads the ticket, so that the database may be away only now.
        return _refused(desk, gesture, refused, tell)


def _corrected(desk: Desk, gesture: Gesture, wrong: Correct, tell: Teller) -> Answer:
    if isinstance(gesture, Submission):
        return replies.errors(gesture.view, wrong.fields)
    return tell(desk, gesture, " ".join(wrong.fields.values()))


def _refused(desk: Desk, gesture: Gesture, refused: Refusal, tell: Teller) -> Answer:
    try:
        sentence = refusal(desk, gesture, refused)
    except BeingUpdated as newer:
        # The rule read less of the ticket than its sentence does.
        sentence = refusal(desk, gesture, newer)
    if isinstance(gesture, Submission):
        return replies.errors(gesture.view, {field_at_fault(gesture, refused): sentence})
    return tell(desk, gesture, _became(desk, gesture, refused) or sentence)


def _became(desk: Glance, gesture: Gesture, refused: Refusal) -> str:
    """Return what became of the question that was pressed on, empty while it stands.

    Whoever presses in a message that has not been changed before their eyes reads what it says by
    now: who did what, when. Nobody from outside reads more of a ticket than before.
    """
    if not isinstance(gesture, Press) or not (gesture.message_ts and gesture.reference):
        return ""
    if gesture.is_ephemeral or refused.is_newest:
        return ""
    if actor_of(desk, gesture).standing is not Standing.MEMBER:
        return ""
    said = desk.became(gesture.reference, gesture.channel_id, gesture.message_ts)
    return f"{render.line('nothing_done', {})} {said}" if said else ""


def refusal(desk: Glance, gesture: Gesture, refused: Refusal) -> str:
    """Return a refusal's sentence, with what the ticket adds to it."""
    reference = str(refused.facts.get("reference") or getattr(gesture, "reference", ""))
    can_be_read = bool(reference) and not isinstance(refused, BeingUpdated)
    ticket = desk.ticket(reference) if can_be_read else None
    account = ticket.account.name if ticket is not None and ticket.account else ""
    actor = actor_of(desk, gesture)
    known: dict[str, object] = {"ticket_command": f"{desk.command_prefix}ticket"}
    if ticket is not None and actor.standing is Standing.MEMBER:
        own = desk.context_on(actor, ticket)
        known |= {"can_hold": can_hold(ticket, own), **_turned(desk, refused, ticket)}
    ctx = desk.context(actor)
    return refusing.sentence(refused, ctx, reference=reference, account=account, **known)


def _turned(desk: Glance, refused: Refusal, ticket: Ticket) -> dict[str, object]:
    """Return who brought a ticket to where it stands, and when: someone else was faster."""
    if not isinstance(refused, WrongState):
        return {}
    turns = (
        event for event in reversed(desk.history(ticket.reference)) if isinstance(event, TURNS)
    )
    turn = next(turns, None)
    return {} if turn is None else {"by": turn.by.name, "at": turn.at}


_FIELD_OF = {
    "not_a_csm": ("contact", "person"),
    "not_of_its_team": ("person",),
    "reason_needed": ("reason", "note", "words", "text", "question", "answer"),
    "no_next_update": ("next_at",),
    "role_conflict": ("person",),
    "person_unknown": ("person",),
    "bridge_full": ("person",),
    "lower_needs_manager": ("tier",),
    "already_open": ("summary",),
    "question_incomplete": ("question",),
    "answers_unclear": ("answers",),
    "answer_by_past": ("due_at",),
}


def field_at_fault(gesture: Submission, refused: Refusal) -> str:
    """Return the field of a form that a refusal is about; empty when it is about none."""
    named = _FIELD_OF.get(refused.code, ())
    return next((name for name in named if name in gesture.view.blocks), "")


def _under_a_field(_desk: Desk, gesture: Submission, sentence: str) -> Answer:
    return replies.errors(gesture.view, {"": sentence})
