"""Swaps of duties as they stand: who has which for whom, until when. Source: D14; words.md 8."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from protocols.people.directory import Directory, Person
from protocols.people.people import Who

AWAY, BACK = "away", "back"
"""What a person says of themselves, kept as a swap of no duty: asked for nothing, or again."""


@dataclass(frozen=True, slots=True)
class Swap:
    """One person has a duty for another: ``instead`` is None where nobody was on duty."""

    duty: str
    person: Who
    instead: Who | None
    by: Who
    from_at: datetime
    until_at: datetime

    def is_on(self, at: datetime) -> bool:
        """Say whether the swap stands at an instant; its end does not."""
        return self.from_at <= at < self.until_at


def on_duty(
    directory: Directory, duty: str, at: datetime, swaps: Iterable[Swap]
) -> tuple[Person, ...]:
    """Return those who have a duty at an instant, in rota order, with the swaps that stand.

    Who takes over is asked first; who is stood in for is not asked. A later swap wins.
    """
    found = directory.on_duty(duty, at)
    for swap in swaps:
        taker = directory.person(swap.person.key)
        if swap.duty != duty or taker is None or not swap.is_on(at):
            continue
        gone = {taker.key} | ({swap.instead.key} if swap.instead is not None else set())
        found = (taker, *(person for person in found if person.key not in gone))
    return found


def standing(duty: str, person: str, at: datetime, swaps: Iterable[Swap]) -> Swap | None:
    """Return the newest swap by which a person has a duty at an instant."""
    found = [s for s in swaps if s.duty == duty and s.person.key == person and s.is_on(at)]
    return found[-1] if found else None


def next_at(clock: time, zone: str, now: datetime) -> datetime:
    """Return when a clock in a zone next shows a time: later today, else tomorrow."""
    there = ZoneInfo(zone)
    today = now.astimezone(there).date()
    times = (datetime.combine(today + timedelta(days=d), clock, there) for d in range(3))
    return next(at for at in (each.astimezone(UTC) for each in times) if at > now)
