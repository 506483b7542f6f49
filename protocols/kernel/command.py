"""The base of all commands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Command:
    """Base of all commands; each names the record it is for.

    Attributes:
        FROM_OUTSIDE: Whether somebody who is not one of us may ask it at all.
    """

    FROM_OUTSIDE: ClassVar[bool] = False

    reference: str
