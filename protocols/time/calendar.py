"""Business time: opening hours in a zone, closed days, and what a duration means in them.

Instants are aware UTC; windows are wall time of one zone, half open, up to 24:00. A wall time
that a clock change skips means the first instant after the gap; one that comes twice means
its first time for an opening and its second for a closing. Source: S117, D3.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import TypeAlias
from zoneinfo import ZoneInfo

from protocols.time.durations import Duration, DurationKind

_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)
_NOTHING = timedelta(0)
MINUTES_A_DAY = 1440


Interval: TypeAlias = tuple[datetime, datetime]


class CalendarRefused(ValueError):
    """A calendar cannot answer; the message says why."""


class NoWorkingTime(CalendarRefused):
    """The calendar has too little working time within its horizon to reach an end."""


class BeyondCalendar(CalendarRefused):
    """A day was asked for whose holidays the calendar does not know."""


class ClockStopped(CalendarRefused):
    """A clock is paused, so it has no due time; it has only time left.

    Attributes:
        since_at: when the pause began.
    """

    def __init__(self, since_at: datetime) -> None:
        super().__init__(f"The clock is stopped since {since_at:%Y-%m-%d %H:%M} UTC.")
        self.since_at = since_at


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """Opening hours on a weekday, in minutes after midnight; 1440 is 24:00."""

    opens_minute: int
    closes_minute: int

    def __post_init__(self) -> None:
        if not 0 <= self.opens_minute < self.closes_minute <= MINUTES_A_DAY:
            raise CalendarRefused("A window opens before it closes, within one day.")


@dataclass(frozen=True, slots=True)
class Pause:
    """A stopped clock, from one instant until another; no end means still stopped. Source: S84."""

    from_at: datetime
    until_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class BusinessCalendar:
    """Business time of one desk.

    Attributes:
        zone: IANA name of the zone of the windows.
        week: the windows of Monday to Sunday; they may touch or overlap.
        closed_days: local days without business, such as bank holidays.
        known_from: first day whose holidays are known; None when all are.
        known_until: last day whose holidays are known; None when all are.
        horizon_days: how many days a search may walk before it gives up.
    """

    zone: str
    week: tuple[tuple[Window, ...], ...]
    closed_days: frozenset[date] = frozenset()
    known_from: date | None = None
    known_until: date | None = None
    horizon_days: int = 400

    def __post_init__(self) -> None:
        if len(self.week) != 7:
            raise CalendarRefused("A week has seven days, Monday first.")
        ZoneInfo(self.zone)
        if not any(self.week):
            raise NoWorkingTime("No weekday has opening hours, so no clock could ever end.")
        object.__setattr__(self, "week", tuple(_normalised(day) for day in self.week))

    def is_open(self, at: datetime) -> bool:
        """Say whether business is open at an instant; the closing instant is not."""
        at = _utc(at)
        return any(opens <= at < closes for opens, closes in self._around(at))

    def add(self, start_at: datetime, length: timedelta) -> datetime:
        """Find the instant at which so much business time has passed.

        Args:
            start_at: where counting begins, inside or outside of opening hours.
            length: business time; zero gives the start itself.

        Returns:
            An instant after an opening and not after its closing.

        Raises:
            NoWorkingTime: the horizon holds less business time than that.
        """
        start_at = _utc(start_at)
        if length < _NOTHING:
            raise CalendarRefused("A duration is not negative.")
        if length == _NOTHING:
            return start_at
        left = length
        for opens, closes in self._ahead(start_at):
            usable = closes - max(opens, start_at)
            if left <= usable:
                return max(opens, start_at) + left
            left -= usable
        raise NoWorkingTime(
            f"{length} of business time is not reached within {self.horizon_days} days."
        )

    def elapsed(self, start_at: datetime, end_at: datetime) -> timedelta:
        """Return the business time between two instants; zero when the second is earlier."""
        start_at, end_at = _utc(start_at), _utc(end_at)
        total = _NOTHING
        if end_at <= start_at:
            return total
        for day in _days(self._local_day(start_at) - _DAY, self._local_day(end_at) + _DAY):
            for opens, closes in self._open_on(day):
                total += max(_NOTHING, min(closes, end_at) - max(opens, start_at))
        return total

    def next_opening(self, at: datetime) -> datetime:
        """Return the instant itself when business is open then, else the next opening."""
        at = _utc(at)
        for opens, _closes in self._ahead(at):
            return max(opens, at)
        raise NoWorkingTime(f"Nothing opens within {self.horizon_days} days.")

    def add_days(self, start_at: datetime, days: int) -> datetime:
        """Find the same wall time some business days later.

        A start outside of opening hours counts from the next opening. A wall time at which
        the later day is closed becomes its next opening, or its last closing.
        """
        start_at = self.next_opening(start_at)
        if days == 0:
            return start_at
        wall = start_at.astimezone(ZoneInfo(self.zone)).replace(fold=0)
        day = self._business_day_after(wall.date(), days)
        wanted = _instant(self.zone, day, wall.timetz().replace(tzinfo=None), at_end=False)
        intervals = self._open_on(day)
        for opens, closes in intervals:
            if wanted <= closes:
                return max(wanted, opens)
        return intervals[-1][1]

    def same_business_day(self, start_at: datetime) -> datetime:
        """Return the closing of the start's business day, or of the next one. Source: D3, S107."""
        opening = self.next_opening(start_at)
        return self._open_on(self._local_day(opening))[-1][1]

    def due(self, start_at: datetime, duration: Duration, pauses: Iterable[Pause] = ()) -> datetime:
        """Find when a duration ends, with every pause added.

        Args:
            start_at: when the clock started.
            duration: how long it runs, on its own kind of clock.
            pauses: when it stood still, in any order; they may touch or overlap.

        Returns:
            The due instant.

        Raises:
            ClockStopped: a pause began before the end and has not ended.
        """
        return self._extended(_utc(start_at), self._plain(start_at, duration), duration, pauses)

    def mark(
        self,
        start_at: datetime,
        duration: Duration,
        percent: int,
        pauses: Iterable[Pause] = (),
    ) -> datetime:
        """Find when a share of a duration's running time is used. Source: D8.

        Args:
            start_at: when the clock started.
            duration: how long it runs.
            percent: the share, such as 75.
            pauses: when it stood still.

        Returns:
            The instant.

        Raises:
            ClockStopped: a pause began before that instant and has not ended.
        """
        start_at = _utc(start_at)
        end_at = self._plain(start_at, duration)
        if duration.in_business_time:
            share = self.elapsed(start_at, end_at) * percent / 100
            marked_at = self.add(start_at, share)
        else:
            marked_at = start_at + (end_at - start_at) * percent / 100
        return self._extended(start_at, marked_at, duration, pauses)

    def left(
        self,
        start_at: datetime,
        duration: Duration,
        at: datetime,
        pauses: Sequence[Pause] = (),
    ) -> timedelta:
        """Return the running time left at an instant; negative once the duration is over."""
        at, start_at = _utc(at), _utc(start_at)
        closed = [Pause(p.from_at, min(p.until_at or at, at)) for p in pauses if p.from_at < at]
        due_at = self.due(start_at, duration, closed)
        if duration.in_business_time:
            return self.elapsed(at, due_at) - self.elapsed(due_at, at)
        return due_at - at

    def _plain(self, start_at: datetime, duration: Duration) -> datetime:
        if duration.kind is DurationKind.ELAPSED:
            return _utc(start_at) + duration.span
        if duration.kind is DurationKind.BUSINESS_TIME:
            return self.add(start_at, duration.span)
        if duration.kind is DurationKind.BUSINESS_DAYS:
            return self.add_days(start_at, duration.amount)
        return self.same_business_day(start_at)

    def _extended(
        self, start_at: datetime, end_at: datetime, duration: Duration, pauses: Iterable[Pause]
    ) -> datetime:
        for pause in merged(pauses):
            from_at = max(pause.from_at, start_at)
            if from_at >= end_at:
                break
            if pause.until_at is None:
                raise ClockStopped(pause.from_at)
            if pause.until_at <= from_at:
                continue
            if duration.in_business_time:
                end_at = self.add(end_at, self.elapsed(from_at, pause.until_at))
            else:
                end_at += pause.until_at - from_at
        return end_at

    def _local_day(self, at: datetime) -> date:
        return at.astimezone(ZoneInfo(self.zone)).date()

    def _around(self, at: datetime) -> tuple[Interval, ...]:
        return self._open_on(self._local_day(at))

    def _ahead(self, at: datetime) -> Iterator[Interval]:
        first = self._local_day(at)
        for day in _days(first, first + _DAY * self.horizon_days):
            for opens, closes in self._open_on(day):
                if closes > at:
                    yield opens, closes

    def _open_on(self, day: date) -> tuple[Interval, ...]:
        if (self.known_from and day < self.known_from) or (
            self.known_until and day > self.known_until
        ):
            raise BeyondCalendar(
                f"The holidays of {day} are not known (known: {self.known_from} "
                f"to {self.known_until})."
            )
        if day in self.closed_days:
            return ()
        return _intervals(self.zone, day, self.week[day.weekday()])

    def _business_day_after(self, day: date, days: int) -> date:
        for later in _days(day + _DAY, day + _DAY * self.horizon_days):
            if self._open_on(later):
                days -= 1
            if days == 0:
                return later
        raise NoWorkingTime(f"There are too few business days within {self.horizon_days} days.")


