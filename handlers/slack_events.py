"""This file owns what Slack tells us unasked: messages, joins, leaves, shares, changed people.

Every change is keyed by what happened, not by the delivery: Slack may send an event again, and
may tell one message under several event ids. Source: T13, D19, M4.
"""

from __future__ import annotations

from collections.abc import Mapping

from handlers import grammar, payloads
from handlers.desk import Desk
from handlers.edge import Json, SlackEvent
from handlers.replies import NOTED, Answer
from protocols import commands as cmd
from protocols.people import ENGINE, Actor, Standing, Who
from protocols.ticket import Ticket

_WRITTEN = frozenset({"", "file_share", "thread_broadcast", "me_message"})
"""Subtypes of messages that a person wrote."""
_ALTERED = frozenset({"message_changed", "message_deleted"})
_NO_WORDS = "(a file, without words)"


def is_an_echo(body: Json) -> bool:
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


def message(desk: Desk, event: SlackEvent) -> Answer:
    """Keep what an account writes to us, and what is altered in a bridge."""
    if _is_nobodys(event):
        return NOTED
    if event.subtype in _ALTERED:
        return _altered(desk, event)
    if desk.account_of_channel(event.channel_id) is not None:
        return _reply(desk, event)
    return NOTED


def _reply(desk: Desk, event: SlackEvent) -> Answer:
    """Keep a message of someone outside, when it belongs to a ticket.

    It does in a ticket's thread; at the top level, when the account has an open ticket.
    """
    actor = desk.actor(event.team_id or None, event.user_id)
    if not _is_of_the_account(desk, event, actor):
        return NOTED
    ticket = desk.ticket_of_customer(event.channel_id, event.thread_ts or None)
    if ticket is None:
        return NOTED
    command = cmd.RecordReply(
        ticket.reference,
        actor.who.name,
        grammar.readable(event.text) or _NO_WORDS,
        event.channel_id,
        event.ts,
        desk.permalink(event.channel_id, event.ts),
    )
    desk.submit(command, actor, delivery=f"reply:{event.channel_id}:{event.ts}")
    return NOTED


def _is_of_the_account(desk: Desk, event: SlackEvent, actor: Actor) -> bool:
    """Say whether a writer in an account's channel speaks for it.

    A colleague whom the desk has not met yet is outside for now, but of our own workspace: what
    they write is never taken for the account's word.
    """
    if actor.standing is Standing.OUTSIDE:
        return event.team_id != desk.context(actor).team_id
    return actor.standing is Standing.CUSTOMER


def _altered(desk: Desk, event: SlackEvent) -> Answer:
    """Keep that a person changed or deleted a message in a bridge: it is a record."""
    ticket = desk.ticket_of_bridge(event.channel_id)
    before = _text(event, "previous_message")
    deleted = event.subtype == "message_deleted"
    if ticket is None or (not deleted and before == _text(event, "message")):
        return NOTED
    known = desk.who(event.user_id)
    author = known or desk.actor(event.team_id or None, event.user_id).who
    was = grammar.readable(before)
    command = cmd.NoteEdited(ticket.reference, author, was, deleted)
    desk.submit(command, ENGINE, delivery=f"event:{event.gesture}")
    return NOTED


def _text(event: SlackEvent, name: str) -> str:
    found = event.fields.get(name)
    text = found.get("text") if isinstance(found, Mapping) else None
    return text if isinstance(text, str) else ""


def joined(desk: Desk, event: SlackEvent) -> Answer:
    """Note who came into a bridge, and who brought them."""
    ticket = desk.ticket_of_bridge(event.channel_id)
    person = _person(desk, event)
    if ticket is None or person is None:
        return NOTED
    inviter = event.fields.get("inviter")
    added_by = desk.who(inviter) if isinstance(inviter, str) and inviter else None
    command = cmd.NoteJoined(ticket.reference, person, added_by, outside=not _is_ours(desk, event))
    desk.submit(command, ENGINE if added_by is None else Actor(added_by), delivery=_delivery(event))
    return NOTED


def left(desk: Desk, event: SlackEvent) -> Answer:
    """Note who left a bridge."""
    ticket = desk.ticket_of_bridge(event.channel_id)
    person = _person(desk, event)
    if ticket is None or person is None:
        return NOTED
    command = cmd.NoteLeft(ticket.reference, person)
    desk.submit(command, ENGINE, delivery=_delivery(event))
    return NOTED


def _person(desk: Desk, event: SlackEvent) -> Who | None:
    """Return who came or left; None for a bot, and for one the desk knows nothing of."""
    actor = desk.actor(event.team_id or None, event.user_id)
    return desk.who(event.user_id) or (actor.who if actor.is_person else None)


def _is_ours(desk: Desk, event: SlackEvent) -> bool:
    """Say whether who came is one of us; else they are seen there, and on no ticket for it."""
    return desk.who(event.user_id) is not None


def _delivery(event: SlackEvent) -> str:
    return f"event:{event.gesture}:{event.user_id}"


def shared(desk: Desk, event: SlackEvent) -> Answer:
    """Note that a bridge was shared outside; have an account's channel looked at again."""
    ticket: Ticket | None = desk.ticket_of_bridge(event.channel_id)
    if ticket is not None:
        command = cmd.NoteShared(ticket.reference, event.channel_id)
        desk.submit(command, ENGINE, delivery=f"event:{event.gesture}")
    return reread(desk, event)


def reread(desk: Desk, event: SlackEvent) -> Answer:
    """Have the facts of an account's channel read again."""
    if desk.account_of_channel(event.channel_id) is not None:
        desk.channel_changed(event.channel_id)
    return NOTED


def person_changed(desk: Desk, event: SlackEvent) -> Answer:
    """Keep what Slack says of one of its users."""
    user = event.fields.get("user")
    if isinstance(user, Mapping):
        desk.person_changed(user)
    return NOTED


EVENTS = {
    "message": message,
    "member_joined_channel": joined,
    "member_left_channel": left,
    "channel_shared": shared,
    "channel_unshared": reread,
    "team_join": person_changed,
    "user_change": person_changed,
}
