"""What the clock asks, and that a due point has passed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from protocols.kernel.command import Command
from protocols.kernel.due_point import DuePoint
from protocols.kernel.event import Event


@dataclass(frozen=True, slots=True)
class FallDue(Command):
    """A due point has come; only the ticker asks this. Source: S171, S177."""

    point: DuePoint


@dataclass(frozen=True, slots=True)
class DuePassed(Event):
    """A due point was decided; it never falls due again."""

    NAME = "DuePassed"

    key: str
    kind: str
    planned_at: datetime
