"""Wall time of a zone as instants, whatever its clocks do on a day. Source: S117, D3.

Windows are half open, up to 24:00. A wall time that a clock change skips means the first instant
after the gap; one that comes twice means its first for an opening and its second for a closing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import TypeAlias
from zoneinfo import ZoneInfo

from protocols.time.refusals import CalendarRefused

DAY = timedelta(days=1)
MINUTES_A_DAY = 1440
_SECOND = timedelta(seconds=1)

Interval: TypeAlias = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """Opening hours on a weekday, in minutes after midnight; 1440 is 24:00."""

    opens_minute: int
    closes_minute: int

    def __post_init__(self) -> None:
        if not 0 <= self.opens_minute < self.closes_minute <= MINUTES_A_DAY:
            raise CalendarRefused("A window opens before it closes, within one day.")


def in_utc(at: datetime) -> datetime:
    """Return an instant in UTC; one without a zone is a TypeError."""
    if at.tzinfo is None:
        raise TypeError("An instant carries its zone; this one has none.")
    return at.astimezone(UTC)


def each_day(first: date, last: date) -> Iterator[date]:
    """Yield the days from one to another, both included."""
    for offset in range((last - first).days + 1):
        yield first + timedelta(days=offset)


def normalised(windows: Iterable[Window]) -> tuple[Window, ...]:
    """Return the same hours as windows that are in order and do not touch."""
    result: list[Window] = []
    for window in sorted(windows):
        if result and window.opens_minute <= result[-1].closes_minute:
            closes = max(result[-1].closes_minute, window.closes_minute)
            result[-1] = Window(result[-1].opens_minute, closes)
        else:
            result.append(window)
    return tuple(result)


@lru_cache(maxsize=8192)
def intervals(zone: str, day: date, windows: tuple[Window, ...]) -> tuple[Interval, ...]:
    """Return the windows of a local day as instants; one that a clock change swallows is none."""
    day_opens = instant(zone, day, time.min, at_end=False)
    day_closes = instant(zone, day + DAY, time.min, at_end=False)
    result: list[Interval] = []
    for window in windows:
        opens = max(day_opens, _at_minute(zone, day, window.opens_minute, at_end=False))
        closes = min(day_closes, _at_minute(zone, day, window.closes_minute, at_end=True))
        if result:
            opens = max(opens, result[-1][1])
        if opens < closes:
            result.append((opens, closes))
    return tuple(result)


def _at_minute(zone: str, day: date, minute: int, *, at_end: bool) -> datetime:
    if minute == MINUTES_A_DAY:
        return instant(zone, day + DAY, time.min, at_end=False)
    return instant(zone, day, time(minute // 60, minute % 60), at_end=at_end)


def instant(zone: str, day: date, wall_time: time, *, at_end: bool) -> datetime:
    """Return the instant of a wall time on a day."""
    wall = datetime.combine(day, wall_time, ZoneInfo(zone))
    first, second = wall.replace(fold=0).astimezone(UTC), wall.replace(fold=1).astimezone(UTC)
    if first <= second:
        return second if at_end else first
    return _change_between(zone, second, first)


def _change_between(zone: str, before_at: datetime, after_at: datetime) -> datetime:
    rules = ZoneInfo(zone)
    old = before_at.astimezone(rules).utcoffset()
    while after_at - before_at > _SECOND:
        middle = before_at + timedelta(seconds=(after_at - before_at) // _SECOND // 2)
        if middle.astimezone(rules).utcoffset() == old:
            before_at = middle
        else:
            after_at = middle
    return after_at
