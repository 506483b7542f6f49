"""This file owns what the account says: written in its channel, pressed there, told by phone.

Source: S98, S99; D7, D19, T13.
"""

from __future__ import annotations

from collections.abc import Mapping

from handlers.kit import grammar, payloads, replies
from handlers.kit.acting import account_name, context_of, opener, submit, told
from handlers.kit.doors import Doors
from handlers.kit.edge import Gesture, Payload, Press, SlackEvent, Submission, View
from handlers.kit.journey import actor_of
from handlers.kit.ports import Acts, Glance
from handlers.kit.refusing import need_ticket
from handlers.kit.replies import NOTED, Answer
from handlers.slack.timeline import note_altered
from protocols.account.events import Contact
from protocols.closure.events import RecordAnswer
from protocols.kernel.command import Command
from protocols.kernel.context import Context
from protocols.kernel.refusals import OurOwnPress
from protocols.people.people import Actor, Standing
from protocols.replies.events import RecordCall, RecordReply, RecordWords
from protocols.status import Status
from protocols.ticket import Ticket
from templates.account.words import ACCOUNT_BLOCKED
from templates.kit import render
from templates.kit.render import Json
from templates.replies.words import CALLED_OPEN, VIEW_CALLED, VIEW_THEIR_WORDS, WORDS_OPEN

_BLOCKED = "It blocks my business."


def blocked(desk: Acts, press: Press) -> Answer:
    """Keep **It blocks my business** as the account's word on the ticket."""
    ticket = need_ticket(desk, press.reference)
    actor = need_account(desk, press, ticket)
    # Where the button stands in no message, the gesture itself is the identity.
    stamp = f"{press.message_ts or press.delivery}/blocked/{press.user_id}"
    command = RecordReply(press.reference, actor.who.name, _BLOCKED, press.channel_id, stamp)
    noted = submit(desk, press, command).ticket
    replies.tell(desk, press, thanks(desk, press, noted))
    return NOTED


def thanks(desk: Glance, gesture: Gesture, ticket: Ticket) -> str:
    """Return the thanks for an answer, with who takes it from here."""
    contact = context_of(desk, gesture, ticket).public_name(ticket.poc) or "Your contact"
    return render.line("thanks_not_solved", {"contact": contact, "ref": ticket.reference})


def need_account(desk: Glance, gesture: Gesture, ticket: Ticket) -> Actor:
    """Return who presses, for someone at the ticket's account.

    Raises:
        OurOwnPress: They are one of us, or of another account.
    """
    actor = actor_of(desk, gesture)
    if ticket.account is None or not actor.speaks_for(ticket.account.key):
        raise OurOwnPress(account=account_name(ticket))
    return actor


MOST_CONTACTS = 9
"""How many contacts the form offers: Slack shows ten choices, and one of them is someone else."""


def words_form(ticket: Ticket, _ctx: Context) -> Json:
    """Return the form *Record their words*; while it is resolved, it asks for their answer."""
    facts = {
        "account": account_name(ticket),
        "asks_solved": ticket.status is Status.RESOLVED,
        "contacts": tuple(
            (str(place), contact.name) for place, contact in enumerate(_contacts(ticket))
        ),
        "ref": ticket.reference,
    }
    return render.view("their_words", facts)


def _contacts(ticket: Ticket) -> tuple[Contact, ...]:
    return ticket.account.contacts[:MOST_CONTACTS] if ticket.account is not None else ()


def _speaker(ticket: Ticket, view: View) -> str:
    """Return who said it: the contact that was picked, else the name that was typed."""
    chosen = view.text("contact")
    if chosen.isascii() and chosen.isdigit() and int(chosen) < len(_contacts(ticket)):
        return _contacts(ticket)[int(chosen)].name
    return view.text("speaker")


