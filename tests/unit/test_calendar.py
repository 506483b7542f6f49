"""Worked examples of business time, the wrong ones of public documents included."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.engine.calendars import calendar_of
from bot.files.holidays_of import holidays_of
from bot.files.policy import load_policy
from protocols.time.calendar import BeyondCalendar, BusinessCalendar, ClockStopped, Pause, Window
from protocols.time.durations import parse_duration

NEW_YORK = ZoneInfo("America/New_York")
DESK = calendar_of(load_policy().calendar, date(2026, 11, 23))


def desk(opens: int, closes: int) -> BusinessCalendar:
    workday = (Window(opens * 60, closes * 60),)
    return BusinessCalendar("UTC", (workday,) * 5 + ((), ()))


def utc(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("opens", "closes", "start", "hours", "due"),
    [
        (9, 17, "2026-11-20 17:00", 8, "2026-11-23 17:00"),
        (8, 17, "2026-11-20 16:00", 4, "2026-11-23 11:00"),
        (9, 17, "2026-11-20 15:00", 4, "2026-11-23 11:00"),
        (9, 17, "2026-11-21 12:00", 1, "2026-11-23 10:00"),
        (9, 17, "2026-11-23 06:00", 8, "2026-11-23 17:00"),
        (9, 17, "2026-11-23 16:59", 1, "2026-11-24 09:59"),
    ],
)
def test_business_hours_end_where_a_person_counts_them(
    opens: int, closes: int, start: str, hours: int, due: str
) -> None:
    assert desk(opens, closes).add(utc(start), timedelta(hours=hours)) == utc(due)


def test_thirty_days_around_the_clock_lose_no_minute() -> None:
    always = BusinessCalendar("UTC", ((Window(0, 1440),),) * 7)
    assert always.add(utc("2026-11-01 00:00"), timedelta(days=30)) == utc("2026-12-01 00:00")


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        ("2026-11-24 14:10", 5, "2026-12-01 14:10"),
        ("2026-11-20 17:00", 1, "2026-11-24 09:00"),
        ("2026-11-21 03:00", 1, "2026-11-24 09:00"),
        ("2026-11-23 05:00", 1, "2026-11-24 09:00"),
        ("2026-11-20 16:59", 1, "2026-11-23 16:59"),
    ],
)
def test_business_days_keep_the_wall_time(start: str, days: int, due: str) -> None:
    assert desk(9, 17).add_days(utc(start), days) == utc(due)


def test_a_bank_holiday_is_no_business_day() -> None:
    told_at = utc("2026-11-23 16:52")
    policy = load_policy()
    assert DESK.due(told_at, policy.resolution.confirm_reminder) == utc("2026-11-24 16:52")
    assert DESK.due(told_at, policy.resolution.reopen_after) == utc("2026-11-27 16:52")
    assert DESK.due(utc("2026-11-23 16:40"), policy.rca.due) == utc("2026-12-01 16:40")


@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("2026-11-23 14:02", "2026-11-23 22:00"),
        ("2026-11-23 10:00", "2026-11-23 22:00"),
        ("2026-11-23 22:00", "2026-11-24 22:00"),
        ("2026-11-25 23:00", "2026-11-27 22:00"),
        ("2026-11-21 15:00", "2026-11-23 22:00"),
    ],
)
def test_same_business_day_ends_at_closing(start: str, due: str) -> None:
    assert DESK.due(utc(start), parse_duration("same business day")) == utc(due)


@pytest.mark.parametrize(
    ("start", "length", "due"),
    [
        ("2026-11-20 17:00", "4 weekday hours", "2026-11-20 21:00"),
        ("2026-11-20 22:00", "4 weekday hours", "2026-11-23 02:00"),
        ("2026-11-21 12:00", "4 weekday hours", "2026-11-23 04:00"),
        ("2026-11-19 12:00", "48 weekday hours", "2026-11-23 12:00"),
    ],
)
def test_weekday_hours_run_through_the_night_and_rest_at_the_weekend(
    start: str, length: str, due: str
) -> None:
    assert desk(9, 17).due(utc(start), parse_duration(length)) == utc(due)


def test_weekday_hours_rest_on_a_bank_holiday() -> None:
    due = DESK.due(utc("2026-11-25 12:00"), parse_duration("24 weekday hours"))
    assert due == utc("2026-11-27 12:00")


def test_i13_a_window_over_a_change_of_clocks_has_its_real_length() -> None:
    night = BusinessCalendar("America/New_York", ((Window(0, 480),),) * 7)
    spring = datetime(2026, 3, 8, tzinfo=NEW_YORK)
    autumn = datetime(2026, 11, 1, tzinfo=NEW_YORK)
    assert night.elapsed(spring, spring + timedelta(days=1)) == timedelta(hours=7)
    assert night.elapsed(autumn, autumn + timedelta(days=1)) == timedelta(hours=9)


def test_i13_a_window_inside_the_gap_has_no_length() -> None:
    gap = BusinessCalendar("America/New_York", ((Window(120, 180),),) * 7)
    spring = datetime(2026, 3, 8, tzinfo=NEW_YORK)
    assert gap.elapsed(spring, spring + timedelta(days=1)) == timedelta(0)


def test_a_day_that_the_zone_skipped_has_no_business() -> None:
    apia = BusinessCalendar("Pacific/Apia", ((Window(0, 1440),),) * 7)
    start = datetime(2011, 12, 29, tzinfo=ZoneInfo("Pacific/Apia"))
    end = datetime(2011, 12, 31, tzinfo=ZoneInfo("Pacific/Apia"))
    assert apia.elapsed(start, end) == timedelta(days=1)


def test_a_pause_moves_the_end_by_its_business_time_only() -> None:
    four_hours = parse_duration("4 business hours")
    pause = Pause(utc("2026-11-23 16:00"), utc("2026-11-24 10:00"))
    assert desk(9, 17).due(utc("2026-11-23 14:00"), four_hours, [pause]) == utc("2026-11-24 12:00")


def test_a_pause_that_begins_at_the_end_changes_nothing() -> None:
    one_hour = parse_duration("1h")
    due = desk(9, 17).due(utc("2026-11-23 14:00"), one_hour, [Pause(utc("2026-11-23 15:00"))])
    assert due == utc("2026-11-23 15:00")


def test_a_stopped_clock_says_since_when() -> None:
    with pytest.raises(ClockStopped) as stopped:
        desk(9, 17).due(
            utc("2026-11-23 14:00"), parse_duration("1h"), [Pause(utc("2026-11-23 14:10"))]
        )
    assert stopped.value.since_at == utc("2026-11-23 14:10")
    assert str(stopped.value) == "The clock is stopped since 2026-11-23 14:10 UTC."


def test_three_quarters_of_four_hours_are_three() -> None:
    start, high = utc("2026-11-23 14:10"), parse_duration("4h")
    assert DESK.mark(start, high, 75) == utc("2026-11-23 17:10")
    assert DESK.mark(start, high, 90) == utc("2026-11-23 17:46")


def test_beyond_the_known_holidays_the_calendar_does_not_answer() -> None:
    with pytest.raises(BeyondCalendar):
        DESK.add(utc("2034-12-30 12:00"), timedelta(hours=40))


FED_HOLIDAYS = {
    2024: "01-01 01-15 02-19 05-27 06-19 07-04 09-02 10-14 11-11 11-28 12-25",
    2025: "01-01 01-20 02-17 05-26 06-19 07-04 09-01 10-13 11-11 11-27 12-25",
    2026: "01-01 01-19 02-16 05-25 06-19 09-07 10-12 11-11 11-26 12-25",
    2027: "01-01 01-18 02-15 05-31 07-05 09-06 10-11 11-11 11-25",
    2028: "01-17 02-21 05-29 06-19 07-04 09-04 10-09 11-23 12-25",
    2029: "01-01 01-15 02-19 05-28 06-19 07-04 09-03 10-08 11-12 11-22 12-25",
    2030: "01-01 01-21 02-18 05-27 06-19 07-04 09-02 10-14 11-11 11-28 12-25",
}


@pytest.mark.parametrize("year", FED_HOLIDAYS)
def test_the_bank_holidays_of(year: int) -> None:
    golden = {date.fromisoformat(f"{year}-{day}") for day in FED_HOLIDAYS[year].split()}
    weekdays = {day for day in holidays_of("FED", year, year) if day.weekday() < 5}
    assert weekdays == golden


@pytest.mark.parametrize("day", ["2026-07-03", "2027-06-18", "2027-12-24", "2028-11-10"])
def test_a_holiday_on_a_saturday_closes_no_friday(day: str) -> None:
    assert date.fromisoformat(day) not in holidays_of("FED", 2026, 2028)
