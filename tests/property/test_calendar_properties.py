"""What must hold of business time, whatever the zone, the windows and the pauses (I1-I20)."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from protocols.time.calendar import (
    BusinessCalendar,
    ClockStopped,
    NoWorkingTime,
    Pause,
    Window,
    always_open,
)
from protocols.time.durations import Duration, DurationKind, parse_duration

ZONES = (
    "UTC",
    "America/New_York",
    "America/Sao_Paulo",
    "America/St_Johns",
    "America/Havana",
    "Europe/Berlin",
    "Europe/Dublin",
    "Africa/Casablanca",
    "Asia/Kolkata",
    "Asia/Beirut",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Antarctica/Troll",
    "Atlantic/Azores",
)
FAST = settings(max_examples=100, deadline=None, derandomize=True)
FIRST = datetime(2011, 1, 1, tzinfo=UTC)


@st.composite
def windows(draw: st.DrawFn) -> tuple[Window, ...]:
    edges = draw(st.lists(st.integers(0, 96), max_size=4, unique=True).map(sorted))
    pairs = zip(edges[::2], edges[1::2], strict=False)
    return tuple(Window(15 * opens, 15 * closes) for opens, closes in pairs)


@st.composite
def calendars(draw: st.DrawFn) -> BusinessCalendar:
    week = tuple(draw(windows()) for _ in range(7))
    assume(sum(bool(day) for day in week) >= 2)
    closed = draw(st.frozensets(st.dates(date(2011, 1, 1), date(2027, 12, 31)), max_size=6))
    return BusinessCalendar(draw(st.sampled_from(ZONES)), week, closed)


instants = st.integers(0, 16 * 365 * 24 * 60).map(lambda minute: FIRST + timedelta(minutes=minute))
lengths = st.integers(0, 20 * 60).map(lambda minutes: timedelta(minutes=minutes))
durations = st.one_of(
    st.integers(1, 20 * 60).map(lambda m: Duration(DurationKind.ELAPSED, m * 60)),
    st.integers(1, 20 * 60).map(lambda m: Duration(DurationKind.BUSINESS_TIME, m * 60)),
    st.integers(1, 6).map(lambda days: Duration(DurationKind.BUSINESS_DAYS, days)),
    st.just(Duration(DurationKind.SAME_BUSINESS_DAY, 0)),
)


@FAST
@given(calendars(), instants, st.timedeltas(timedelta(0), timedelta(days=9)), durations)
def test_i1_a_later_start_is_never_due_earlier(
    calendar: BusinessCalendar, start: datetime, later: timedelta, duration: Duration
) -> None:
    assert calendar.due(start, duration) <= calendar.due(start + later, duration)


@FAST
@given(calendars(), instants, lengths, lengths)
def test_i2_i3_more_time_is_due_later_and_parts_add_up(
    calendar: BusinessCalendar, start: datetime, first: timedelta, second: timedelta
) -> None:
    due = calendar.add(start, first + second)
    assert calendar.add(start, first) <= due
    assert calendar.add(calendar.add(start, first), second) == due


@FAST
@given(calendars(), instants, lengths)
def test_i4_i15_the_time_elapsed_until_due_is_the_duration(
    calendar: BusinessCalendar, start: datetime, length: timedelta
) -> None:
    assert calendar.elapsed(start, calendar.add(start, length)) == length
    assert calendar.add(start, timedelta(0)) == start


@FAST
@given(calendars(), instants, lengths, lengths)
def test_i5_elapsed_adds_up_and_is_never_more_than_the_wall_shows(
    calendar: BusinessCalendar, start: datetime, first: timedelta, second: timedelta
) -> None:
    middle, end = start + first, start + first + second
    whole = calendar.elapsed(start, end)
    assert calendar.elapsed(start, middle) + calendar.elapsed(middle, end) == whole
    assert whole <= end - start


@FAST
@given(calendars(), instants, durations, lengths, lengths)
def test_i6_a_pause_never_makes_the_end_earlier(
    calendar: BusinessCalendar,
    start: datetime,
    duration: Duration,
    after: timedelta,
    paused: timedelta,
) -> None:
    pause = Pause(start + after, start + after + paused)
    assert calendar.due(start, duration, [pause]) >= calendar.due(start, duration)


@FAST
@given(calendars(), instants, st.integers(1, 1200), lengths, lengths)
def test_i7_a_pause_outside_of_business_changes_nothing(
    calendar: BusinessCalendar, start: datetime, minutes: int, after: timedelta, paused: timedelta
) -> None:
    pause = Pause(start + after, start + after + paused)
    duration = Duration(DurationKind.BUSINESS_TIME, minutes * 60)
    outside = calendar.elapsed(start + after, start + after + paused) == timedelta(0)
    same = calendar.due(start, duration, [pause]) == calendar.due(start, duration)
    assert same or not outside


@FAST
@given(calendars(), instants, durations, st.tuples(lengths, lengths, lengths))
def test_i8_touching_and_overlapping_pauses_are_one(
    calendar: BusinessCalendar,
    start: datetime,
    duration: Duration,
    steps: tuple[timedelta, timedelta, timedelta],
) -> None:
    one = start + steps[0]
    two, three = one + steps[1], one + steps[1] + steps[2]
    parts = [Pause(two, three), Pause(one, two), Pause(one, two)]
    assert calendar.due(start, duration, parts) == calendar.due(
        start, duration, [Pause(one, three)]
    )


@FAST
@given(calendars(), instants, durations)
def test_i9_an_open_pause_has_no_end_only_time_left(
    calendar: BusinessCalendar, start: datetime, duration: Duration
) -> None:
    pause = Pause(start)
    with pytest.raises(ClockStopped):
        calendar.due(start, duration, [pause])
    left = calendar.left(start, duration, start, [pause])
    assert left == calendar.left(start, duration, start + timedelta(hours=9), [pause])
    assert left >= timedelta(0)


@FAST
@given(calendars(), instants, durations, st.integers(0, 12))
def test_i10_a_further_holiday_never_makes_the_end_earlier(
    calendar: BusinessCalendar, start: datetime, duration: Duration, after: int
) -> None:
    holiday = start.date() + timedelta(days=after)
    fewer = BusinessCalendar(calendar.zone, calendar.week, calendar.closed_days | {holiday})
    assert fewer.due(start, duration) >= calendar.due(start, duration)


@FAST
@given(calendars(), instants, st.integers(1, 1200).map(lambda m: timedelta(minutes=m)))
def test_i11_the_end_lies_after_an_opening_and_not_after_its_closing(
    calendar: BusinessCalendar, start: datetime, length: timedelta
) -> None:
    due = calendar.add(start, length)
    assert calendar.is_open(due - timedelta(microseconds=1))


@FAST
@given(instants, lengths, st.sampled_from(ZONES))
def test_i12_around_the_clock_is_the_wall(start: datetime, length: timedelta, zone: str) -> None:
    day_and_night = BusinessCalendar(zone, ((Window(0, 1440),),) * 7)
    assert day_and_night.add(start, length) == start + length == always_open().add(start, length)


@FAST
@given(calendars(), instants, durations)
def test_i16_split_and_doubled_windows_are_the_same_hours(
    calendar: BusinessCalendar, start: datetime, duration: Duration
) -> None:
    split = tuple(
        tuple(
            part
            for window in day
            for part in (
                Window(window.opens_minute, window.closes_minute - 7),
                Window(window.closes_minute - 9, window.closes_minute),
                window,
            )
        )
        for day in calendar.week
    )
    other = BusinessCalendar(calendar.zone, split, calendar.closed_days)
    assert other.due(start, duration) == calendar.due(start, duration)


@FAST
@given(calendars(), instants, durations, lengths, lengths)
def test_i17_a_pause_that_ends_with_the_matter_still_counts(
    calendar: BusinessCalendar,
    start: datetime,
    duration: Duration,
    after: timedelta,
    paused: timedelta,
) -> None:
    at = start + after + paused
    open_pause, closed = Pause(start + after), Pause(start + after, at)
    assert calendar.left(start, duration, at, [open_pause]) == calendar.left(
        start, duration, at, [closed]
    )


@FAST
@given(calendars(), instants, durations, durations)
def test_i19_a_shorter_figure_of_the_same_kind_is_never_due_later(
    calendar: BusinessCalendar, start: datetime, one: Duration, other: Duration
) -> None:
    assume(one.kind is other.kind)
    shorter, longer = sorted((one, other), key=lambda each: each.amount)
    assert calendar.due(start, shorter) <= calendar.due(start, longer)


@FAST
@given(calendars(), instants, durations, st.integers(1, 99))
def test_a_share_of_the_running_time_lies_between_start_and_end(
    calendar: BusinessCalendar, start: datetime, duration: Duration, percent: int
) -> None:
    due = calendar.due(start, duration)
    marked = calendar.mark(start, duration, percent)
    assert start <= marked <= due


def test_i14_a_week_without_hours_is_refused_at_once() -> None:
    with pytest.raises(NoWorkingTime):
        BusinessCalendar("UTC", ((),) * 7)


def test_i14_days_that_are_all_closed_end_in_an_error_and_not_in_a_loop() -> None:
    closed = frozenset(date(2026, 1, 1) + timedelta(days=each) for each in range(800))
    calendar = BusinessCalendar("UTC", ((Window(0, 60),),) * 7, closed)
    start = datetime(2026, 1, 2, tzinfo=UTC)
    for duration in ("1 business hour", "1 business day", "same business day"):
        with pytest.raises(NoWorkingTime):
            calendar.due(start, parse_duration(duration))


_ELSEWHERE = """
from datetime import UTC, datetime
from protocols.time.calendar import BusinessCalendar, Window
calendar = BusinessCalendar("America/New_York", ((Window(540, 1020),),) * 7)
print(calendar.add_days(datetime(2026, 10, 30, 15, 7, tzinfo=UTC), 3).isoformat())
"""


@pytest.mark.parametrize("zone", ["UTC", "Asia/Kolkata", "America/New_York"])
def test_i20_the_zone_of_the_process_changes_nothing(zone: str) -> None:
    answer = subprocess.run(
        [sys.executable, "-c", _ELSEWHERE],
        env={**os.environ, "TZ": zone, "LC_ALL": "C", "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert answer.stdout.strip() == "2026-11-02T16:07:00+00:00"


def test_i20_an_instant_without_a_zone_is_a_type_error() -> None:
    with pytest.raises(TypeError):
        always_open().add(datetime(2026, 1, 1), timedelta(hours=1))  # noqa: DTZ001
