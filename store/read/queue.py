"""A page of the queue, at an instant: the same order as `protocols.queue.rank` derives.

What has risen is a range of an index and is ordered as it is read; all else lies in its order.
Source: S85-S89; D8.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, case, func, or_, select

from protocols.queue.pages import QueueCounts, QueuePage, Wanted
from protocols.queue.queued import Queued
from protocols.queue.rank import Band
from store import codec
from store.codec_errors import CodecError
from store.json_text import Json
from store.tables import on_ticket, queue

_log = logging.getLogger(__name__)


def page(
    conn: Connection, wanted: Wanted, now: datetime, *, limit: int, offset: int = 0
) -> QueuePage:
    """Return some tickets of a queue, as they are ranked at an instant."""
    found = _counted(conn, wanted, now)
    rows: list[Row[tuple[Json, ...]]] = []
    for behind in (0, 1):
        for has_risen in (True, False):
            held = sum(
                count
                for (at, band), count in found.items()
                if at == behind and (band != Band.IN_TIME) is has_risen
            )
            left = limit - len(rows)
            if (has_risen or not wanted.risen) and left > 0:
                if offset < held:
                    query = _segment(wanted, now, behind, has_risen=has_risen)
                    rows += conn.execute(query.limit(left).offset(offset))
                offset = max(0, offset - held)
    return QueuePage(tuple(readable(rows)), _summed(found, wanted))


def readable(rows: list[Row[tuple[Json, ...]]]) -> Iterator[Queued]:
    """Yield what rows of the queue say; what only a newer process can read is left out."""
    for row in rows:
        try:
            yield codec.decode(Queued, row.value)
        except CodecError as newer:
            _log.info("a ticket of the queue is left out: %s", newer)


def _counted(conn: Connection, wanted: Wanted, now: datetime) -> dict[tuple[int, Band], int]:
    """Return how many there are on each side and in each band; in time are all that have not risen.

    What has risen is a range of an index, and all of them are counted in one: no row is read.
    """
    side, band, count = queue.c.behind, _band(now), func.count().label("held")
    risen = _only(select(side, band.label("band"), count), wanted).group_by(side, band)
    risen = risen.where(side.in_((0, 1)), queue.c.near_at <= now)
    found = {(row.behind, Band(row.band)): row.held for row in conn.execute(risen)}
    for row in conn.execute(_only(select(side, count), wanted).group_by(side)):
        known = sum(held for (behind, _), held in found.items() if behind == row.behind)
        found[row.behind, Band.IN_TIME] = row.held - known
    return found


def _summed(found: dict[tuple[int, Band], int], wanted: Wanted) -> QueueCounts:
    late = sum(count for (_, band), count in found.items() if band == Band.LATE)
    risen = sum(count for (_, band), count in found.items() if band != Band.IN_TIME)
    total = risen if wanted.risen else sum(found.values())
    return QueueCounts(total, late, risen - late)


def _segment(
    wanted: Wanted, now: datetime, behind: int, *, has_risen: bool
) -> Select[tuple[Json, ...]]:
    query: Select[tuple[Json, ...]] = select(queue.c.value)
    query = _only(query, wanted).where(queue.c.behind == behind)
    by_facts = (queue.c.key, queue.c.since_at, queue.c.number)
    if has_risen:
        return query.where(queue.c.near_at <= now).order_by(_band(now), *by_facts)
    in_time = or_(queue.c.near_at.is_(None), queue.c.near_at > now)
    return query.where(in_time).order_by(*by_facts)


def _only(query: Select[tuple[Json, ...]], wanted: Wanted) -> Select[tuple[Json, ...]]:
    if wanted.team:
        query = query.where(queue.c.team == wanted.team)
    if wanted.owners:
        query = query.where(queue.c.owner.in_(wanted.owners))
    if wanted.on:
        here = select(on_ticket.c.reference).where(on_ticket.c.person.in_(wanted.on))
        query = query.where(queue.c.reference.in_(here))
    return query


def _band(now: datetime) -> ColumnElement[int]:
    """Return the band as the pure rank has it. See `protocols.queue.rank.band`."""
    near, nearer, breach = queue.c.near_at, queue.c.nearer_at, queue.c.breach_at
    return case(
        (or_(near.is_(None), near > now), int(Band.IN_TIME)),
        (and_(nearer > now), int(Band.NEAR)),
        (and_(breach > now), int(Band.NEARER)),
        else_=int(Band.LATE),
    )