def merged(pauses: Iterable[Pause]) -> tuple[Pause, ...]:
    """Return the same stopped time as pauses that are in order and do not touch."""
    result: list[Pause] = []
    for pause in sorted(pauses, key=lambda each: _utc(each.from_at)):
        until_at = None if pause.until_at is None else _utc(pause.until_at)
        last = result[-1] if result else None
        if last is None or (last.until_at is not None and pause.from_at > last.until_at):
            result.append(Pause(_utc(pause.from_at), until_at))
        elif last.until_at is not None and (until_at is None or until_at > last.until_at):
            result[-1] = Pause(last.from_at, until_at)
    return tuple(result)


def always_open() -> BusinessCalendar:
    """Return the calendar in which every second of every day is business."""
    return BusinessCalendar("UTC", ((Window(0, MINUTES_A_DAY),),) * 7)


def _utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise TypeError("An instant carries its zone; this one has none.")
    return at.astimezone(UTC)


def _days(first: date, last: date) -> Iterator[date]:
    for offset in range((last - first).days + 1):
        yield first + timedelta(days=offset)


def _normalised(windows: Iterable[Window]) -> tuple[Window, ...]:
    result: list[Window] = []
    for window in sorted(windows):
        if result and window.opens_minute <= result[-1].closes_minute:
            closes = max(result[-1].closes_minute, window.closes_minute)
            result[-1] = Window(result[-1].opens_minute, closes)
        else:
            result.append(window)
    return tuple(result)


@lru_cache(maxsize=8192)
def _intervals(zone: str, day: date, windows: tuple[Window, ...]) -> tuple[Interval, ...]:
    day_opens = _instant(zone, day, time.min, at_end=False)
    day_closes = _instant(zone, day + _DAY, time.min, at_end=False)
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
        return _instant(zone, day + _DAY, time.min, at_end=False)
    return _instant(zone, day, time(minute // 60, minute % 60), at_end=at_end)


def _instant(zone: str, day: date, wall_time: time, *, at_end: bool) -> datetime:
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
