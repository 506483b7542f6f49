"""What became of the actions that a signal asks for. Source: S25."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from protocols.checklist.events import ActionSettled, ActionsReminded
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


@part_of(Ticket, under="checklist")
@dataclass(frozen=True, slots=True)
class Checklist:
    """What was said of the actions, and when who has the ticket was reminded of the others."""

    settled: tuple[SettledAction, ...] = ()
    reminded_at: datetime | None = None

    def said(self, signal: Signal, action: str) -> SettledAction | None:
        """Return what was said of an action, None when nothing was."""
        found = (one for one in self.settled if (one.signal, one.action) == (signal, action))
        return next(found, None)


@on(ActionSettled)
def _settled(checklist: Checklist, event: ActionSettled) -> Checklist:
    settled = SettledAction(
        event.signal, event.action, event.waived, event.by, event.at, event.reason
    )
    return replace(checklist, settled=(*checklist.settled, settled))


@on(ActionsReminded)
def _reminded(checklist: Checklist, event: ActionsReminded) -> Checklist:
    return replace(checklist, reminded_at=event.at)
