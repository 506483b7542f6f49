"""Where the cards of tickets stand, and whether Slack still has them. Source: S184; M26."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.courier.settlement import GONE
from protocols.bridge import roads as bridge
from protocols.bridge.state import BridgeState
from protocols.kernel.command import Command
from protocols.kernel.record import Record
from protocols.losses.events import NoteCardGone
from protocols.ticket import Ticket
from protocols.triage import roads as triage
from protocols.triage.events import NoteCardDeleted
from protocols.triage.state import Triage
from store.db import Connection
from store.outbox_rows import OutboxRow
from store.read import deliveries


@dataclass(frozen=True, slots=True)
class CardPlace:
    """The message that is a bridge's card, and whether it was pinned."""

    message_ts: str
    is_pinned: bool


def of_bridge(conn: Connection, ticket: Ticket) -> CardPlace | None:
    """Return where the bridge's card stands, None while none does."""
    posted = deliveries.by_key(conn, bridge.card_key(ticket))
    answer = posted.result if posted is not None and posted.state == "done" else None
    if not isinstance(answer, Mapping) or not answer.get("ts"):
        return None
    pinned = deliveries.by_key(conn, bridge.pin_key(ticket))
    return CardPlace(str(answer["ts"]), pinned is not None and pinned.state == "done")


def gone(record: Record, row: OutboxRow, answer: Mapping[str, object]) -> Command | None:
    """Return what an edit says of a card: somebody has deleted it. None where it says nothing.

    An edit of a card that stands there anew by now says nothing.
    """
    if not isinstance(record, Ticket) or answer.get("note") != GONE:
        return None
    if row.slot == bridge.card_slot(record) and bridge.card_key(record) in row.needs:
        return NoteCardGone(record.reference, "deleted", record.of(BridgeState).cards_lost)
    number = record.of(Triage).number
    if number and row.slot == triage.card_slot(record, number):
        return NoteCardDeleted(record.reference, number)
    return None
