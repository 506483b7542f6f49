"""Whether a ticket is escalated, why, who leads it, and which rows have had their turn. S93-S97."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from protocols.closure.events import (
    AccountConfirmed,
    ClosedUnconfirmed,
    OpenedInError,
    TicketClosed,
    TicketResolved,
)
from protocols.escalation.events import (
    AccountCameBack,
    Escalated,
    EscalationAsked,
    EscalationEnded,
    EscalationLate,
    EscalationReason,
    EscalationTaken,
)
from protocols.kernel.changing import on
from protocols.kernel.event import Event
from protocols.kernel.record import part_of
from protocols.people.people import Staff, Who
from protocols.ticket import Ticket
from protocols.tiers.events import TierChanged


@dataclass(frozen=True, slots=True)
class Raised:
    """An escalation that has not ended.

    Attributes:
        reasons: Why, the first at the beginning.
        asked: Everybody who was asked to lead it, in that order.
        turn: How often somebody was asked, ``asked_at`` when last.
        exhausted: Whether nobody further was on duty then.
        look_at: When somebody comes on duty who has not been asked, where nobody was there.
        late: How often it was told that the time to resolve has passed.
    """

    number: int
    by: Who
    since_at: datetime
    reasons: tuple[str, ...]
    asked: tuple[Staff, ...]
    asked_at: datetime
    line: str = ""
    target_at: datetime | None = None
    is_new_target: bool = False
    turn: int = 1
    exhausted: bool = False
    taken_by: Who | None = None
    taken_at: datetime | None = None
    late: int = 0
    late_at: datetime | None = None
    look_at: datetime | None = None


@part_of(Ticket, under="escalation")
@dataclass(frozen=True, slots=True)
class Escalation:
    """Whether it is escalated, and what rows look at.

    Attributes:
        number: How many escalations it has had.
        now: None while it is not escalated.
        rows: What brought one about, or gave a reason; each once.
        exchanges: When the account came back to us, each time; only where a row asks.
    """

    number: int = 0
    now: Raised | None = None
    rows: tuple[str, ...] = ()
    exchanges: tuple[datetime, ...] = ()


@on(Escalated)
def _escalated(escalation: Escalation, event: Escalated) -> Escalation:
    raised = Raised(
        event.number, event.by, event.at, (event.why,), event.to, event.at,
        event.line, event.target_at, event.is_new_target, look_at=event.look_at,
    )  # fmt: skip
    rows = (*escalation.rows, event.row)
    return replace(escalation, number=event.number, now=raised, rows=rows)


def _noted(escalation: Escalation, **changes: Any) -> Escalation:
    if escalation.now is None:
        return escalation
    return replace(escalation, now=replace(escalation.now, **changes))


@on(EscalationReason)
def _reason(escalation: Escalation, event: EscalationReason) -> Escalation:
    reasons = (*escalation.now.reasons, event.why) if escalation.now is not None else ()
    return replace(_noted(escalation, reasons=reasons), rows=(*escalation.rows, event.row))


@on(EscalationAsked)
def _asked(escalation: Escalation, event: EscalationAsked) -> Escalation:
    asked = escalation.now.asked if escalation.now is not None else ()
    more = () if event.person is None else (event.person,)
    return _noted(
        escalation,
        asked=(*asked, *more),
        asked_at=event.at,
        turn=event.turn,
        exhausted=event.person is None,
        look_at=event.look_at,
    )


@on(EscalationTaken)
def _taken(escalation: Escalation, event: EscalationTaken) -> Escalation:
    return _noted(escalation, taken_by=event.by, taken_at=event.at)


@on(EscalationLate)
def _late(escalation: Escalation, event: EscalationLate) -> Escalation:
    return _noted(escalation, late=event.turn, late_at=event.at)


@on(
    EscalationEnded,
    TicketResolved,
    AccountConfirmed,
    TicketClosed,
    ClosedUnconfirmed,
    OpenedInError,
)
def _ended(escalation: Escalation, _event: Event) -> Escalation:
    return replace(escalation, now=None)


@on(TierChanged)
def _tier(escalation: Escalation, event: TierChanged) -> Escalation:
    """A bridge has its own people."""
    return replace(escalation, now=None) if event.after.has_bridge else escalation


@on(AccountCameBack)
def _came_back(escalation: Escalation, event: AccountCameBack) -> Escalation:
    return replace(escalation, exchanges=(*escalation.exchanges, event.at))
