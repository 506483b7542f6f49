"""Whose holidays a calendar may have, and which days they are. Source: S117, M7."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache

import holidays

from protocols.policy.calendars import FEDERAL_RESERVE, HOW_HOLIDAYS, where_holidays
from protocols.policy.policy import Policy
from protocols.policy.sections import EntryRefused

_ANY_YEAR = 2026


@cache
def holidays_of(source: str, first_year: int, last_year: int) -> frozenset[date]:
    """Return the holidays of a country, of a part of one, or of a market, both years included.

    A holiday of the Federal Reserve on a Saturday is not moved: the Banks are open on the Friday
    before.

    Raises:
        NotImplementedError: Nobody of this name has holidays.
    """
    years = range(first_year, last_year + 1)
    country, _, part = source.partition("-")
    days: Iterable[date] = (
        holidays.financial_holidays(source, years=years)
        if source == FEDERAL_RESERVE
        else holidays.country_holidays(country, subdiv=part or None, years=years)
    )
    return frozenset(day for day in days if first_year <= day.year <= last_year)


def need_known_holidays(policy: Policy) -> None:
    """Refuse a calendar with the holidays of a country that nobody knows.

    Raises:
        EntryRefused: It names the entry.
    """
    for path, source in where_holidays(policy.calendar, policy.calendars).items():
        try:
            holidays_of(source, _ANY_YEAR, _ANY_YEAR)
        except NotImplementedError as unknown:
            why = f'No holidays are known of "{source}". {HOW_HOLIDAYS}'
            raise EntryRefused(path, why) from unknown
