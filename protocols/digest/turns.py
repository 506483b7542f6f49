"""Whose turn it is to be told: now, or together with what waits. Source: D8."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from protocols.kernel.context import Context
from protocols.people.people import Staff
from protocols.people.quiet import quiet_until


@dataclass(frozen=True, slots=True)
class TellingTurn:
    """When one of us was last told what they had not asked for, and until when more waits."""

    told_at: datetime | None = None
    until: datetime | None = None


def digest_of(person: Staff) -> str:
    """Return the name of a person's digest."""
    return f"digest/{person.key}"


def held_until(
    turn: TellingTurn, person: Staff, ctx: Context, *, wakes: bool = False
) -> datetime | None:
    """Return until when something for a person waits; None where it is told now. Source: D8, D45.

    What comes while something waits is told with it, but for what the night does not hold back:
    it would bring the morning's list with it.
    """
    quiet_at = quiet_until(person.key, ctx.now, ctx)
    if quiet_at is not None:
        return None if wakes else quiet_at
    most = ctx.policy.collect.messages
    if turn.until is not None and turn.until <= ctx.now + most:
        return turn.until
    if turn.told_at is None or ctx.now >= turn.told_at + most:
        return None
    free_at = turn.told_at + most
    quiet_at = quiet_until(person.key, free_at, ctx)
    if quiet_at is None:
        return free_at
    return None if wakes else quiet_at
