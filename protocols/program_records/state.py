"""Which records a ticket is about. Source: S67."""

from __future__ import annotations

from dataclasses import dataclass

from protocols.kernel.changing import on
from protocols.kernel.record import part_of
from protocols.program_records.events import (
    DealingKind,
    ProgramRecord,
    RecordLinked,
    RecordRenewed,
    RecordUnlinked,
)
from protocols.ticket import Ticket


@part_of(Ticket, under="program_records")
@dataclass(frozen=True, slots=True)
class Dealings:
    """The records that a ticket is about, each as it was said last."""

    records: tuple[ProgramRecord, ...] = ()

    def named(self, kind: DealingKind, number: str) -> ProgramRecord | None:
        """Return a linked record."""
        return next((each for each in self.records if each.name == (kind, number)), None)

    def without(self, kind: DealingKind, number: str) -> tuple[ProgramRecord, ...]:
        """Return the others."""
        return tuple(each for each in self.records if each.name != (kind, number))


@on(RecordLinked)
def _linked(dealings: Dealings, event: RecordLinked) -> Dealings:
    return Dealings((*dealings.without(*event.record.name), event.record))


@on(RecordRenewed)
def _renewed(dealings: Dealings, event: RecordRenewed) -> Dealings:
    """Keep its place: the order is that of linking."""
    new = (event.record if each.name == event.record.name else each for each in dealings.records)
    return Dealings(tuple(new))


@on(RecordUnlinked)
def _unlinked(dealings: Dealings, event: RecordUnlinked) -> Dealings:
    return Dealings(dealings.without(event.kind, event.number))
