"""Who is away: by dates of the directory, by their own word, or by what their Slack status says.

Never by presence: whoever is not online may well be reached. Source: M23, D39.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from protocols.people.directory import Person
from protocols.people.swaps import AWAY, BACK, Swap

FOR_EVER = datetime.max.replace(tzinfo=UTC)
"""Until when somebody is away whose status names no end."""


@dataclass(frozen=True, slots=True)
class Absences:
    """Everything that says that somebody is away.

    Attributes:
        zone: In which the days of the directory begin and end.
        swaps: What people said of themselves, oldest first.
        statuses: By person, until when their Slack status says that they are out of office.
    """

    zone: str = "UTC"
    swaps: tuple[Swap, ...] = ()
    statuses: Mapping[str, datetime] | None = None

    def until(self, key: str, person: Person | None, at: datetime) -> datetime | None:
        """Return until when somebody is away at an instant, None when they are not."""
        said = self._said(key, at)
        if said is not None and said.duty == BACK:
            return None
        ends = [] if said is None else [said.until_at]
        status = (self.statuses or {}).get(key)
        if status is not None and status > at:
            ends.append(status)
        if person is not None:
            ends += self._by_dates(person, at)
        return max(ends, default=None)

    def _said(self, key: str, at: datetime) -> Swap | None:
        """Return the last that somebody said of themselves and that stands."""
        found = [
            each
            for each in self.swaps
            if each.duty in (AWAY, BACK) and each.person.key == key and each.is_on(at)
        ]
        return found[-1] if found else None

    def _by_dates(self, person: Person, at: datetime) -> Iterable[datetime]:
        there = ZoneInfo(self.zone)
        day = at.astimezone(there).date()
        for each in person.away:
            if each.first <= day <= each.last:
                yield midnight_after(each.last, there)


def midnight_after(day: date, zone: ZoneInfo) -> datetime:
    """Return the end of a day in a zone."""
    return datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC)
