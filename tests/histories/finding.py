"""A finding of the judge: which property does not hold, in which way, and where it is seen."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be.

    Attributes:
        code: Its kind; the same for every history in which the same rule is missing.
        sentence: What is wrong, with the ticket or place.
    """

    code: str
    sentence: str

    def __str__(self) -> str:
        """Return it as a line."""
        return f"[{self.code}] {self.sentence}"
