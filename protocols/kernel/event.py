"""The base of all events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from protocols.people.people import Who


@dataclass(frozen=True, slots=True)
class Event:
    """Base of all events: ``at`` is business time, ``by`` the actor.

    Attributes:
        NAME: What the journal calls it, for ever, whatever the class is called.
    """

    NAME: ClassVar[str] = "Event"

    at: datetime
    by: Who
