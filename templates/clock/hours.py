"""A calendar as people read it: ``Mon-Fri 09:00-17:00``. Source: S117, D3."""

from __future__ import annotations

from itertools import groupby

from protocols.time.calendar import BusinessCalendar, Window

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def calendar_words(clock: str, calendar: BusinessCalendar) -> str:
    """Return a clock's calendar with its hours and zone; empty for one that never rests."""
    if not clock.startswith(calendar.name):
        return ""
    rests = clock != calendar.name
    week = tuple("day and night" if day and rests else _hours(day) for day in calendar.week)
    return f"{calendar.name}, {_grouped(week)} ({calendar.zone})"


def _hours(day: tuple[Window, ...]) -> str:
    return " and ".join(f"{_at(each.opens_minute)}-{_at(each.closes_minute)}" for each in day)


def _at(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _grouped(week: tuple[str, ...]) -> str:
    runs = [(hours, list(days)) for hours, days in groupby(range(7), key=week.__getitem__)]
    return ", ".join(
        f"{_DAYS[days[0]]}{f'-{_DAYS[days[-1]]}' if len(days) > 1 else ''} {hours}"
        for hours, days in runs
        if hours
    )
