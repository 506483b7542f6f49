"""A due point: an instant at which something is decided, as a value. Source: S35, S171."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class DuePoint:
    """An instant at which something is decided.

    Attributes:
        key: Its name in the record, for ever; nobody reads anything out of it.
        kind: The name of the rule that decides it.
        at: When it falls due, aware UTC.
        about: What it is about, such as a number: the rule reads it here.
    """

    key: str
    kind: str
    at: datetime
    about: tuple[object, ...] = ()

    @property
    def number(self) -> int:
        """Return the number of what it is about."""
        return int(str(self.about[0]))
