"""What a check of the records found: each thing wrong, with the row that shows it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that is wrong with a record.

    Attributes:
        chain: Of which record.
        seq: At which entry of its chain; None where it is no entry's matter.
        reason: What is wrong.
        noted: Where the head was noted that alone shows it; empty where the database shows it.
    """

    chain: str
    seq: int | None
    reason: str
    noted: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What a verification read, and everything that it found."""

    chains: int
    entries: int
    flaws: tuple[Flaw, ...] = ()

    @property
    def sound(self) -> bool:
        """Say whether everything proves."""
        return not self.flaws
