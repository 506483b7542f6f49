"""A due point: an instant at which something is decided, as a value. Source: S35, S171."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class DuePoint:
    """An instant at which something is decided, as it is stored.

    A point that has arguments is a class of its own, in the subject that it is of, with a field
    for each; nobody reads anything out of a key.

    Attributes:
        key: Its name in the record, for ever.
        kind: The name of the rule that decides it.
        at: When it falls due, aware UTC.
    """

    key: str
    kind: str
    at: datetime


@dataclass(frozen=True, slots=True)
class NumberedPoint(DuePoint):
    """One that is about something with a number, such as a draft or a hold."""

    number: int
