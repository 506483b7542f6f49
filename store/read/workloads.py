"""How much each person has, of one team or of all. Source: S89."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, case, func, select

from protocols.queue.pages import Load, QueueCounts
from store.tables import queue


def loads(conn: Connection, team: str, now: datetime) -> tuple[Load, ...]:
    """Return who has how much, the most first; of all teams when none is named."""
    late = func.sum(case((queue.c.breach_at <= now, 1), else_=0))
    risen = func.sum(case((queue.c.near_at <= now, 1), else_=0))
    total = func.count()
    query = select(queue.c.owner, total.label("total"), late.label("late"), risen.label("risen"))
    if team:
        query = query.where(queue.c.team == team)
    ordered = query.group_by(queue.c.owner).order_by(total.desc(), queue.c.owner)
    return tuple(
        Load(row.owner, QueueCounts(row.total, row.late or 0, (row.risen or 0) - (row.late or 0)))
        for row in conn.execute(ordered)
    )
