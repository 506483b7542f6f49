"""Ids of buttons and forms, and sentences of events: records that a ticket is about."""

from __future__ import annotations

from protocols.program_records.events import (
    DealingKind,
    FieldChange,
    RecordLinked,
    RecordRenewed,
    RecordUnlinked,
)
from templates.kit.actions import action, form
from templates.kit.sentences import simply
from templates.kit.when import utc_day

RECORD_OPEN = action("record.open", "Link a record")
VIEW_LINK_RECORD = form("link_record")

KINDS = {
    DealingKind.DEAL_REGISTRATION: "Deal registration",
    DealingKind.COMMISSION_STATEMENT: "Commission statement",
    DealingKind.MDF_CLAIM: "MDF claim",
    DealingKind.CERTIFICATION: "Certification",
    DealingKind.CONTRACT: "Contract",
}


def titled(kind: DealingKind, number: str) -> str:
    """Return what a record is called."""
    return f"{KINDS[kind]} {number}"


def _changed(one: FieldChange) -> str:
    if not one.after:
        return f"{one.label} is not said any more (was {one.before})"
    return f"{one.label} is {one.after}" + (f" (was {one.before})" if one.before else "")


simply(
    RecordLinked,
    lambda _, e: (
        f"{e.by.name} linked {titled(*e.record.name)}, as of {utc_day(e.record.as_of)}: "
        f"{e.record.address}"
    ),
    decided=True,
)
simply(
    RecordRenewed,
    lambda _, e: (
        f"{titled(*e.record.name)} is known as of {utc_day(e.record.as_of)}: "
        f"{'; '.join(map(_changed, e.changed)) or 'it says the same'}"
    ),
)
simply(
    RecordUnlinked,
    lambda _, e: f"{e.by.name} said that it is not about {titled(e.kind, e.number)}",
    decided=True,
)
