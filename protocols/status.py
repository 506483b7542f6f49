"""Where a ticket stands, from open to closed."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """Where a ticket stands. Source: design, Words (Closure)."""

    OPEN = "open"
    RESOLVED = "resolved"
    CONFIRMED = "confirmed"
    CLOSED = "closed"
    OPENED_IN_ERROR = "opened_in_error"
