"""Released words that wait in the outbox: taken back at once, or given up and told of.

What a courier holds at that moment is the courier's: it asks by itself before it sends. So are rows
whose last try had no answer, because nobody knows yet whether they have left.
Source: D24; T14.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from bot.courier.settlement import UNSURE
from bot.engine import outgoing
from bot.engine.facts import Facts
from bot.engine.outward import is_begun, leaving, may_be_held
from protocols.account import outbound
from protocols.account.events import RoadLost, RouteChanged
from protocols.bridge.events import BridgeSharedOutside
from protocols.closure.events import (
    ClosedUnconfirmed,
    OpenedInError,
    TicketClosed,
    TicketReopened,
    TicketResolved,
)
from protocols.deliveries.events import BuryDelivery, DeliveriesTriedAgain
from protocols.deliveries.state import Deliveries
from protocols.holds.events import HoldAsked, HoldCleared, HoldStopped
from protocols.investigation.events import FindingRecorded
from protocols.kernel.command import Command
from protocols.kernel.context import Context
from protocols.kernel.effects import Gateway, Surface
from protocols.kernel.event import Event
from protocols.kernel.record import Record
from protocols.losses.events import RoadFound
from protocols.ticket import Ticket
from protocols.withdrawals import standing
from protocols.withdrawals.events import TextRecalled, TextWithdrawn, WithdrawWords
from protocols.words.masking import masked_and_cut
from store.db import Connection
from store.outbox_rows import NewRow, OutboxRow
from store.read import deliveries
from store.write import outbox

STIRRING = (
    BridgeSharedOutside,
    TextRecalled,
    TextWithdrawn,
    HoldAsked,
    HoldStopped,
    HoldCleared,
    FindingRecorded,
    RouteChanged,
    RoadLost,
    RoadFound,
    TicketResolved,
    TicketReopened,
    TicketClosed,
    ClosedUnconfirmed,
    OpenedInError,
)
"""Events after which words that wait may have to stay."""


def is_unsure(row: OutboxRow) -> bool:
    """Say whether nobody knows if a row has left."""
    return (row.last_error or "").startswith(UNSURE)


def held_back(
    conn: Connection, ticket: Ticket, events: tuple[Event, ...], ctx: Context, facts: Facts
) -> tuple[Command, ...]:
    """Drop what waits and may not leave since these events; return what the ticket is told.

    What is tried again goes back in its place.
    """
    for event in events:
        if isinstance(event, DeliveriesTriedAgain):
            outbox.revive(conn, event.keys)
    if not any(isinstance(event, STIRRING) for event in events):
        return ()
    told: list[Command] = []
    for row in deliveries.waiting_of(conn, ticket.reference):
        if not may_be_held(row) or is_unsure(row) or is_begun(row):
            continue
        why = standing.objection(ticket, leaving(row, facts), ctx)
        if why is None:
            continue
        if outbox.end_waiting(conn, row.id, state="dropped", error=f"withdrawn: {why.value}"):
            told.append(WithdrawWords(ticket.reference, row.key, why))
    return tuple(told)


def person_of(payload: Mapping[str, object]) -> str:
    """Return whom of us a message is for, empty when it is for a channel."""
    channel = payload.get("channel")
    if isinstance(channel, Mapping) and isinstance(channel.get("$dm"), str):
        return str(channel["$dm"])
    return ""


def burial(record: Record, row: OutboxRow, error: str) -> BuryDelivery:
    """Return that a row was refused for good: who has not got it, and behind what it stood."""
    dead = record.of(Deliveries).dead if Deliveries in record.slices else ()
    behind = next((key for key in row.needs if key in dead), "")
    person = person_of(row.payload)
    return BuryDelivery(record.reference, row.key, masked_and_cut(error, 200), person, behind)


def by_mail(
    row: OutboxRow,
    mail_of: Callable[[str], str | None],
    now: datetime,
    why: str = outgoing.NOT_IN_SLACK,
) -> tuple[NewRow, ...]:
    """Return the mail that says to one of us what Slack does not; nothing without an address."""
    person = person_of(row.payload)
    address = mail_of(person) if person else None
    if address is None or row.reference is None or row.method != "chat.postMessage":
        return ()
    words = outgoing.by_mail(str(row.payload.get("text")), row.reference, address, why)
    mail = NewRow(
        key=f"{row.key}{outbound.BY_MAIL}",
        team_id=row.team_id,
        reference=row.reference,
        gateway=Gateway.MAIL.value,
        method="send",
        stream=f"mail/{person}/{row.key}",
        payload=dict(words),
        created_at=now,
        surface=Surface.MUST_ARRIVE.value,
        urgent=row.urgent,
    )
    return (mail,)
