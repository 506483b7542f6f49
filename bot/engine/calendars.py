"""Calendars with the holidays that they name filled in. Source: S117, M7.

Holidays are asked of the library once and kept with the policy: a later release of it changes no
day that was counted before, and a start that finds them kept need not load it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.files.holidays_of import holidays_of
from protocols.policy.rules import CalendarRule
from protocols.time.calendar import BusinessCalendar

_YEARS_BEFORE, _YEARS_AFTER = 8, 8


@dataclass(frozen=True, slots=True)
class KeptHolidays:
    """Holidays of some years, both included, as they were first counted."""

    first_year: int = 1
    last_year: int = 0
    days: frozenset[date] = frozenset()

    def reaching(self, source: str, first_year: int, last_year: int) -> KeptHolidays:
        """Return these and the source's holidays of all years between them and those asked for."""
        if not self.days:
            days = holidays_of(source, first_year, last_year)
            return KeptHolidays(first_year, last_year, days)
        first, last = min(first_year, self.first_year), max(last_year, self.last_year)
        before = _some(source, first, self.first_year - 1)
        after = _some(source, self.last_year + 1, last)
        return KeptHolidays(first, last, before | self.days | after)


NOTHING_KEPT = KeptHolidays()


def _some(source: str, first_year: int, last_year: int) -> frozenset[date]:
    return holidays_of(source, first_year, last_year) if first_year <= last_year else frozenset()


def years_around(today: date, years_kept: int = _YEARS_BEFORE) -> tuple[int, int]:
    """Return the first and the last year that a calendar knows on a day.

    Args:
        today: The day.
        years_kept: How long records are kept; the year before counts as well.
    """
    return today.year - max(years_kept, 1) - 1, today.year + _YEARS_AFTER


def calendar_of(
    rule: CalendarRule,
    today: date,
    kept: KeptHolidays = NOTHING_KEPT,
    years_kept: int = _YEARS_BEFORE,
) -> BusinessCalendar:
    """Build a desk's calendar for the years around a day.

    Args:
        rule: zone, opening hours, and the desk's own closed and open days.
        today: the day it is built on.
        kept: the holidays that were counted before.
        years_kept: how long records are kept: so far back holidays are known.

    Returns:
        The calendar. Beyond those years it refuses to answer rather than miss a holiday.
    """
    first_year, last_year = years_around(today, years_kept)
    source = rule.holidays
    known = kept.reaching(source, first_year, last_year) if source else NOTHING_KEPT
    return BusinessCalendar(
        zone=rule.zone,
        week=rule.week,
        closed_days=(known.days | rule.closed_days) - rule.open_days,
        known_from=date(min(first_year, known.first_year) if known.days else first_year, 1, 1),
        known_until=date(max(last_year, known.last_year), 12, 31),
        name=rule.name,
    )
