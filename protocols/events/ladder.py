"""Events of a ticket's opening, its ladder and its tier."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from protocols.events.base import Event
from protocols.people import Role, Who
from protocols.scales import Impact, Tier
from protocols.ticket_parts import AccountCard, Opening, Route, Step, StepKind, StepState


@dataclass(frozen=True, slots=True)
class TicketOpened(Event):
    """A ticket exists."""

    reference: str
    team_id: str
    policy_version: str
    opening: Opening
    account: AccountCard | None
    route: Route
    tier: Tier
    poc: Who | None
    drill: bool


@dataclass(frozen=True, slots=True)
class LadderStarted(Event):
    """The steps of a tier were planned; ``anchor_at`` is what their times count from."""

    tier: Tier
    run: int
    anchor_at: datetime
    steps: tuple[Step, ...]
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class StepSettled(Event):
    """A step was done, superseded or waived."""

    kind: StepKind
    run: int
    state: StepState
    note: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class StepsAdded(Event):
    """Steps joined a running ladder, because of what happened."""

    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class StepLate(Event):
    """A step is owed past its due time, and that was said."""

    kind: StepKind
    run: int


@dataclass(frozen=True, slots=True)
class StepsOpened(Event):
    """A window of the ladder opened."""

    kinds: tuple[StepKind, ...]


@dataclass(frozen=True, slots=True)
class DuePassed(Event):
    """A due point was decided; it never falls due again."""

    key: str
    kind: str
    planned_at: datetime


@dataclass(frozen=True, slots=True)
class TierChanged(Event):
    """The tier was raised or lowered; from 3 or 4 another agreed to it. Source: D12."""

    before: Tier
    after: Tier
    reason: str
    agreed_by: Who | None = None


@dataclass(frozen=True, slots=True)
class ImpactsFound(Event):
    """Criteria of a tier are met that the form did not tick. Source: S18."""

    impacts: frozenset[Impact]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RouteChanged(Event):
    """Words for the account take another road from now on. Source: D6."""

    route: Route


@dataclass(frozen=True, slots=True)
class ImpactedNamed(Event):
    """Impacted accounts were named."""

    accounts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NumberMasked(Event):
    """A card or account number was typed, and masked before anything was kept. Source: M14."""

    kind: str
    ending: str


@dataclass(frozen=True, slots=True)
class DeliveryBuried(Event):
    """Something that had to arrive was refused for good.

    ``person`` is whom of us it was meant for, ``behind`` what it needed and will not come.
    """

    key: str
    error: str
    person: str = ""
    behind: str = ""


@dataclass(frozen=True, slots=True)
class DeliveryRevived(Event):
    """Something that had been refused for good was taken after all."""

    key: str
