"""The parts of a ticket: steps, people, texts, promises, holds, as frozen values."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """Where a ticket stands. Source: design, Words (Closure)."""

    OPEN = "open"
    RESOLVED = "resolved"
    CONFIRMED = "confirmed"
    CLOSED = "closed"
    OPENED_IN_ERROR = "opened_in_error"
