"""At which hours of a day nobody has a duty. Source: D3, D14."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from protocols.people.directory import Directory

STEP = timedelta(minutes=15)
"""Duties' hours begin and end at minutes; a gap shorter than this is not told."""


def gaps(directory: Directory, duty: str, day: date) -> tuple[tuple[datetime, datetime], ...]:
    """Return when nobody has a duty within 24 hours from midnight UTC of a day.

    Returns:
        Each gap's beginning and end, UTC; one that ends at midnight and goes on after it is
        whole, beginning on the evening.
    """
    begins_at = datetime.combine(day, datetime.min.time(), UTC)
    held = [each for person in directory.people for each in person.duties if each.name == duty]
    marks = [begins_at + STEP * n for n in range(timedelta(days=1) // STEP)]
    bare = [at for at in marks if not any(each.is_on(at) for each in held)]
    found = list(_joined(bare))
    last_at = begins_at + timedelta(days=1)
    if len(found) > 1 and found[0][0] == begins_at and found[-1][1] == last_at:
        first, last = found[0], found.pop()
        found[0] = (last[0], first[1] + timedelta(days=1))
    return tuple(found)


def _joined(bare: list[datetime]) -> Iterator[tuple[datetime, datetime]]:
    began_at: datetime | None = None
    for at in bare:
        began_at = began_at or at
        if at + STEP not in bare:
            yield began_at, at + STEP
            began_at = None
