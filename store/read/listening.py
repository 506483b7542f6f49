"""Where words and people of tickets are: the channels that are read back."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, select

from store.tables import ticket
from store.ticket_rows import WHOLE, TicketRow, row_of


@dataclass(frozen=True, slots=True)
class Listening:
    """Where one ticket is spoken of; `version` says whether it changed since it was looked at."""

    reference: str
    version: int
    account_key: str | None
    opened_at: datetime
    bridge_channel: str | None
    customer_channel: str | None
    customer_thread: str | None
    triage_channel: str | None = None


def listening(conn: Connection, since: datetime) -> tuple[Listening, ...]:
    """Return where tickets are spoken of that are open, or changed since: highest tier first."""
    found = conn.execute(_PLACES.where(_is_at_hand(since)))
    return tuple(Listening(*row) for row in found)


def changed(conn: Connection, references: list[str]) -> tuple[TicketRow, ...]:
    """Return some tickets whole."""
    query = WHOLE.where(ticket.c.reference.in_(references))
    return tuple(row_of(found) for found in conn.execute(query))


def _is_at_hand(since: datetime) -> ColumnElement[bool]:
    return ticket.c.open | (ticket.c.updated_at >= since)


_PLACES = select(*(ticket.c[field.name] for field in fields(Listening))).order_by(
    ticket.c.tier.desc(), ticket.c.opened_at
)
