"""The ticket: one problem of one account, from opening to closure.

Its head is what everybody asks; all else is in the slices of the subjects.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from protocols import events as ev
from protocols.kernel.changing import begins, on
from protocols.kernel.record import Form, Record, part_of
from protocols.outward_words import DraftKind, DraftState, Withdrawal
from protocols.people import Who
from protocols.scales import Category, Severity, Tier
from protocols.ticket_executives import Decision, DecisionState, Executive, Question
from protocols.ticket_parts import (
    AccountCard,
    BridgeState,
    Contact,
    Draft,
    Finding,
    FixedText,
    Helper,
    Hold,
    HoldKind,
    HoldState,
    Opening,
    PocOffer,
    Promise,
    Resolution,
    Route,
    RouteKind,
    Seat,
    Status,
    Step,
    StepKind,
    StepState,
    TierChange,
)

__all__ = [
    "AccountCard",
    "BridgeState",
    "Contact",
    "Decision",
    "DecisionState",
    "Draft",
    "DraftKind",
    "DraftState",
    "Executive",
    "Finding",
    "FixedText",
    "Helper",
    "Hold",
    "HoldKind",
    "HoldState",
    "Opening",
    "PocOffer",
    "Promise",
    "Question",
    "Resolution",
    "Route",
    "RouteKind",
    "Seat",
    "Status",
    "Step",
    "StepKind",
    "StepState",
    "Ticket",
    "TierChange",
    "Withdrawal",
]


class Ticket(Record):
    """One problem of one account."""

    slices: ClassVar[dict[type, Form]] = {}
    __slots__ = ()

    @property
    def head(self) -> Head:
        """Return what everybody asks of a ticket."""
        return self.of(Head)

    @property
    def reference(self) -> str:
        """Return the ticket's name, such as ``BW-1001``."""
        return self.of(Head).reference

    @property
    def team_id(self) -> str:
        """Return the workspace in which it was opened."""
        return self.of(Head).team_id

    @property
    def policy_version(self) -> str:
        """Return the digest of the policy that it was opened under."""
        return self.of(Head).policy_version

    @property
    def opened_by(self) -> Who:
        """Return who opened it."""
        return self.of(Head).opened_by

    @property
    def opened_at(self) -> datetime:
        """Return when it was opened."""
        return self.of(Head).opened_at

    @property
    def account(self) -> AccountCard | None:
        """Return whose problem it is; None while nobody named the account."""
        return self.of(Head).account

    @property
    def tier(self) -> Tier:
        """Return its tier now."""
        return self.of(Head).tier

    @property
    def severity(self) -> Severity:
        """Return its severity."""
        return self.of(Head).severity

    @property
    def category(self) -> Category:
        """Return its category."""
        return self.of(Head).category

    @property
    def poc(self) -> Who | None:
        """Return the one who faces the account."""
        return self.of(Head).poc

    @property
    def drill(self) -> bool:
        """Say whether it belongs to a drill."""
        return self.of(Head).drill

    @property
    def status(self) -> Status:
        """Return where it stands."""
        return self.of(Head).status

    @property
    def is_live(self) -> bool:
        """Say whether work on the ticket goes on."""
        return self.status is Status.OPEN


@part_of(Ticket)
@dataclass(frozen=True, slots=True)
class Head:
    """What everybody asks of a ticket."""

    reference: str
    team_id: str
    policy_version: str
    opened_by: Who
    opened_at: datetime
    account: AccountCard | None
    tier: Tier
    severity: Severity
    category: Category
    poc: Who | None
    drill: bool = False
    status: Status = Status.OPEN


begins(ev.TicketOpened, Ticket)


@on(ev.TicketOpened)
def _opened(event: ev.TicketOpened) -> Head:
    return Head(
        reference=event.reference,
        team_id=event.team_id,
        policy_version=event.policy_version,
        opened_by=event.by,
        opened_at=event.at,
        account=event.account,
        tier=event.tier,
        severity=event.opening.severity,
        category=event.opening.category,
        poc=event.poc,
        drill=event.drill,
    )


@on(ev.TierChanged)
def _tier(head: Head, event: ev.TierChanged) -> Head:
    return replace(head, tier=event.after)


@on(ev.PocChanged)
def _poc(head: Head, event: ev.PocChanged) -> Head:
    return replace(head, poc=event.person)


_STATUS = {
    ev.TicketResolved: Status.RESOLVED,
    ev.AccountConfirmed: Status.CONFIRMED,
    ev.TicketReopened: Status.OPEN,
    ev.TicketClosed: Status.CLOSED,
    ev.ClosedUnconfirmed: Status.CLOSED,
    ev.OpenedInError: Status.OPENED_IN_ERROR,
}


@on(*_STATUS)
def _status(head: Head, event: ev.Event) -> Head:
    return replace(head, status=_STATUS[type(event)])
