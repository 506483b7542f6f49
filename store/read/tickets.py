"""The lists of tickets: of a channel, of an account, open or recent."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, Select, bindparam, select

from store.json_text import Json
from store.tables import on_ticket, ticket
from store.ticket_rows import WHOLE, TicketRow, row_of


def by_bridge_channel(conn: Connection, channel_id: str) -> TicketRow | None:
    """Return the ticket whose bridge this channel is, if it is one."""
    return _first(conn, _BY_BRIDGE.params(of=channel_id))


def by_customer_channel(
    conn: Connection, channel_id: str, thread_ts: str | None = None
) -> TicketRow | None:
    """Return the ticket of a customer's thread; without a thread, the channel's newest open one."""
    query = _newest_first().where(ticket.c.customer_channel == channel_id)
    if thread_ts is None:
        query = query.where(ticket.c.open)
    else:
        query = query.where(ticket.c.customer_thread == thread_ts)
    return _first(conn, query)


def of_card(conn: Connection, channel_id: str, thread_ts: str) -> TicketRow | None:
    """Return the ticket whose card in a team's channel begins this thread, if one does."""
    here = (ticket.c.triage_channel == channel_id) & (ticket.c.triage_thread == thread_ts)
    return _first(conn, WHOLE.where(here))


def in_channel(
    conn: Connection, channel_id: str, account_key: str | None, *, limit: int
) -> tuple[TicketRow, ...]:
    """Return tickets whose words go to a channel, and those of its account, newest first."""
    here = ticket.c.customer_channel == channel_id
    if account_key is not None:
        here = here | (ticket.c.account_key == account_key)
    return _all(conn, _newest_first().where(here).limit(limit))


def lately_opened(
    conn: Connection, account_key: str, since: datetime, *, limit: int
) -> tuple[TicketRow, ...]:
    """Return an account's tickets that were opened since an instant, open or not, newest first."""
    query = _newest_first().where(ticket.c.account_key == account_key, ticket.c.opened_at >= since)
    return _all(conn, query.limit(limit))


def open_for_account(
    conn: Connection,
    account_key: str,
    *,
    limit: int,
    least_tier: int = 0,
    since: datetime | None = None,
) -> tuple[TicketRow, ...]:
    """Return some of an account's open tickets: of the highest tier first, then the newest."""
    query = WHOLE.where(
        ticket.c.account_key == account_key, ticket.c.open, ticket.c.tier >= least_tier
    )
    if since is not None:
        query = query.where(ticket.c.opened_at >= since)
    by_tier = query.order_by(ticket.c.tier.desc(), ticket.c.opened_at.desc())
    return _all(conn, by_tier.order_by(ticket.c.number.desc()).limit(limit))


def all_open(conn: Connection) -> tuple[TicketRow, ...]:
    """Return every open ticket: highest tier first, then the oldest."""
    query = WHOLE.where(ticket.c.open)
    return _all(conn, query.order_by(ticket.c.tier.desc(), ticket.c.opened_at, ticket.c.number))


def accounts_at_work(conn: Connection) -> frozenset[str]:
    """Return the keys of the accounts that have an open ticket."""
    named = select(ticket.c.account_key).where(ticket.c.open, ticket.c.account_key.is_not(None))
    return frozenset(conn.execute(named.distinct()).scalars())


def all_open_of(conn: Connection, account_key: str) -> tuple[TicketRow, ...]:
    """Return every open ticket of an account, the oldest first."""
    query = WHOLE.where(ticket.c.open, ticket.c.account_key == account_key)
    return _all(conn, query.order_by(ticket.c.opened_at, ticket.c.number))


def of_people(conn: Connection, people: Collection[str]) -> tuple[TicketRow, ...]:
    """Return the open tickets that one of some people is on: newest first, then highest tier."""
    here = select(on_ticket.c.reference).where(on_ticket.c.person.in_(people))
    query = WHOLE.where(ticket.c.reference.in_(here), ticket.c.open)
    by_time = query.order_by(ticket.c.opened_at.desc(), ticket.c.tier.desc(), ticket.c.number)
    return _all(conn, by_time)


def named(conn: Connection, references: Collection[str]) -> tuple[TicketRow, ...]:
    """Return tickets by their references, newest first."""
    return _all(conn, _newest_first().where(ticket.c.reference.in_(references)))


def recent(
    conn: Connection,
    *,
    limit: int,
    account_key: str | None = None,
    status: str | None = None,
    before: datetime | None = None,
    since: datetime | None = None,
) -> tuple[TicketRow, ...]:
    """Return tickets, newest first; `before` and `since` bound when they were opened."""
    query = _newest_first().limit(limit)
    if account_key is not None:
        query = query.where(ticket.c.account_key == account_key)
    if status is not None:
        query = query.where(ticket.c.status == status)
    if before is not None:
        query = query.where(ticket.c.opened_at < before)
    if since is not None:
        query = query.where(ticket.c.opened_at >= since)
    return _all(conn, query)


def references(conn: Connection) -> tuple[str, ...]:
    """Return the reference of every ticket, the oldest first, whatever else its row holds."""
    return tuple(conn.execute(_REFERENCES).scalars())


def _first(conn: Connection, query: Select[tuple[Json, ...]]) -> TicketRow | None:
    found = conn.execute(query.limit(1)).first()
    return None if found is None else row_of(found)


def _all(conn: Connection, query: Select[tuple[Json, ...]]) -> tuple[TicketRow, ...]:
    return tuple(row_of(found) for found in conn.execute(query))


_REFERENCES = select(ticket.c.reference).order_by(ticket.c.number, ticket.c.reference)
_BY_BRIDGE = WHOLE.where(ticket.c.bridge_channel == bindparam("of"))


def _newest_first() -> Select[tuple[Json, ...]]:
    return WHOLE.order_by(ticket.c.opened_at.desc(), ticket.c.number.desc())
