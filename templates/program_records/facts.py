"""What a record says, as people read it inside. Source: S67, S69, S90."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time

from protocols.program_records.events import DealingKind, ProgramRecord
from protocols.program_records.state import Dealings
from protocols.ticket import Ticket
from templates.kit.scene import Facts
from templates.kit.values import Value
from templates.kit.when import utc_day
from templates.program_records.words import titled
from templates.routing.categories import ChoiceLine


@dataclass(frozen=True, slots=True)
class RecordLine(Value):
    """A record, and what it says; ``day`` where the other system named no more of its instant."""

    title: str
    address: str
    as_of: datetime
    day: str
    says: str


def line_of(record: ProgramRecord) -> RecordLine:
    """Return a record as it is shown."""
    is_day = record.as_of.astimezone(UTC).time() == time()
    day = utc_day(record.as_of) if is_day else ""
    says = " · ".join(f"{field.label}: {field.text}" for field in record.fields)
    return RecordLine(titled(*record.name), record.address, record.as_of, day, says)


def record_lines(ticket: Ticket, known: Iterable[ProgramRecord] = ()) -> tuple[RecordLine, ...]:
    """Return the records that a ticket is about, each as it was said last.

    ``known`` are the same as they are known now: a ticket hears of what is new a moment later.
    """
    later = {each.name: each for each in known}
    linked = ticket.of(Dealings).records
    newest = (max(each, later.get(each.name, each), key=lambda r: r.as_of) for each in linked)
    return tuple(map(line_of, newest))


@dataclass(frozen=True, slots=True)
class RecordChange(Value):
    """One thing that a record says otherwise; empty where it did not say it, or does no more."""

    label: str
    before: str
    after: str


def changes_of(changed: object) -> tuple[RecordChange, ...]:
    """Return what a message is given of a record's changes, each as label, before and after."""
    given = changed if isinstance(changed, list) else []
    return tuple(RecordChange(*map(str, each)) for each in given)


def renewed_line(ticket: Ticket, kind: str, number: str) -> RecordLine:
    """Return a linked record as it is said last."""
    record = ticket.of(Dealings).named(DealingKind(kind), number)
    if record is None:
        raise LookupError("the ticket is not about that record")
    return line_of(record)


def record_words(ticket: Ticket) -> str:
    """Return which records a ticket is about, and as of when; empty without any."""
    records = ticket.of(Dealings).records
    return ", ".join(f"{titled(*one.name)} (as of {utc_day(one.as_of)})" for one in records)


def link_record_facts(ticket: Ticket, offered: Sequence[ProgramRecord]) -> Facts:
    """Return what the form shows: the records that are linked, and those that may be."""
    return {
        "account": ticket.account.name if ticket.account is not None else "",
        "linked": record_words(ticket),
        "offered": tuple(_choice(each, ticket.of(Dealings)) for each in offered),
        "ref": ticket.reference,
    }


def _choice(record: ProgramRecord, dealings: Dealings) -> ChoiceLine:
    held = dealings.named(*record.name)
    mark = "" if held is None else ", linked" if held.as_of >= record.as_of else ", says more now"
    says = record.fields[0].text if record.fields else ""
    label = f"{titled(*record.name)}{mark} · {utc_day(record.as_of)}"
    return ChoiceLine(record.mark, f"{label} · {says}" if says else label)
