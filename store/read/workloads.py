"""How much each person has, of one team or of all. Source: S89."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, case, func, select

from protocols.queue.pages import Load, QueueCounts
from store.tables import queue


def loads(conn: Connection, team: str, now: datetime) -> tuple[Load, ...]:
    """Return who has how much, the most first; of all teams when none is named."""
    owner, total = queue.c.owner, func.count()
    late = func.sum(case((queue.c.breach_at <= now, 1), else_=0))
    held = select(owner, total.label("total")).group_by(owner).order_by(total.desc(), owner)
    # Few have risen: they are found by when, not by whose, and all else is counted in an index.
    whose = func.coalesce(owner, "")
    risen = select(whose.label("owner"), total.label("risen"), late.label("late")).group_by(whose)
    risen = risen.where(queue.c.behind.in_((0, 1)), queue.c.near_at <= now)
    if team:
        held, risen = (query.where(queue.c.team == team) for query in (held, risen))
    due = {row.owner: (row.late, row.risen - row.late) for row in conn.execute(risen)}
    return tuple(
        Load(row.owner, QueueCounts(row.total, *due.get(row.owner, (0, 0))))
        for row in conn.execute(held)
    )
