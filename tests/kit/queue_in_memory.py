"""What the queue answers, derived from its tickets alone, without a database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from protocols.queue.listed import InLists, searched
from protocols.queue.pages import Load, QueueCounts, QueuePage, Wanted
from protocols.queue.queued import Queued, Turn
from protocols.queue.rank import Band, band, in_order


def page(
    held: Mapping[str, InLists], wanted: Wanted, now: datetime, *, limit: int, offset: int = 0
) -> QueuePage:
    """Return some tickets in the order that the pure rank gives them."""
    fitting = in_order(
        (each.queued for each in held.values() if each.queued and _fits(each, wanted, now)), now
    )
    return QueuePage(fitting[offset : offset + limit], _counts(fitting, now))


def loads(held: Mapping[str, InLists], team: str, now: datetime) -> tuple[Load, ...]:
    """Return who has how many."""
    of = defaultdict[str, list[Queued]](list)
    for each in held.values():
        if each.queued is not None and team in ("", each.queued.team):
            of[each.queued.owner].append(each.queued)
    found = [Load(owner, _counts(entries, now)) for owner, entries in of.items()]
    return tuple(sorted(found, key=lambda each: (-each.counts.total, each.owner)))


def with_words(held: Mapping[str, InLists], typed: str) -> set[str]:
    """Return the references of those that have all the words."""
    wanted = set(searched(typed))
    return {key for key, each in held.items() if wanted and wanted <= each.words}


def _fits(each: InLists, wanted: Wanted, now: datetime) -> bool:
    entry = each.queued
    return (
        entry is not None
        and wanted.team in ("", entry.team)
        and (not wanted.owners or entry.owner in wanted.owners)
        and (not wanted.on or bool(each.people & {*wanted.on}))
        and (not wanted.follow_up or entry.turn is Turn.FOLLOW_UP)
        and (not wanted.risen or band(entry, now) is not Band.IN_TIME)
    )


def _counts(entries: Iterable[Queued], now: datetime) -> QueueCounts:
    found = [band(each, now) for each in entries]
    late = found.count(Band.LATE)
    return QueueCounts(len(found), late, len(found) - late - found.count(Band.IN_TIME))
