"""Which swap of a duty may be made. Source: D14; words.md 8.

A swap says who is asked; it gives nobody a right. So a duty that may release, clear or speak for
us goes only to people who have it in the directory.
"""

from __future__ import annotations

from datetime import datetime

from protocols.kernel.context import Context
from protocols.kernel.refusals import AlreadyDone, NotAllowed
from protocols.people.absences import FOR_EVER
from protocols.people.duties import DUTIES
from protocols.people.people import Who
from protocols.people.refusals import (
    AwayTime,
    DutyUnknown,
    NotAway,
    PersonAway,
    PersonUnknown,
    SwapTime,
)
from protocols.people.swaps import AWAY, BACK, Swap, standing

WITH_RIGHTS = ("csm", "cs-manager", "legal", "compliance", "finance", "security")
"""Duties that only people who have them in the directory take over. Source: D15, D23, M6."""


def swapped(duty: str, person: Who, until_at: datetime, ctx: Context) -> Swap:
    """Return the swap that one of us asks for.

    Raises:
        DutyUnknown: There is no such duty.
        SwapTime: The end is past, or further away than a swap may last.
        PersonUnknown: The person is not in the directory, or cannot be reached.
        NotAllowed: The duty carries rights, and the person does not have it in the directory.
        PersonAway: The person is away.
        AlreadyDone: They are the first on duty without a swap.
    """
    if duty in (AWAY, BACK):
        return _said_of_oneself(duty, person, until_at, ctx)
    if duty not in DUTIES:
        raise DutyUnknown(what=duty, known=", ".join(DUTIES))
    longest = ctx.policy.duties.swap_at_most
    if until_at <= ctx.now or (longest is not None and until_at > ctx.now + longest):
        raise SwapTime(at=until_at, at_most=longest)
    known = ctx.directory.person(person.key)
    if known is None or known.key in ctx.unreachable:
        raise PersonUnknown(person=person.name)
    need_here(Who(known.key, known.name), ctx)
    if duty in WITH_RIGHTS and not known.has(duty):
        names = ", ".join(holder.name for holder in ctx.directory.holders(duty))
        raise NotAllowed(duties=f"someone who has {duty} in the directory", people=names)
    taker = Who(known.key, known.name)
    instead: Who | None = ctx.first_on_duty(duty)
    if instead is not None and instead.key == known.key:
        before = standing(duty, known.key, ctx.now, ctx.swaps)
        if before is None:
            raise AlreadyDone(person=known.name)
        instead = before.instead
    return Swap(duty, taker, instead, ctx.by, ctx.now, until_at)


def _said_of_oneself(duty: str, person: Who, until_at: datetime, ctx: Context) -> Swap:
    """Return that one of us is away until an instant, or back before the end of it. Source: M23.

    Raises:
        AwayTime: The end is past.
        NotAway: They come back and were not away.
    """
    if duty == AWAY and until_at <= ctx.now:
        raise AwayTime()
    if duty == BACK:
        ends = ctx.away_until(person.key)
        if ends is None:
            raise NotAway()
        until_at = ends
    return Swap(duty, person, None, ctx.by, ctx.now, until_at)


def need_here(person: Who, ctx: Context) -> None:
    """Refuse to ask somebody who is away.

    Raises:
        PersonAway: They are.
    """
    ends = ctx.away_until(person.key)
    if ends is not None:
        raise PersonAway(
            person=person.name, until_at=None if ends == FOR_EVER else ends, now=ctx.now
        )
