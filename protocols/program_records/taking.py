"""What becomes of records that another system gives: what it said last stands. Source: S67."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from protocols.program_records.events import DealingKind, ProgramRecord

Key = tuple[str, DealingKind, str]
"""An account, what the record is of, and what it is called."""


def key_of(record: ProgramRecord) -> Key:
    """Return by what a record is told from every other."""
    return record.account_key, record.kind, record.number


@dataclass(frozen=True, slots=True)
class RecordsTaken:
    """What some records come to.

    Attributes:
        new: They were not known.
        changed: They say something else, or the same as of later.
        same: How many say what is known.
        older: How many say what was known before; what is known stays.
    """

    new: tuple[ProgramRecord, ...] = ()
    changed: tuple[ProgramRecord, ...] = ()
    same: int = 0
    older: int = 0

    @property
    def written(self) -> tuple[ProgramRecord, ...]:
        """Return the records that are written."""
        return *self.new, *self.changed


def taken(held: Mapping[Key, ProgramRecord], given: Iterable[ProgramRecord]) -> RecordsTaken:
    """Return what records come to, each of which is given once. Given twice, nothing changes."""
    new, changed, same, older = [], [], 0, 0
    for record in given:
        known = held.get(key_of(record))
        if known is None:
            new.append(record)
        elif known == record:
            same += 1
        elif known.as_of > record.as_of:
            older += 1
        else:
            changed.append(record)
    return RecordsTaken(tuple(new), tuple(changed), same, older)
