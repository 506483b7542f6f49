"""What holds of business time, whatever the zone, the windows and the pauses: I1-I16, I20, I22."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
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
from protocols.time.pauses import merged
from tests.property.clocks.drawing import (
    NOTHING,
    ZONES,
    calendars,
    durations,
    instants,
    law,
    lengths,
    spans,
)

MOMENT = timedelta(microseconds=1)


@law(calendars(), instants, st.timedeltas(NOTHING, timedelta(days=9)), durations)
def test_i1_a_later_start_is_never_due_earlier(
    calendar: BusinessCalendar, start: datetime, later: timedelta, duration: Duration
) -> None:
    assert calendar.due(start, duration) <= calendar.due(start + later, duration)


@law(calendars(), instants, durations, durations)
def test_i2_a_longer_time_is_never_due_earlier(
    calendar: BusinessCalendar, start: datetime, one: Duration, other: Duration
) -> None:
    longer = replace(one, amount=max(one.amount, other.amount % (20 * 3600)))
    if one.kind is DurationKind.BUSINESS_DAYS:
        longer = replace(one, amount=one.amount + other.amount % 3)
    assert calendar.due(start, one) <= calendar.due(start, longer)


@law(calendars(), instants, spans, st.integers(1, 20 * 60))
def test_i3_parts_of_a_time_add_up(
    calendar: BusinessCalendar, start: datetime, first: Duration, minutes: int
) -> None:
    second = replace(first, amount=60 * minutes)
    whole = replace(first, amount=first.amount + second.amount)
    assert calendar.due(calendar.due(start, first), second) == calendar.due(start, whole)


@law(calendars(), instants, spans)
def test_i4_the_time_elapsed_until_due_is_the_duration(
    calendar: BusinessCalendar, start: datetime, span: Duration
) -> None:
    clock, due = calendar.clock(span), calendar.due(start, span)
    assert (due - start if clock is None else clock.elapsed(start, due)) == span.span
    assert calendar.left(start, span, due) == NOTHING


@law(calendars(), instants, lengths, lengths)
def test_i5_elapsed_adds_up_and_is_never_more_than_the_wall_shows(
    calendar: BusinessCalendar, start: datetime, first: timedelta, second: timedelta
) -> None:
    middle, end = start + first, start + first + second
    whole = calendar.elapsed(start, end)
    assert calendar.elapsed(start, middle) + calendar.elapsed(middle, end) == whole
    assert whole <= end - start


@law(calendars(), instants, durations, lengths, lengths)
def test_i6_a_pause_never_makes_the_end_earlier(
    calendar: BusinessCalendar,
    start: datetime,
    duration: Duration,
    after: timedelta,
    paused: timedelta,
) -> None:
    pause = Pause(start + after, start + after + paused)
    assert calendar.due(start, duration, [pause]) >= calendar.due(start, duration)


@law(calendars(), instants, durations, lengths, lengths)
def test_i7_a_pause_outside_of_its_hours_changes_nothing(
    calendar: BusinessCalendar,
    start: datetime,
    duration: Duration,
    after: timedelta,
    paused: timedelta,
) -> None:
    clock, pause = calendar.clock(duration), Pause(start + after, start + after + paused)
    lost = paused if clock is None else clock.elapsed(start + after, start + after + paused)
    same = calendar.due(start, duration, [pause]) == calendar.due(start, duration)
    assert same or lost > NOTHING


@law(calendars(), instants, durations, st.tuples(lengths, lengths, lengths))
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


@law(calendars(), instants, durations)
def test_i9_an_open_pause_has_no_end_only_time_left(
    calendar: BusinessCalendar, start: datetime, duration: Duration
) -> None:
    pause = Pause(start)
    with pytest.raises(ClockStopped):
        calendar.due(start, duration, [pause])
    left = calendar.left(start, duration, start, [pause])
    assert left == calendar.left(start, duration, start + timedelta(hours=9), [pause])
    assert left >= NOTHING


@law(calendars(), instants, durations, st.integers(0, 12))
def test_i10_a_further_holiday_never_makes_the_end_earlier(
    calendar: BusinessCalendar, start: datetime, duration: Duration, after: int
) -> None:
    holiday = start.date() + timedelta(days=after)
    fewer = replace(calendar, closed_days=calendar.closed_days | {holiday})
    more = replace(calendar, closed_days=calendar.closed_days - {holiday})
    assert more.due(start, duration) <= calendar.due(start, duration) <= fewer.due(start, duration)


@law(calendars(), instants, spans)
def test_i11_the_end_lies_after_an_opening_and_not_after_its_closing(
    calendar: BusinessCalendar, start: datetime, span: Duration
) -> None:
    clock = calendar.clock(span)
    assert clock is None or clock.is_open(calendar.due(start, span) - MOMENT)


@law(instants, lengths, st.sampled_from(ZONES))
def test_i12_around_the_clock_is_the_wall(start: datetime, length: timedelta, zone: str) -> None:
    day_and_night = BusinessCalendar(zone, ((Window(0, 1440),),) * 7)
    assert day_and_night.add(start, length) == start + length == always_open().add(start, length)
    weekdays = Duration(DurationKind.WEEKDAY_TIME, int(length.total_seconds()))
    assert day_and_night.due(start, weekdays) == start + length


@law(instants, st.sampled_from(ZONES), st.integers(1, 95))
def test_i13_what_the_clocks_skip_is_nobodys_and_what_they_repeat_is_worked_twice(
    start: datetime, zone: str, quarter: int
) -> None:
    """A day cut in two has as much time as it whole, but for a cut within repeated hours."""
    end = start + timedelta(days=2)
    early = BusinessCalendar(zone, ((Window(0, 15 * quarter),),) * 7).elapsed(start, end)
    late = BusinessCalendar(zone, ((Window(15 * quarter, 1440),),) * 7).elapsed(start, end)
    offsets = [at.astimezone(ZoneInfo(zone)).utcoffset() or NOTHING for at in (start, end)]
    repeated = max(NOTHING, offsets[0] - offsets[1])
    assert end - start <= early + late <= end - start + repeated


@law(calendars(), instants, durations, st.integers(0, 6))
def test_i14_a_calendar_without_hours_ends_in_a_sentence_and_not_in_a_loop(
    calendar: BusinessCalendar, start: datetime, duration: Duration, weekday: int
) -> None:
    with pytest.raises(NoWorkingTime, match=r"hours.*\."):
        replace(calendar, week=((),) * 7)
    day = start.date() - timedelta(days=3)
    closed = frozenset(day + timedelta(days=each) for each in range(calendar.horizon_days + 8))
    shut = replace(calendar, closed_days=closed)
    if calendar.clock(duration) is not None:
        with pytest.raises(NoWorkingTime, match=r"within 400 days\."):
            shut.due(start, duration)


@law(calendars(), instants, spans)
def test_i15_no_time_at_all_is_due_at_its_start(
    calendar: BusinessCalendar, start: datetime, span: Duration
) -> None:
    assert calendar.due(start, replace(span, amount=0)) == start


@law(calendars(), instants, durations)
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
    other = replace(calendar, week=split)
    assert other == calendar
    assert other.due(start, duration) == calendar.due(start, duration)


@law(calendars(), instants, durations, st.integers(1, 99))
def test_a_share_of_the_running_time_lies_between_start_and_end(
    calendar: BusinessCalendar, start: datetime, duration: Duration, percent: int
) -> None:
    due = calendar.due(start, duration)
    marked = calendar.mark(start, duration, percent)
    assert start <= marked <= due


@law(calendars(), instants, st.integers(1, 20 * 60))
def test_weekday_hours_are_due_between_hours_of_every_day_and_business_hours(
    calendar: BusinessCalendar, start: datetime, minutes: int
) -> None:
    plain, weekdays, business = (
        calendar.due(start, Duration(kind, 60 * minutes))
        for kind in (
            DurationKind.ELAPSED,
            DurationKind.WEEKDAY_TIME,
            DurationKind.BUSINESS_TIME,
        )
    )
    assert plain <= weekdays <= business


_ELSEWHERE = """
import locale
from datetime import UTC, datetime
from protocols.time.calendar import BusinessCalendar, Window
from protocols.time.durations import parse_duration
locale.setlocale(locale.LC_ALL, "")
calendar = BusinessCalendar("America/New_York", ((Window(540, 1020),),) * 5 + ((), ()))
start = datetime(2026, 10, 30, 15, 7, tzinfo=UTC)
for text in ("3 business days", "30 weekday hours", "9 business hours", "same business day"):
    print(calendar.due(start, parse_duration(text)).isoformat())
"""
_DUES = [
    "2026-11-04T16:07:00+00:00",
    "2026-11-02T22:07:00+00:00",
    "2026-11-02T17:07:00+00:00",
    "2026-10-30T21:00:00+00:00",
]


@pytest.mark.parametrize("zone", ["UTC", "Asia/Kolkata", "America/New_York"])
def test_i20_the_zone_and_the_locale_of_the_process_change_nothing(zone: str) -> None:
    answer = subprocess.run(
        [sys.executable, "-c", _ELSEWHERE],
        env={**os.environ, "TZ": zone, "LC_ALL": "C", "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert answer.stdout.split() == _DUES


@pytest.mark.parametrize("duration", ["1h", "1 business hour", "1 business day", "1 weekday hour"])
def test_i20_an_instant_without_a_zone_is_a_type_error(duration: str) -> None:
    desk = BusinessCalendar("UTC", ((Window(540, 1020),),) * 7)
    with pytest.raises(TypeError, match="zone"):
        desk.due(datetime(2026, 1, 1), parse_duration(duration))  # noqa: DTZ001
    with pytest.raises(TypeError, match="zone"):
        merged([Pause(datetime(2026, 1, 1))])  # noqa: DTZ001
