"""The outbox's rows as values, going in and coming out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, RowMapping, Select, literal_column

from store.columns import EPOCH
from store.json_text import Json

AT_ONCE = EPOCH


@dataclass(frozen=True, slots=True)
class NewRow:
    """One thing to be told outside.

    Attributes:
        key: Unique for ever; a second row of the same key is no row.
        created_at: Business time.
        stream: Rows of one stream are sent one after the other, in order.
        slot: For latest-only rows, what they replace.
        needs: Keys of rows that must be finished first.
        urgent: Higher goes first.
        stale_at: Business time from which a drop-if-stale row has lost its sense.
        next_try_at: Machine time before which it is not tried.
    """

    key: str
    team_id: str
    gateway: str
    method: str
    stream: str
    payload: Mapping[str, Json]
    created_at: datetime
    reference: str | None = None
    surface: str = "must_arrive"
    slot: str | None = None
    needs: tuple[str, ...] = ()
    reports: bool = False
    urgent: int = 0
    stale_at: datetime | None = None
    next_try_at: datetime = AT_ONCE


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """One row as it stands; `taken_over` says that a former sender's outcome is unknown."""

    id: int
    key: str
    team_id: str
    reference: str | None
    gateway: str
    method: str
    stream: str
    surface: str
    slot: str | None
    payload: Mapping[str, Json]
    needs: tuple[str, ...]
    reports: bool
    urgent: int
    state: str
    attempts: int
    next_try_at: datetime
    lease_until: datetime | None
    claimed_by: str | None
    first_sent_at: datetime | None
    last_sent_at: datetime | None
    stale_at: datetime | None
    result: Json
    last_error: str | None
    created_at: datetime
    taken_over: bool = False


_NAMES = tuple(field.name for field in fields(OutboxRow) if field.name != "taken_over")


def rows_of(conn: Connection, query: Select[Any], **bound: object) -> tuple[OutboxRow, ...]:
    """Run a query over whole outbox rows."""
    return tuple(_row(found._mapping) for found in conn.execute(query, bound))  # noqa: SLF001


def in_state(table: FromClause, *states: str) -> ColumnElement[bool]:
    """Say in SQL that a row is in one of these states of ours.

    The words are written out, because the planner finds a partial index by its exact words.
    """
    words: list[ColumnElement[str]] = [literal_column(f"'{state}'") for state in states]
    if len(words) == 1:
        return table.c.state == words[0]
    return table.c.state.in_(words)


def unfinished(table: FromClause) -> ColumnElement[bool]:
    """Say in SQL that a row waits or is being sent."""
    return in_state(table, "pending", "sending")


def _row(found: RowMapping) -> OutboxRow:
    values: dict[str, Json] = {name: found[name] for name in _NAMES}
    values["needs"] = tuple(values["needs"])
    return OutboxRow(**values)
