"""A bridge that is lost, made anew, or left by one who has a seat. Source: S38, S43, D22."""

from __future__ import annotations

from collections.abc import Mapping

from handlers.kit.acting import insider, submit, told
from handlers.kit.doors import Doors
from handlers.kit.edge import Press, SlackEvent
from handlers.kit.ports import Acts, Desk, Glance
from handlers.kit.replies import NOTED, Answer
from handlers.slack.account import may_be_ours, reread
from protocols.bridge.events import InvitePerson
from protocols.bridge.state import BridgeState
from protocols.kernel.command import Command
from protocols.losses.cards import so_often
from protocols.losses.events import (
    MakeBridgeAnew,
    NoteBridgeBack,
    NoteBridgeLost,
    NoteBridgeRenamed,
    NoteCardGone,
)
from protocols.people.people import ENGINE
from protocols.ticket import Ticket
from protocols.triage.events import NoteCardDeleted
from protocols.triage.state import Triage
from templates.losses.words import BRIDGE_ANEW, BRIDGE_ASK_BACK

KINDS = ("channel", "group")
CLOSED = {"archive": "archived", "deleted": "deleted", "left": "left"}
"""What Slack says when a channel is closed, or we are put out of it; and what is so."""


def anew(desk: Acts, press: Press) -> Answer:
    """Have another bridge made."""
    seen = submit(desk, press, MakeBridgeAnew(press.reference))
    return told(desk, press, seen.ticket, "done_anew")


def ask_back(desk: Acts, press: Press) -> Answer:
    """Invite one who left to the bridge again."""
    _ticket, ctx = insider(desk, press, press.reference)
    whom = ctx.who(press.part(1))
    seen = submit(desk, press, InvitePerson(press.reference, whom))
    return told(desk, press, seen.ticket, "done_invited", person=whom.name)


def closed(desk: Desk, event: SlackEvent) -> Answer:
    """Note that a bridge is closed to us; have an account's channel looked at again."""
    ticket = desk.ticket_of_bridge(event.channel_id)
    if ticket is None:
        return reread(desk, event)
    if ticket.of(BridgeState).lost_at is None:
        why = CLOSED[event.kind.partition("_")[2]]
        _note(desk, event, NoteBridgeLost(ticket.reference, event.channel_id, why))
    return NOTED


def opened(desk: Desk, event: SlackEvent) -> Answer:
    """Note that a bridge is open to us again; have the accounts' channels looked at again."""
    ticket = desk.ticket_of_bridge(event.channel_id)
    if ticket is None:
        return may_be_ours(desk, event)
    if ticket.of(BridgeState).lost_at is not None:
        _note(desk, event, NoteBridgeBack(ticket.reference, event.channel_id))
    return NOTED


def renamed(desk: Desk, event: SlackEvent) -> Answer:
    """Note what a bridge is called now; have the accounts' channels looked at again."""
    ticket = desk.ticket_of_bridge(event.channel_id)
    if ticket is None:
        return may_be_ours(desk, event)
    channel = event.fields.get("channel")
    name = str(channel.get("name") or "") if isinstance(channel, Mapping) else ""
    if name not in ("", ticket.of(BridgeState).channel_name):
        _note(desk, event, NoteBridgeRenamed(ticket.reference, event.channel_id, name))
    return NOTED


def deleted(desk: Acts, event: SlackEvent) -> Answer:
    """Note that somebody deleted a message of ours: it may be a card."""
    gone = str(event.fields.get("deleted_ts") or "")
    ticket = desk.ticket_of_bridge(event.channel_id)
    if ticket is not None:
        if _is_card(desk, ticket, gone):
            _note(desk, event, _gone(ticket, "deleted"))
        return NOTED
    ticket = desk.ticket_of_card(event.channel_id, gone) if gone else None
    if ticket is not None:
        _note(desk, event, NoteCardDeleted(ticket.reference, ticket.of(Triage).number))
    return NOTED


def unpinned(desk: Desk, event: SlackEvent) -> Answer:
    """Note that somebody took the pin off a bridge's card."""
    ticket = desk.ticket_of_bridge(event.channel_id)
    item = event.fields.get("item")
    message = item.get("message") if isinstance(item, Mapping) else None
    stamp = str(message.get("ts") or "") if isinstance(message, Mapping) else ""
    if ticket is not None and _is_card(desk, ticket, stamp):
        _note(desk, event, _gone(ticket, "pin"))
    return NOTED


def _gone(ticket: Ticket, why: str) -> NoteCardGone:
    return NoteCardGone(ticket.reference, why, so_often(ticket.of(BridgeState), why))


def _is_card(desk: Glance, ticket: Ticket, stamp: str) -> bool:
    place = desk.card_of(ticket)
    return place is not None and place.message_ts == stamp


def _note(desk: Acts, event: SlackEvent, command: Command) -> None:
    desk.submit(command, ENGINE, delivery=f"event:{event.gesture}")


DOORS = Doors(
    presses={
        BRIDGE_ANEW: anew,
        BRIDGE_ASK_BACK: ask_back,
    },
    events={
        **{f"{kind}_{word}": closed for kind in KINDS for word in CLOSED},
        **{f"{kind}_unarchive": opened for kind in KINDS},
        **{f"{kind}_rename": renamed for kind in KINDS},
        "pin_removed": unpinned,
    },
)
