"""Business time: opening hours in a zone, closed days, and what a duration means in them.

Instants are aware UTC; what a wall time means on a day of a clock change stands in `walls.py`.
Source: S117, D3.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from protocols.time.durations import Duration, DurationKind
from protocols.time.pauses import Pause, merged
from protocols.time.refusals import (
    BeyondCalendar,
    CalendarRefused,
    ClockStopped,
    NoWorkingTime,
)
from protocols.time.walls import (
    DAY,
    MINUTES_A_DAY,
    Interval,
    Window,
    each_day,
    in_utc,
    instant,
    intervals,
    normalised,
)

__all__ = [
    "MINUTES_A_DAY",
    "BeyondCalendar",
    "BusinessCalendar",
    "CalendarRefused",
    "ClockStopped",
    "NoWorkingTime",
    "Pause",
    "Window",
    "always_open",
]

_NOTHING = timedelta(0)


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
        name: what people call it.
    """

    zone: str
    week: tuple[tuple[Window, ...], ...]
    closed_days: frozenset[date] = frozenset()
    known_from: date | None = None
    known_until: date | None = None
    horizon_days: int = 400
    name: str = ""

    def __post_init__(self) -> None:
        if len(self.week) != 7:
            raise CalendarRefused("A week has seven days, Monday first.")
        ZoneInfo(self.zone)
        if not any(self.week):
            raise NoWorkingTime("No weekday has opening hours, so no clock could ever end.")
        object.__setattr__(self, "week", tuple(normalised(day) for day in self.week))

    def opens_on(self, day: date) -> bool:
        """Say whether a local day has business at all."""
        return bool(self._open_on(day))

    def local_day(self, at: datetime) -> date:
        """Return the day that an instant has in the calendar's zone."""
        return in_utc(at).astimezone(ZoneInfo(self.zone)).date()

    def is_open(self, at: datetime) -> bool:
        """Say whether business is open at an instant; the closing instant is not."""
        at = in_utc(at)
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
        start_at = in_utc(start_at)
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
        start_at, end_at = in_utc(start_at), in_utc(end_at)
        total = _NOTHING
        if end_at <= start_at:
            return total
        for day in each_day(self.local_day(start_at) - DAY, self.local_day(end_at) + DAY):
            for opens, closes in self._open_on(day):
                total += max(_NOTHING, min(closes, end_at) - max(opens, start_at))
        return total

    def next_opening(self, at: datetime) -> datetime:
        """Return the instant itself when business is open then, else the next opening."""
        at = in_utc(at)
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
        wanted = instant(self.zone, day, wall.timetz().replace(tzinfo=None), at_end=False)
        intervals = self._open_on(day)
        for opens, closes in intervals:
            if wanted <= closes:
                return max(wanted, opens)
        return intervals[-1][1]

    def same_business_day(self, start_at: datetime) -> datetime:
        """Return the closing of the start's business day, or of the next one. Source: D3, S107."""
        opening = self.next_opening(start_at)
        return self._open_on(self.local_day(opening))[-1][1]

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
        return self._extended(in_utc(start_at), self._plain(start_at, duration), duration, pauses)

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
        start_at = in_utc(start_at)
        end_at, clock = self._plain(start_at, duration), self.clock(duration)
        if clock is None:
            marked_at = start_at + (end_at - start_at) * percent / 100
        else:
            share = clock.elapsed(start_at, end_at) * percent / 100
            marked_at = clock.add(start_at, share)
        return self._extended(start_at, marked_at, duration, pauses)

    def left(
        self,
        start_at: datetime,
        duration: Duration,
        at: datetime,
        pauses: Sequence[Pause] = (),
    ) -> timedelta:
        """Return the running time left at an instant; negative once the duration is over."""
        at, start_at = in_utc(at), in_utc(start_at)
        closed = [Pause(p.from_at, min(p.until_at or at, at)) for p in pauses if p.from_at < at]
        due_at = self.due(start_at, duration, closed)
        clock = self.clock(duration)
        if clock is None:
            return due_at - at
        return clock.elapsed(at, due_at) - clock.elapsed(due_at, at)

    def clock(self, duration: Duration) -> BusinessCalendar | None:
        """Return the calendar in which a duration is counted; None for one that never rests. D3."""
        if duration.kind is DurationKind.ELAPSED:
            return None
        return _day_and_night(self) if duration.kind is DurationKind.WEEKDAY_TIME else self

    def _plain(self, start_at: datetime, duration: Duration) -> datetime:
        if duration.kind is DurationKind.BUSINESS_DAYS:
            return self.add_days(start_at, duration.amount)
        if duration.kind is DurationKind.SAME_BUSINESS_DAY:
            return self.same_business_day(start_at)
        clock = self.clock(duration)
        if clock is None:
            return in_utc(start_at) + duration.span
        return clock.add(start_at, duration.span)

    def _extended(
        self, start_at: datetime, end_at: datetime, duration: Duration, pauses: Iterable[Pause]
    ) -> datetime:
        clock = self.clock(duration)
        for pause in merged(pauses):
            from_at = max(pause.from_at, start_at)
            if from_at >= end_at:
                break
            if pause.until_at is None:
                raise ClockStopped(pause.from_at)
            if pause.until_at <= from_at:
                continue
            if clock is None:
                end_at += pause.until_at - from_at
            else:
                end_at = clock.add(end_at, clock.elapsed(from_at, pause.until_at))
        return end_at

    def _around(self, at: datetime) -> tuple[Interval, ...]:
        return self._open_on(self.local_day(at))

    def _ahead(self, at: datetime) -> Iterator[Interval]:
        first = self.local_day(at)
        for day in each_day(first, first + DAY * self.horizon_days):
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
        return intervals(self.zone, day, self.week[day.weekday()])

    def _business_day_after(self, day: date, days: int) -> date:
        for later in each_day(day + DAY, day + DAY * self.horizon_days):
            if self._open_on(later):
                days -= 1
            if days == 0:
                return later
        raise NoWorkingTime(f"There are too few business days within {self.horizon_days} days.")


def always_open() -> BusinessCalendar:
    """Return the calendar in which every second of every day is business."""
    return BusinessCalendar("UTC", ((Window(0, MINUTES_A_DAY),),) * 7)


@lru_cache(maxsize=64)
def _day_and_night(calendar: BusinessCalendar) -> BusinessCalendar:
    whole = (Window(0, MINUTES_A_DAY),)
    return replace(calendar, week=tuple(whole if hours else () for hours in calendar.week))
