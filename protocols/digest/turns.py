"""Whose turn it is to be told: now, or together with what waits. Source: D8."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from protocols.kernel.context import Context
from protocols.people.people import Staff


@dataclass(frozen=True, slots=True)
class TellingTurn:
    """When one of us was last told what they had not asked for, and until when more waits."""

    told_at: datetime | None = None
    until: datetime | None = None


def digest_of(person: Staff) -> str:
    """Return the name of a person's digest."""
    return f"digest/{person.key}"


def held_until(turn: TellingTurn, _person: Staff, ctx: Context) -> datetime | None:
    """Return until when something for a person waits; None where it is told now. Source: D8.

    What comes while something waits is told with it.
    """
    if turn.until is not None:
        return turn.until
    if turn.told_at is None:
        return None
    free_at = turn.told_at + ctx.policy.collect.messages
    return free_at if ctx.now < free_at else None
