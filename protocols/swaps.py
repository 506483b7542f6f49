"""Swaps of a duty: one person has it for another until an instant. Source: D14; words.md 8.

A swap says who is asked; it gives nobody a right. So a duty that may release, clear or speak for
us goes only to people who have it in the directory.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from protocols.duties import DUTIES
from protocols.people import Who
from protocols.refusals import AlreadyDone, DutyUnknown, NotAllowed, PersonUnknown, SwapTime

if TYPE_CHECKING:
    from protocols.context import Context
    from protocols.directory import Directory, Person

WITH_RIGHTS = ("csm", "cs-manager", "legal", "compliance", "finance", "security")
"""Duties that only people who have them in the directory take over. Source: D15, D23, M6."""


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


def swapped(duty: str, person: Who, until_at: datetime, ctx: Context) -> Swap:
    """Return the swap that one of us asks for.

    Raises:
        DutyUnknown: There is no such duty.
        SwapTime: The end is past, or further away than a swap may last.
        PersonUnknown: The person is not in the directory, or cannot be reached.
        NotAllowed: The duty carries rights, and the person does not have it in the directory.
        AlreadyDone: They are the first on duty without a swap.
    """
    if duty not in DUTIES:
        raise DutyUnknown(what=duty, known=", ".join(DUTIES))
    longest = ctx.policy.duties.swap_at_most
    if until_at <= ctx.now or (longest is not None and until_at > ctx.now + longest):
        raise SwapTime(at=until_at, at_most=longest)
    known = ctx.directory.person(person.key)
    if known is None or known.key in ctx.unreachable:
        raise PersonUnknown(person=person.name)
    if duty in WITH_RIGHTS and not known.has(duty):
        names = ", ".join(holder.name for holder in ctx.directory.holders(duty))
        raise NotAllowed(duties=f"someone who has {duty} in the directory", people=names)
    taker, instead = Who(known.key, known.name), ctx.first_on_duty(duty)
    if instead is not None and instead.key == known.key:
        before = standing(duty, known.key, ctx.now, ctx.swaps)
        if before is None:
            raise AlreadyDone(person=known.name)
        instead = before.instead
    return Swap(duty, taker, instead, ctx.by, ctx.now, until_at)
