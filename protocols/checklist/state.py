"""What became of the actions that a signal asks for. Source: S25, S33."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from protocols.checklist.events import (
    ActionSettled,
    ActionsReminded,
    SyncCheckAsked,
    SyncChecked,
    SyncCheckSet,
)
from protocols.kernel.changing import on
from protocols.kernel.record import part_of
from protocols.people.people import Who
from protocols.scales import Signal
from protocols.ticket import Ticket


@dataclass(frozen=True, slots=True)
class SettledAction:
    """An action of which somebody said that it is done, or why it is not needed."""

    signal: Signal
    action: str
    waived: bool
    by: Who
    at: datetime
    reason: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class SyncCheck:
    """The newest checkpoint of a sync.

    Attributes:
        asked: How often somebody was asked, ``asked_at`` when last.
        passed: What was answered; None before that.
        failed_at: When the one before it failed; None where none did.
    """

    number: int
    at: datetime
    by: Who
    asked: int = 0
    asked_at: datetime | None = None
    passed: bool | None = None
    said_by: Who | None = None
    said_at: datetime | None = None
    failed_at: datetime | None = None


@part_of(Ticket, under="checklist")
@dataclass(frozen=True, slots=True)
class Checklist:
    """What was said of the actions, and when who has the ticket was reminded of the others."""

    settled: tuple[SettledAction, ...] = ()
    reminded_at: datetime | None = None
    check: SyncCheck | None = None

    def said(self, signal: Signal, action: str) -> SettledAction | None:
        """Return what was said of an action, None when nothing was."""
        found = (one for one in self.settled if (one.signal, one.action) == (signal, action))
        return next(found, None)


@on(ActionSettled)
def _settled(checklist: Checklist, event: ActionSettled) -> Checklist:
    settled = SettledAction(
        event.signal, event.action, event.waived, event.by, event.at, event.reason, event.link
    )
    return replace(checklist, settled=(*checklist.settled, settled))


@on(ActionsReminded)
def _reminded(checklist: Checklist, event: ActionsReminded) -> Checklist:
    return replace(checklist, reminded_at=event.at)


@on(SyncCheckSet)
def _set(checklist: Checklist, event: SyncCheckSet) -> Checklist:
    before = checklist.check
    failed_at = None
    if before is not None:
        failed_at = before.said_at if before.passed is False else before.failed_at
    check = SyncCheck(event.number, event.check_at, event.by, failed_at=failed_at)
    return replace(checklist, check=check)


@on(SyncCheckAsked)
def _asked(checklist: Checklist, event: SyncCheckAsked) -> Checklist:
    if checklist.check is None:
        return checklist
    asked = replace(checklist.check, asked=event.turn, asked_at=event.at)
    return replace(checklist, check=asked)


@on(SyncChecked)
def _checked(checklist: Checklist, event: SyncChecked) -> Checklist:
    if checklist.check is None:
        return checklist
    said = replace(checklist.check, passed=event.passed, said_by=event.by, said_at=event.at)
    return replace(checklist, check=said)
