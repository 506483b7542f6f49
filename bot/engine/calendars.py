"""Calendars with the bank holidays of the Federal Reserve filled in. Source: S117, M7."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import holidays

from protocols.policy.rules import CalendarRule
from protocols.time.calendar import BusinessCalendar

_YEARS_BEFORE, _YEARS_AFTER = 2, 8


def bank_holidays(first_year: int, last_year: int) -> frozenset[date]:
    """Return the days on which the Federal Reserve Banks are closed, both years included.

    A holiday on a Saturday is not moved: the Banks are open on the Friday before.
    """
    days: Iterable[date] = _federal_reserve()(years=range(first_year, last_year + 1))
    return frozenset(day for day in days if first_year <= day.year <= last_year)


@cache
def _federal_reserve() -> Any:
    """Return the library's class for the Federal Reserve, loaded from its own file.

    The library's loader imports every country of the world with it, which costs 9 MB.
    """
    path = Path(holidays.__path__[0]) / "financial" / "federal_reserve.py"
    spec = importlib.util.spec_from_file_location("federal_reserve", path)
    if spec is None or spec.loader is None:
        raise ImportError(f"The library has no {path.name}.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.FED


def calendar_of(rule: CalendarRule, today: date) -> BusinessCalendar:
    """Build a desk's calendar for the years around a day.

    Args:
        rule: zone, opening hours, and the desk's own closed and open days.
        today: the day it is built on; the holidays of two years before to eight after are known.

    Returns:
        The calendar. Beyond those years it refuses to answer rather than miss a holiday.
    """
    first_year, last_year = today.year - _YEARS_BEFORE, today.year + _YEARS_AFTER
    closed = bank_holidays(first_year, last_year) if rule.bank_holidays else frozenset()
    return BusinessCalendar(
        zone=rule.zone,
        week=rule.week,
        closed_days=(closed | rule.closed_days) - rule.open_days,
        known_from=date(first_year, 1, 1),
        known_until=date(last_year, 12, 31),
    )
