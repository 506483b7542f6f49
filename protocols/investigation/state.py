"""What is known of the fault inside. Source: S36, S41, S46."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from protocols.investigation.events import ExposureConfirmed, FindingRecorded, ScopeConfirmed
from protocols.kernel.changing import on
from protocols.kernel.record import part_of
from protocols.people.people import Who
from protocols.ticket import Ticket


@dataclass(frozen=True, slots=True)
class Finding:
    """A raw technical fact; it never leaves. Source: S46."""

    number: int
    kind: str
    text: str
    found_by: Who
    found_at: datetime
    accounts_count: int | None = None
    records_count: int | None = None


@part_of(Ticket)
@dataclass(frozen=True, slots=True)
class Investigation:
    """What is known of the fault inside: scope, findings, exposure. Source: S36, S41, S46."""

    exposure_by: Who | None = None
    exposure_at: datetime | None = None
    scope: str = ""
    scope_accounts: str = ""
    scope_since: str = ""
    findings: tuple[Finding, ...] = ()


@on(ScopeConfirmed)
def _scope(found: Investigation, event: ScopeConfirmed) -> Investigation:
    return replace(found, scope=event.how, scope_accounts=event.accounts, scope_since=event.since)


@on(ExposureConfirmed)
def _exposure(found: Investigation, event: ExposureConfirmed) -> Investigation:
    return replace(found, exposure_by=event.by, exposure_at=event.at)


@on(FindingRecorded)
def _finding(found: Investigation, event: FindingRecorded) -> Investigation:
    finding = Finding(
        event.number,
        event.kind,
        event.text,
        event.by,
        event.at,
        event.accounts_count,
        event.records_count,
    )
    return replace(found, findings=(*found.findings, finding))
