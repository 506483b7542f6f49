"""How the record says of words that nobody heard when they were written, and that were read later.

Source: D41.
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from templates.kit.when import utc


class ReadLate(Protocol):
    """What was written at one instant, and came on record at another."""

    @property
    def at(self) -> datetime:
        """Return when it came on record."""
        ...

    @property
    def written_at(self) -> datetime | None:
        """Return when it was written, None where it was heard then."""
        ...


def read_late(event: ReadLate) -> str:
    """Return when words were written and when they were read; empty where they were heard."""
    if event.written_at is None:
        return ""
    written_at, at = utc(event.written_at, event.at), utc(event.at, event.at)
    return f" (written {written_at}, read late at {at})"


def found_late(late: bool, at: datetime) -> str:
    """Return when it was found that somebody had come or gone; empty where that was heard."""
    return f" (read late at {utc(at, at)})" if late else ""
