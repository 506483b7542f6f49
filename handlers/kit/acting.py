"""What the journeys on a ticket share: who may, one command, and the short answer.

A handler that opens a form asks first whether the form is this person's at all; what is submitted
is decided by the rules alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from handlers.kit import replies
from handlers.kit.edge import Gesture, MessageShortcut, Press, Slash, Submission
from handlers.kit.journey import actor_of
from handlers.kit.ports import Acts, Answers, Desk, Glance, Seen
from handlers.kit.refusing import need_ticket
from handlers.kit.replies import NOTED, Answer
from protocols.bridge.state import BridgeState
from protocols.kernel.command import Command
from protocols.kernel.context import Context
from protocols.kernel.refusals import OldButton
from protocols.people.people import Who
from protocols.people.refusals import PersonUnknown
from protocols.rights.guards import need_on_ticket, need_staff
from protocols.targets.taking import need_taken
from protocols.ticket import Ticket
from templates.kit import render
from templates.kit.render import Json

FormOf = Callable[[Ticket, Context], Json]
"""A form of a ticket, as the rules' facts fill it."""
VerbHandler = Callable[[Desk, Slash, Ticket, str], Answer]
"""A typed verb on a ticket: the desk, the gesture, the ticket, and what follows the verb."""


def account_name(ticket: Ticket) -> str:
    """Return the account's name, or words for one that is not named yet."""
    return ticket.account.name if ticket.account is not None else "the account"


def account_zone(ticket: Ticket, ctx: Context) -> str:
    """Return the zone in which the account reads its times."""
    return ticket.account.zone if ticket.account is not None else ctx.policy.calendar.zone


def context_of(desk: Glance, gesture: Gesture, ticket: Ticket) -> Context:
    """Return what the rules know of the one who acts, and of the ticket's account."""
    return desk.context_on(actor_of(desk, gesture), ticket)


def insider(desk: Glance, gesture: Gesture, reference: str) -> tuple[Ticket, Context]:
    """Return the ticket and the context, for one who is on it.

    Raises:
        UnknownTicket: There is no such ticket.
        Outside: The one who acts is not one of us.
        NotTaken: They are not on the ticket, and may take it.
        NotYours: They are not on the ticket.
    """
    ticket = need_ticket(desk, reference)
    ctx = context_of(desk, gesture, ticket)
    need_taken(ticket, ctx)
    need_on_ticket(ticket, ctx)
    return ticket, ctx


def submit(desk: Acts, gesture: Gesture, command: Command, part: str = "") -> Seen:
    """Ask one thing of a ticket, in the name of the one who acts.

    Args:
        desk: The desk.
        gesture: Who asks, and the identity of the delivery.
        command: What is asked.
        part: Tells apart what one gesture asks in turn; empty for its only command.

    Raises:
        Refused: The rules say no.
    """
    need_ticket(desk, command.reference)
    delivery = f"{gesture.delivery}:{part}" if part else gesture.delivery
    return desk.submit(command, actor_of(desk, gesture), delivery=delivery)


def told(desk: Answers, gesture: Gesture, ticket: Ticket, line: str, /, **facts: object) -> Answer:
    """Answer a gesture with one line, by the way it leaves open.

    A form closes, and the line comes in the bridge when the one who acted is there; else the
    line takes the form's place.
    """
    common = {"ref": ticket.reference, "account": account_name(ticket), "now": desk.now()}
    sentence = render.line(line, {**common, **facts})
    if isinstance(gesture, Slash):
        return replies.said(sentence)
    if not isinstance(gesture, Submission):
        return replies.say_and_note(desk, gesture, sentence)
    key = actor_of(desk, gesture).who.key
    bridge = ticket.of(BridgeState)
    if not bridge.channel_id or all(who.key != key for who in bridge.here):
        return replies.updated(replies.notice(sentence, ticket.reference))
    replies.tell(desk, replace(gesture, channel_id=bridge.channel_id), sentence)
    is_on_top = gesture.view.root_id not in ("", gesture.view.id)
    return replies.CLOSE_ALL if is_on_top else NOTED


def opener(form: FormOf) -> Callable[[Desk, Press], Answer]:
    """Return the handler of a button that opens a form of its ticket."""

    def open_form(desk: Answers, press: Press) -> Answer:
        ticket, ctx = insider(desk, press, press.reference)
        return replies.show_view(desk, press, form(ticket, ctx))

    return open_form


def verb(form: FormOf) -> VerbHandler:
    """Return the handler of a typed verb that opens a form of its ticket."""

    def open_form(desk: Answers, slash: Slash, ticket: Ticket, _rest: str) -> Answer:
        found, ctx = insider(desk, slash, ticket.reference)
        return replies.show_view(desk, slash, form(found, ctx))

    return open_form


def person(desk: Glance, user_id: str) -> Who:
    """Return the colleague whom a form or a command names.

    Raises:
        PersonUnknown: The desk does not know them, or they are a guest or of another team: nobody
            from outside comes into a bridge by our hand.
    """
    found = desk.who(user_id) if user_id else None
    if found is None:
        raise PersonUnknown(person="")
    return found


def number(words: str, reference: str) -> int:
    """Return a number out of a button's value or a form's metadata.

    Raises:
        OldButton: There is none; the button is not one of today's.
    """
    if not (words.isascii() and words.isdigit()):
        raise OldButton(reference=reference)
    return int(words)


def part(gesture: Submission, index: int) -> str:
    """Return one part of a form's metadata; empty when it has none there."""
    metadata = gesture.view.metadata
    return metadata[index] if index < len(metadata) else ""


def ticket_of_message(desk: Glance, shortcut: MessageShortcut) -> Ticket | None:
    """Return the ticket of the bridge that the message is in.

    Raises:
        Outside: The one who asks is not one of us.
    """
    need_staff(desk.context(actor_of(desk, shortcut)))
    return desk.ticket_of_bridge(shortcut.channel_id)


def no_bridge(desk: Answers, shortcut: MessageShortcut) -> Answer:
    """Say that the message stands in no bridge."""
    return replies.say_and_note(desk, shortcut, render.line("not_on_a_bridge", {}))
