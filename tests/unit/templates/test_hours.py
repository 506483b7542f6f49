"""A calendar is read with its hours and its zone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.engine.calendars import calendar_of
from bot.files.policy import load_policy
from protocols.time.calendar import Window
from templates.clock.hours import calendar_words

DESK = calendar_of(load_policy().calendar, date(2026, 11, 23))
MORNING, AFTERNOON = Window(540, 720), Window(780, 1020)


def test_days_with_the_same_hours_stand_together() -> None:
    assert calendar_words(DESK.name, DESK) == (
        "New York desk, Mon-Fri 09:00-17:00 (America/New_York)"
    )


def test_several_windows_a_day_and_a_short_day_are_all_named() -> None:
    week = ((MORNING, AFTERNOON),) * 4 + ((MORNING,), (), (MORNING,))
    assert calendar_words(DESK.name, replace(DESK, week=week)) == (
        "New York desk, Mon-Thu 09:00-12:00 and 13:00-17:00, Fri 09:00-12:00, Sun 09:00-12:00"
        " (America/New_York)"
    )


def test_weekday_hours_run_day_and_night_on_open_days() -> None:
    assert calendar_words(f"{DESK.name}, day and night", DESK) == (
        "New York desk, Mon-Fri day and night (America/New_York)"
    )


def test_a_clock_that_never_rests_has_no_calendar() -> None:
    assert calendar_words("day and night", DESK) == ""
