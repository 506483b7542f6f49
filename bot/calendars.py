"""Calendars with the bank holidays of the Federal Reserve filled in. Source: S117, M7."""

from __future__ import annotations

from datetime import date

import holidays

from protocols.calendar import BusinessCalendar
from protocols.policy_rules import CalendarRule

_YEARS_BEFORE, _YEARS_AFTER = 2, 8


def bank_holidays(first_year: int, last_year: int) -> frozenset[date]:
    """Return the days on which the Federal Reserve Banks are closed, both years included.

    A holiday on a Saturday is not moved: the Banks are open on the Friday before.
    """
    days = holidays.financial_holidays("FED", years=range(first_year, last_year + 1))
    return frozenset(day for day in days if first_year <= day.year <= last_year)


def calendar_of(rule: CalendarRule, today: date) -> BusinessCalendar:
    """This function will build a desk's calendar for the years around a day.

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
