"""Whether an account is in its period close: when its books of a month are closed. S31, D45."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from protocols.policy.rules import CloseRule
from protocols.time.calendar import BusinessCalendar
from protocols.time.walls import DAY, each_day


@dataclass(frozen=True, slots=True)
class CloseDays:
    """The days of a period close that an account has named, both included."""

    first: date
    last: date


def is_closing(
    rows: Iterable[CloseRule], own: Iterable[CloseDays], calendar: BusinessCalendar, at: datetime
) -> bool:
    """Say whether an instant lies in a period close.

    Args:
        rows: The rows of the policy.
        own: The days that the account has named, beside them.
        calendar: Whose business days and whose zone count.
        at: The instant.
    """
    day = calendar.local_day(at)
    if any(days.first <= day <= days.last for days in own):
        return True
    return any(_holds(row, calendar, day) for row in rows)


def _holds(row: CloseRule, calendar: BusinessCalendar, day: date) -> bool:
    begun = day.replace(day=1)
    if _ends_period(row, begun) and _open_days(calendar, day + DAY, _month_after(begun)) < (
        row.last_days
    ):
        return True
    return _ends_period(row, begun - DAY) and _open_days(calendar, begun, day) < row.first_days


def _ends_period(row: CloseRule, month: date) -> bool:
    return not row.months or month.month in row.months


def _open_days(calendar: BusinessCalendar, first: date, until: date) -> int:
    return sum(map(calendar.opens_on, each_day(first, until - DAY)))


def _month_after(begun: date) -> date:
    return (begun + 31 * DAY).replace(day=1)
