"""The event of words to an account that a second person reads first. Source: D15, D45."""

from __future__ import annotations

from dataclasses import dataclass

from protocols.kernel.event import Event


@dataclass(frozen=True, slots=True)
class SecondReaderNeeded(Event):
    """A second person reads words before they leave; ``rows`` say why."""

    NAME = "SecondReaderNeeded"

    number: int
    rows: tuple[str, ...]
