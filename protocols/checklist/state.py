"""What became of the actions that a signal asks for. Source: S25, S33."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from protocols.checklist.events import (
    ActionSettled,
    ActionsReminded,
    SampleCame,
    SyncCheckAsked,
    SyncChecked,
    SyncCheckSet,
    WindowBegan,
    WindowEnded,
    WindowGiven,
)
from protocols.kernel.changing import on
from protocols.kernel.record import part_of
from protocols.people.people import Staff, Who
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
    where: str = ""


@dataclass(frozen=True, slots=True)
class Sample:
    """The file that came where sample data was owed: from whom, when, and where it stands."""

    author: str
    files: int
    at: datetime
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


@dataclass(frozen=True, slots=True)
class SupportWindow:
    """When somebody is there for the account alone; ``runs`` once it has begun, until its end."""

    number: int
    person: Staff
    from_at: datetime
    to_at: datetime
    by: Who
    runs: bool = False
    ended: bool = False


@part_of(Ticket, under="checklist")
@dataclass(frozen=True, slots=True)
class Checklist:
    """What was said of the actions, and when who has the ticket was reminded of the others.

    ``turns`` is how often they were.
    """

    settled: tuple[SettledAction, ...] = ()
    reminded_at: datetime | None = None
    check: SyncCheck | None = None
    window: SupportWindow | None = None
    sample: Sample | None = None
    turns: int = 0

    def said(self, signal: Signal, action: str) -> SettledAction | None:
        """Return what was said of an action, None when nothing was."""
        found = (one for one in self.settled if (one.signal, one.action) == (signal, action))
        return next(found, None)


@on(ActionSettled)
def _settled(checklist: Checklist, event: ActionSettled) -> Checklist:
    settled = SettledAction(
        event.signal, event.action, event.waived, event.by, event.at, event.reason, event.link,
        event.where,
    )  # fmt: skip
    return replace(checklist, settled=(*checklist.settled, settled))


@on(ActionsReminded)
def _reminded(checklist: Checklist, event: ActionsReminded) -> Checklist:
    return replace(checklist, reminded_at=event.at, turns=event.turn)


@on(SampleCame)
def _came(checklist: Checklist, event: SampleCame) -> Checklist:
    sample = Sample(event.author, event.files, event.at, event.link)
    return replace(checklist, sample=sample)


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


@on(WindowGiven)
def _given(checklist: Checklist, event: WindowGiven) -> Checklist:
    window = SupportWindow(event.number, event.person, event.from_at, event.to_at, event.by)
    return replace(checklist, window=window)


@on(WindowBegan)
def _began(checklist: Checklist, _event: WindowBegan) -> Checklist:
    window = checklist.window
    return checklist if window is None else replace(checklist, window=replace(window, runs=True))


@on(WindowEnded)
def _ended(checklist: Checklist, _event: WindowEnded) -> Checklist:
    window = checklist.window
    if window is None:
        return checklist
    return replace(checklist, window=replace(window, runs=False, ended=True))
