"""When one of some people comes on duty next, or is back. Source: D14, D39."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, time

from protocols.kernel.context import Context
from protocols.people import swaps
from protocols.people.absences import FOR_EVER
from protocols.people.directory import Person


def next_on_duty(duties: Iterable[str], besides: frozenset[str], ctx: Context) -> datetime | None:
    """Return when the next who is not excluded comes on one of these duties; None when never.

    Whom Slack does not know is passed over: nobody can ask them.
    """
    wanted = frozenset(duties)
    people = (
        person
        for person in ctx.directory.people
        if person.key not in besides and person.key not in ctx.unreachable
    )
    found = [at for person in people for at in _begins(person, wanted, ctx)]
    found += [
        swap.from_at
        for swap in ctx.swaps
        if swap.duty in wanted and swap.from_at > ctx.now and swap.person.key not in besides
    ]
    return min(found, default=None)


def _begins(person: Person, wanted: frozenset[str], ctx: Context) -> Iterator[datetime]:
    back_at = ctx.away_until(person.key)
    if back_at == FOR_EVER:
        return
    held = [duty for duty in person.duties if duty.name in wanted]
    if back_at is not None and held:
        yield back_at
    for duty in held:
        if duty.hours is not None:
            hour, minute = divmod(duty.hours.from_minute, 60)
            begins_at = swaps.next_at(time(hour, minute), duty.zone or "UTC", ctx.now)
            if back_at is None or begins_at >= back_at:
                yield begins_at
