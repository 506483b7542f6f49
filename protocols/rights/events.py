"""That a person is on the ticket."""

from __future__ import annotations

from dataclasses import dataclass

from protocols.kernel.event import Event
from protocols.people.people import Who


@dataclass(frozen=True, slots=True)
class PersonAdded(Event):
    """A person is on the ticket now."""

    NAME = "PersonAdded"

    person: Who