def record_words(desk: Acts, submission: Submission) -> Answer:
    """Keep what someone at the account said by phone; an answer counts as theirs."""
    view, reference = submission.view, submission.reference
    said_at, words = view.text("said_at"), view.text("words")
    speaker = _speaker(need_ticket(desk, reference), view)
    if not speaker.strip():
        raise replies.Correct(speaker=render.line("error_required", {}))
    solved = view.text("solved")
    command: Command
    if solved in ("yes", "no"):
        command = RecordAnswer(reference, speaker, said_at, words, solved == "yes")
    else:
        command = RecordWords(reference, speaker, said_at, words)
    return told(desk, submission, submit(desk, submission, command).ticket, "done_words")


def called_form(ticket: Ticket, _ctx: Context) -> Json:
    """Return the form *I called*."""
    return render.view("called", {"account": account_name(ticket), "ref": ticket.reference})


def record_call(desk: Acts, submission: Submission) -> Answer:
    """Keep that the account was called: whom, and what was said."""
    speaker = submission.view.text("speaker").strip()
    note = submission.view.text("note").strip()
    spoken = f"{speaker}: {note}" if speaker and note else speaker or note
    ticket = submit(desk, submission, RecordCall(submission.reference, spoken)).ticket
    return told(desk, submission, ticket, "done_call")


_WRITTEN = frozenset({"", "file_share", "thread_broadcast", "me_message"})
"""Subtypes of messages that a person wrote."""
_ALTERED = frozenset({"message_changed", "message_deleted"})
_NO_WORDS = "(a file, without words)"


def is_an_echo(body: Payload) -> bool:
    """Say whether an event is about a message that no handler would do anything with.

    Most of what Slack tells us is what we just did: our own posts and edits, topics, joins in
    words. Whoever is at the door may answer these at once.
    """
    fields = body.get("event")
    if body.get("type") != "event_callback" or not isinstance(fields, Mapping):
        return False
    return fields.get("type") == "message" and _is_nobodys(payloads.event(body))


def _is_nobodys(event: SlackEvent) -> bool:
    if event.is_bot or not event.user_id:
        return True
    return event.subtype not in _ALTERED | _WRITTEN


def message(desk: Acts, event: SlackEvent) -> Answer:
    """Keep what an account writes to us, and what is altered in a bridge."""
    if _is_nobodys(event):
        return NOTED
    if event.subtype in _ALTERED:
        return note_altered(desk, event)
    if desk.account_of_channel(event.channel_id) is not None:
        return _reply(desk, event)
    return NOTED


def _reply(desk: Acts, event: SlackEvent) -> Answer:
    """Keep a message of someone outside, when it belongs to a ticket.

    It does in a ticket's thread; at the top level, when the account has an open ticket.
    """
    actor = desk.actor(event.team_id or None, event.user_id)
    if not _is_of_the_account(desk, event, actor):
        return NOTED
    ticket = desk.ticket_of_customer(event.channel_id, event.thread_ts or None)
    if ticket is None:
        return NOTED
    command = RecordReply(
        ticket.reference,
        actor.who.name,
        grammar.readable(event.text) or _NO_WORDS,
        event.channel_id,
        event.ts,
        desk.permalink(event.channel_id, event.ts),
    )
    desk.submit(command, actor, delivery=f"reply:{event.channel_id}:{event.ts}")
    return NOTED


def _is_of_the_account(desk: Glance, event: SlackEvent, actor: Actor) -> bool:
    """Say whether a writer in an account's channel speaks for it.

    A colleague whom the desk has not met yet is outside for now, but of our own workspace: what
    they write is never taken for the account's word.
    """
    if actor.standing is Standing.OUTSIDE:
        return event.team_id != desk.context(actor).team_id
    return actor.standing is Standing.CUSTOMER


DOORS = Doors(
    presses={
        ACCOUNT_BLOCKED: blocked,
        WORDS_OPEN: opener(words_form),
        CALLED_OPEN: opener(called_form),
    },
    submissions={
        VIEW_THEIR_WORDS: record_words,
        VIEW_CALLED: record_call,
    },
    events={
        "message": message,
    },
)
