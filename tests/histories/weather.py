"""What the wires do to a call: carry it, refuse it for good, lose it, lose its answer, hold it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Fate(StrEnum):
    """What becomes of one call."""

    CARRIED = "carried"
    REFUSED = "refused"
    NOT_SENT = "not sent"
    LOST_BEFORE = "lost before it arrived"
    LOST_AFTER = "its answer lost"
    LIMITED = "limited"


@dataclass(slots=True)
class Cloud:
    """A spell of bad weather over some calls.

    Attributes:
        fate: What becomes of a call under it.
        where: A method, a gateway's name, or a piece of a call's arguments; several must all fit.
        left: How many calls it still takes.
        error: What a refusal says.
    """

    fate: Fate
    where: str
    left: int
    error: str = "not_in_channel"


@dataclass(slots=True)
class Weather:
    """All that hangs over the wires now."""

    clouds: list[Cloud] = field(default_factory=list)
    calls: int = 0

    def fate(self, name: str, arguments: Mapping[str, object]) -> tuple[Fate, str]:
        """Return what becomes of this call, and a refusal's word."""
        self.calls += 1
        if not self.clouds:
            return Fate.CARRIED, ""
        written = json.dumps(dict(arguments), default=str)
        for cloud in self.clouds:
            if cloud.left > 0 and all(w == name or w in written for w in cloud.where.split()):
                cloud.left -= 1
                return cloud.fate, cloud.error
        return Fate.CARRIED, ""

    def clears(self) -> None:
        """Let everything pass again."""
        self.clouds.clear()
