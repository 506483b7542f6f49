"""The ticket: everything the rules know of one problem of one account, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from protocols.lowering import Lowering
from protocols.outward_words import DraftKind, DraftState, Withdrawal
from protocols.people import Role, Who
from protocols.scales import Category, Impact, Severity, Tier
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


@dataclass(frozen=True, slots=True)
class Ticket:
    """One problem of one account, from opening to closure.

    ``unreached`` says of each message that died and was meant for one of us, whom it did not reach,
    ``rerouted`` which texts went by mail because the channel did not take them.
    """

    reference: str
    team_id: str
    policy_version: str
    opened_by: Who
    opened_at: datetime
    opening: Opening
    account: AccountCard | None
    route: Route
    tier: Tier
    severity: Severity
    category: Category
    poc: Who | None
    drill: bool = False
    status: Status = Status.OPEN
    poc_offer: PocOffer | None = None
    tier_changes: tuple[TierChange, ...] = ()
    ladder_run: int = 1
    ladder_at: datetime | None = None
    steps: tuple[Step, ...] = ()
    people: tuple[Who, ...] = ()
    helpers: tuple[Helper, ...] = ()
    seats: tuple[Seat, ...] = ()
    bridge: BridgeState = field(default_factory=BridgeState)
    exposure_by: Who | None = None
    exposure_at: datetime | None = None
    scope: str = ""
    scope_accounts: str = ""
    scope_since: str = ""
    drafts: tuple[Draft, ...] = ()
    promises: tuple[Promise, ...] = ()
    fixed_texts: tuple[FixedText, ...] = ()
    findings: tuple[Finding, ...] = ()
    holds: tuple[Hold, ...] = ()
    executives: tuple[Executive, ...] = ()
    decisions: tuple[Decision, ...] = ()
    impacted: tuple[str, ...] = ()
    resolution: Resolution | None = None
    reopened: int = 0
    error_reason: str = ""
    error_at: datetime | None = None
    notes_count: int = 0
    calls: tuple[datetime, ...] = ()
    called_by: Who | None = None
    dead_when_called: int = 0
    closed_at: datetime | None = None
    passed: frozenset[str] = frozenset()
    dead: tuple[str, ...] = ()
    thread_ts: str = ""
    thread_channel: str = ""
    route_changed_at: datetime | None = None
    impacts_found: frozenset[Impact] = frozenset()
    masked: tuple[str, ...] = ()
    lowerings: tuple[Lowering, ...] = ()
    unreached: tuple[tuple[str, str], ...] = ()
    rerouted: tuple[str, ...] = ()

    @property
    def is_live(self) -> bool:
        """Say whether work on the ticket goes on."""
        return self.status is Status.OPEN

    def seat(self, role: Role) -> Seat | None:
        """Return the seat of a role, None when this tier has no such seat."""
        return next((seat for seat in self.seats if seat.role is role), None)

    def step(self, kind: StepKind) -> Step | None:
        """Return the newest step of a kind, None when the ladder has none."""
        return next((step for step in reversed(self.steps) if step.kind is kind), None)

    def owes(self, kind: StepKind) -> bool:
        """Say whether a step of this kind is still owed."""
        step = self.step(kind)
        return step is not None and step.state is StepState.OWED

    def draft(self, number: int) -> Draft | None:
        """Return the outward text with this number."""
        return next((draft for draft in self.drafts if draft.number == number), None)

    def waiting_drafts(self) -> tuple[Draft, ...]:
        """Return the outward texts that wait for a release, oldest first."""
        return tuple(draft for draft in self.drafts if draft.state is DraftState.REVIEW)

    def released_updates(self) -> tuple[Draft, ...]:
        """Return the updates that have been released, oldest first."""
        kinds = (DraftKind.UPDATE, DraftKind.CORRECTION)
        states = (DraftState.RELEASED, DraftState.DELIVERED)
        return tuple(d for d in self.drafts if d.kind in kinds and d.state in states)

    def delivered_updates(self) -> tuple[Draft, ...]:
        """Return the updates that are with the account, oldest first."""
        return tuple(d for d in self.released_updates() if d.state is DraftState.DELIVERED)

    @property
    def promise(self) -> Promise | None:
        """Return the promise that binds now: the newest one not kept and not lapsed."""
        return next(
            (p for p in reversed(self.promises) if p.kept_at is None and not p.lapsed), None
        )

    def holds_in_force(self, kind: HoldKind) -> tuple[Hold, ...]:
        """Return the holds of a kind that still bind."""
        return tuple(hold for hold in self.holds if hold.kind is kind and hold.in_force)

    def decision(self, number: int) -> Decision | None:
        """Return the decision with this number."""
        return next((one for one in self.decisions if one.number == number), None)

    @property
    def open_decisions(self) -> tuple[Decision, ...]:
        """Return the decisions that wait for an answer, the next due first."""
        asked = (one for one in self.decisions if one.state is DecisionState.ASKED)
        return tuple(sorted(asked, key=lambda one: (one.due_at, one.number)))

    def lowering(self, number: int) -> Lowering | None:
        """Return the question about a lower tier with this number."""
        return next((one for one in self.lowerings if one.number == number), None)

    @property
    def waiting_lowering(self) -> Lowering | None:
        """Return the question about a lower tier that nobody has answered yet."""
        return next((one for one in reversed(self.lowerings) if one.waits), None)

    def asked_to_stop(self, person: str) -> bool:
        """Say whether a person was ever asked to stop payments for a hold of this ticket."""
        return any(person in hold.tried for hold in self.holds)

    def knows(self, person: str) -> bool:
        """Say whether a person is on the ticket."""
        return any(who.key == person for who in self.people)
