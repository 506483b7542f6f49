"""Records of an account's dealings as values, and what links them to a ticket. S67, S90."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from protocols.kernel.command import Command
from protocols.kernel.event import Event


class DealingKind(StrEnum):
    """What a record is of. Source: S67."""

    DEAL_REGISTRATION = "deal_registration"
    COMMISSION_STATEMENT = "commission_statement"
    MDF_CLAIM = "mdf_claim"
    CERTIFICATION = "certification"
    CONTRACT = "contract"


@dataclass(frozen=True, slots=True)
class RecordField:
    """One thing that a record says, under the label that it has there."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class ProgramRecord:
    """What another system says of one dealing of an account. It is read inside only.

    Attributes:
        number: What the other system calls it.
        address: Where it stands there.
        as_of: When the other system said so.
    """

    account_key: str
    kind: DealingKind
    number: str
    address: str
    as_of: datetime
    fields: tuple[RecordField, ...] = ()

    @property
    def name(self) -> tuple[DealingKind, str]:
        """Return by what one of an account's records is told from another."""
        return self.kind, self.number

    @property
    def mark(self) -> str:
        """Return the same in letters that any form takes."""
        return hashlib.sha256(f"{self.kind} {self.number}".encode()).hexdigest()[:20]


@dataclass(frozen=True, slots=True)
class LinkRecord(Command):
    """Say that a ticket is about a record, as it is known now. Source: S67."""

    record: ProgramRecord


@dataclass(frozen=True, slots=True)
class UnlinkRecord(Command):
    """Say that a ticket is not about a record."""

    kind: DealingKind
    number: str


@dataclass(frozen=True, slots=True)
class RecordLinked(Event):
    """A ticket is about this record; what it said then stays on record."""

    NAME = "RecordLinked"

    record: ProgramRecord


@dataclass(frozen=True, slots=True)
class RenewRecord(Command):
    """A record that a ticket may be about is known as of later. Source: S67, S90."""

    record: ProgramRecord


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One thing that a record says otherwise than before; empty where it did not, or does not."""

    label: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class RecordRenewed(Event):
    """A linked record says something else now, or the same as of later; what it said is on record.

    ``changed`` is what differs, in the order of the record; empty where only its day does.
    """

    NAME = "RecordRenewed"

    record: ProgramRecord
    changed: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordUnlinked(Event):
    """A ticket is not about this record after all."""

    NAME = "RecordUnlinked"

    kind: DealingKind
    number: str
