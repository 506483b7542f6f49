"""Duties: which there are, and the hours in which a person has one. Source: D14."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from protocols.time.calendar import MINUTES_A_DAY

DUTIES = (
    "csm",
    "cs-manager",
    "engineering-lead",
    "engineer",
    "support",
    "legal",
    "compliance",
    "finance",
    "security",
    "commander",
    "payments-operations",
    "executive",
    "communicator",
    "scribe",
    "investigator",
    "status",
    "escalation-manager",
    "account-manager",
)
"""Every duty that a step, a role or a notice may ask for. Source: S149-S168."""


PAYMENTS = "payments-operations"
"""The duty of those who can stop payments. Source: S48, D17."""


_HOURS = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])-([01][0-9]|2[0-4]):([0-5][0-9])", re.ASCII)


class NotOnDuty(LookupError):
    """The person does not have this duty at this instant."""


@dataclass(frozen=True, slots=True)
class Hours:
    """Daily hours in minutes after midnight; an end before the start is over midnight."""

    from_minute: int
    until_minute: int

    def cover(self, minute: int) -> bool:
        """Say whether a minute of the day lies in them; the end does not."""
        if self.from_minute < self.until_minute:
            return self.from_minute <= minute < self.until_minute
        return minute >= self.from_minute or minute < self.until_minute


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty of a person; without hours it is theirs day and night. Source: D14."""

    name: str
    hours: Hours | None = None
    zone: str | None = None

    def is_on(self, at: datetime) -> bool:
        """Say whether the duty is on at an instant."""
        if self.hours is None:
            return True
        wall = at.astimezone(ZoneInfo(self.zone or "UTC"))
        return self.hours.cover(wall.hour * 60 + wall.minute)

    def ends_at(self, at: datetime) -> datetime | None:
        """Return when the hours that cover an instant end; None when they never do."""
        if self.hours is None:
            return None
        zone = ZoneInfo(self.zone or "UTC")
        wall = at.astimezone(zone)
        end = self.hours.until_minute
        for later in range(3):
            day = wall.date() + timedelta(days=later + end // 1440)
            end_at = datetime.combine(day, time(end // 60 % 24, end % 60), zone).astimezone(UTC)
            if end_at > at:
                return end_at
        raise NotOnDuty(f"{self.name} has no end after {at}.")


class HoursRefused(ValueError):
    """A text says no daily hours; carries one sentence that says how to write them."""


def hours_of(text: str) -> Hours:
    """Return the daily hours that a text such as 09:00-18:00 says.

    Raises:
        HoursRefused: It says none.
    """
    shape = _HOURS.fullmatch(text)
    if shape is None:
        raise HoursRefused(f'"{text}" are no hours. Write them as 09:00-18:00.')
    hours = Hours(int(shape[1]) * 60 + int(shape[2]), int(shape[3]) * 60 + int(shape[4]))
    if hours.from_minute == hours.until_minute or hours.until_minute > MINUTES_A_DAY:
        raise HoursRefused(f'"{text}" must end at another time, by 24:00.')
    return hours
