"""The points that fall due as values, and how SQL says that one waits or is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Select, bindparam, literal_column, select

from store.json_text import Json
from store.tables import step


@dataclass(frozen=True, slots=True)
class DuePointRow:
    """A due point of a ticket: `key` is its name there, `kind` what the rules do when it comes.

    `value` is the point whole; None when a process wrote it that kept no values.
    """

    reference: str
    key: str
    kind: str
    due_at: datetime
    state: str
    created_at: datetime
    settled_at: datetime | None
    value: Json = None


def rows_of(conn: Connection, query: Select[tuple[Json, ...]]) -> tuple[DuePointRow, ...]:
    """Run a query over whole due points."""
    found: list[tuple[Json, ...]] = [tuple(row) for row in conn.execute(query)]
    return tuple(DuePointRow(*values) for values in found)


# Written out, because the planner finds a partial index by its exact words.
WAITING = step.c.state == literal_column("'pending'")


IS_DUE = step.c.due_at <= bindparam("now")
IN_ORDER = (step.c.due_at, step.c.id)
WHOLE: Select[tuple[Json, ...]] = select(
    step.c.reference,
    step.c.key,
    step.c.kind,
    step.c.due_at,
    step.c.state,
    step.c.created_at,
    step.c.settled_at,
    step.c.value,
)
