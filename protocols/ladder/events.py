"""The steps of a ladder, and what becomes of them. Source: S35-S53, S21-S23; words.md 4.6."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from protocols.kernel.event import Event
from protocols.people.people import Role, Who
from protocols.scales import Tier


@dataclass(frozen=True, slots=True)
class LadderStarted(Event):
    """The steps of a tier were planned; ``anchor_at`` is what their times count from."""

    NAME = "LadderStarted"

    tier: Tier
    run: int
    anchor_at: datetime
    steps: tuple[Step, ...]
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class StepSettled(Event):
    """A step was done, superseded or waived."""

    NAME = "StepSettled"

    kind: StepKind
    run: int
    state: StepState
    note: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class StepsAdded(Event):
    """Steps joined a running ladder, because of what happened."""

    NAME = "StepsAdded"

    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class StepLate(Event):
    """A step is owed past its due time, and that was said."""

    NAME = "StepLate"

    kind: StepKind
    run: int


@dataclass(frozen=True, slots=True)
class StepsOpened(Event):
    """A window of the ladder opened."""

    NAME = "StepsOpened"

    kinds: tuple[StepKind, ...]


class StepKind(StrEnum):
    """The duties of the Tier 3 and Tier 4 ladders. Source: S35-S53, S21-S23; words.md 4.6."""

    ACKNOWLEDGE = "acknowledge"
    BRIDGE_OPEN = "bridge_open"
    ONE_CONTACT = "one_contact"
    SPONSOR_TOLD = "sponsor_told"
    VENDOR_TOLD = "vendor_told"
    SCOPE = "scope"
    LEADS_HERE = "leads_here"
    ROLES_TAKEN = "roles_taken"
    CALL_RUNNING = "call_running"
    REVIEWERS_HERE = "reviewers_here"
    BLAST_RADIUS = "blast_radius"
    RECORDS_ISOLATED = "records_isolated"
    FIRST_UPDATE = "first_update"
    COMMANDER = "commander"
    STATUS_PAGE = "status_page"
    OUTREACH = "outreach"
    RCA = "rca"


class StepState(StrEnum):
    """What became of a step; late is derived from the times, never a state."""

    OWED = "owed"
    DONE = "done"
    SUPERSEDED = "superseded"
    WAIVED = "waived"


@dataclass(frozen=True, slots=True)
class Step:
    """One duty of a ladder: it opens, it falls due, and it is done, superseded or waived."""

    kind: StepKind
    run: int
    opens_at: datetime
    due_at: datetime
    state: StepState = StepState.OWED
    settled_at: datetime | None = None
    settled_by: Who | None = None
    note: str = ""
    link: str = ""
    late_told: bool = False

    @property
    def late_by_s(self) -> float:
        """Return by how many seconds the step was done after it was due; 0.0 when on time."""
        if self.state is not StepState.DONE or self.settled_at is None:
            return 0.0
        return max(0.0, (self.settled_at - self.due_at).total_seconds())
