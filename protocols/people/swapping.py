"""Which swap of a duty may be made. Source: D14; words.md 8.

A swap says who is asked; it gives nobody a right. So a duty that may release, clear or speak for
us goes only to people who have it in the directory.
"""

from __future__ import annotations

from datetime import datetime

from protocols.kernel.context import Context
from protocols.kernel.refusals import AlreadyDone, NotAllowed
from protocols.people.duties import DUTIES
from protocols.people.people import Who
from protocols.people.refusals import DutyUnknown, PersonUnknown, SwapTime
from protocols.people.swaps import Swap, standing

WITH_RIGHTS = ("csm", "cs-manager", "legal", "compliance", "finance", "security")
"""Duties that only people who have them in the directory take over. Source: D15, D23, M6."""


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
    taker = Who(known.key, known.name)
    instead: Who | None = ctx.first_on_duty(duty)
    if instead is not None and instead.key == known.key:
        before = standing(duty, known.key, ctx.now, ctx.swaps)
        if before is None:
            raise AlreadyDone(person=known.name)
        instead = before.instead
    return Swap(duty, taker, instead, ctx.by, ctx.now, until_at)
