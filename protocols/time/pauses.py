"""When a clock stood still. Source: S84."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from protocols.time.walls import in_utc


@dataclass(frozen=True, slots=True)
class Pause:
    """A stopped clock, from one instant until another; no end means still stopped. Source: S84."""

    from_at: datetime
    until_at: datetime | None = None


def merged(pauses: Iterable[Pause]) -> tuple[Pause, ...]:
    """Return the same stopped time as pauses that are in order and do not touch."""
    result: list[Pause] = []
    for pause in sorted(pauses, key=lambda each: in_utc(each.from_at)):
        until_at = None if pause.until_at is None else in_utc(pause.until_at)
        last = result[-1] if result else None
        if last is None or (last.until_at is not None and pause.from_at > last.until_at):
            result.append(Pause(in_utc(pause.from_at), until_at))
        elif last.until_at is not None and (until_at is None or until_at > last.until_at):
            result[-1] = Pause(last.from_at, until_at)
    return tuple(result)
