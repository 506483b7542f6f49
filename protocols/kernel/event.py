"""The base of all events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from protocols.people.people import Who


@dataclass(frozen=True, slots=True)
class Event:
    """Base of all events: ``at`` is business time, ``by`` the actor."""

    at: datetime
    by: Who
