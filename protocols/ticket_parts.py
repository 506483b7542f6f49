"""The parts of a ticket: steps, people, texts, promises, holds, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from protocols.normal_form import normal
from protocols.outward_words import DraftKind, DraftState
from protocols.people import Role, Who
from protocols.scales import Category, Impact, NoticedBy, Severity, Signal, Tier


class Status(StrEnum):
    """Where a ticket stands. Source: design, Words (Closure)."""

    OPEN = "open"
    RESOLVED = "resolved"
    CONFIRMED = "confirmed"
    CLOSED = "closed"
    OPENED_IN_ERROR = "opened_in_error"


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


@dataclass(frozen=True, slots=True)
class Contact:
    """A person at the account or at a third party."""

    name: str
    email: str = ""
    phone: str = ""
    security: bool = False


@dataclass(frozen=True, slots=True)
class AccountCard:
    """The account as it stood when the ticket was opened. Source: D13."""

    key: str
    name: str
    kind: str
    zone: str
    program_level: str | None = None
    csm: str | None = None
    sponsor: str | None = None
    contacts: tuple[Contact, ...] = ()
    vendor_contact: Contact | None = None
    call_url: str | None = None
    sox_relevant: bool = False


class RouteKind(StrEnum):
    """Where customer words go. Source: D24."""

    CHANNEL = "channel"
    MAIL = "mail"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Route:
    """Where customer words of this ticket go, decided at opening. Source: D6, D24."""

    kind: RouteKind
    channel_id: str = ""
    channel_name: str = ""
    outside_count: int = 0
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Opening:
    """What the form said."""

    summary: str
    description: str
    impacts: frozenset[Impact]
    signal: Signal | None
    funds_confirmed: bool
    noticed_by: NoticedBy
    severity: Severity
    category: Category
    source: str = "command"
    source_link: str = ""


@dataclass(frozen=True, slots=True)
class PocOffer:
    """A hand-over of the point of contact that waits for the other's word. Source: S39, S187."""

    to: Who
    offered_by: Who
    offered_at: datetime


@dataclass(frozen=True, slots=True)
class Seat:
    """One role: who holds it, who is asked, who was tried already. Source: D14."""

    role: Role
    holder: Who | None = None
    taken_at: datetime | None = None
    asked: Who | None = None
    asked_at: datetime | None = None
    tried: tuple[str, ...] = ()
    exhausted: bool = False


@dataclass(frozen=True, slots=True)
class Helper:
    """One called for a duty: the leads at T+0, the reviewers when exposure is confirmed.

    ``left`` is whether they were in the bridge and have left it since.
    """

    duty: str
    who: Who
    asked_at: datetime
    asked_again_at: datetime | None = None
    here_at: datetime | None = None
    required: bool = True
    left: bool = False


@dataclass(frozen=True, slots=True)
class BridgeState:
    """The bridge's channel as Slack knows it; a re-open after archiving makes the next one."""

    generation: int = 1
    channel_id: str = ""
    channel_name: str = ""
    opened_at: datetime | None = None
    here: tuple[Who, ...] = ()
    kept: tuple[str, ...] = ()
    call_started_at: datetime | None = None
    call_started_by: Who | None = None
    brought_in_at: datetime | None = None
    shared_at: datetime | None = None
    archived_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """An outward text: written by one, released by another, bound to its hash. Source: M1, D22.

    ``poster`` is asked to put a status text on the page, where no webhook takes it. ``hands`` are
    those whose words it holds beside its writer's; ``proposers`` suggested since the last change.
    ``withdrawn`` counts how often a release of it was taken back before it had left.
    """

    number: int
    kind: DraftKind
    fields: tuple[tuple[str, str], ...]
    text_hash: str
    written_by: Who
    edited_by: Who
    review_since: datetime
    next_at: datetime | None = None
    state: DraftState = DraftState.REVIEW
    asked_reason: str = ""
    suggested_by: Who | None = None
    suggested: tuple[tuple[str, str], ...] = ()
    sent_back_why: str = ""
    released_by: Who | None = None
    released_at: datetime | None = None
    delivered_at: datetime | None = None
    update_number: int | None = None
    link: str = ""
    poster: Who | None = None
    corrects: int = 0
    hands: tuple[Who, ...] = ()
    proposers: tuple[Who, ...] = ()
    sent_back_by: Who | None = None
    withdrawn: int = 0
    withdrawn_why: str = ""
    recalled_at: datetime | None = None
    recalled_by: Who | None = None

    def field(self, name: str) -> str:
        """Return one field in the form that is checked, older drafts too; empty without it."""
        return normal(dict(self.fields).get(name, ""))


@dataclass(frozen=True, slots=True)
class Promise:
    """The next update, promised to the account. Source: S52."""

    number: int
    at: datetime
    made_at: datetime
    kept_at: datetime | None = None
    lapsed: bool = False


@dataclass(frozen=True, slots=True)
class FixedText:
    """A pre-approved text that left: acknowledgment, holding line, we are late, no change."""

    name: str
    sent_by: Who
    sent_at: datetime
    key: str
    taken_at: datetime | None = None
    failed: str = ""
    link: str = ""
    withdrawn_at: datetime | None = None


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


class HoldKind(StrEnum):
    """Which stop. Source: M6."""

    TRANSACTION = "transaction"
    DISCLOSURE = "disclosure"
    RETENTION = "retention"


class HoldState(StrEnum):
    """Where a hold stands. Source: D17."""

    ASKED = "asked"
    STOPPED = "stopped"
    CLEARED = "cleared"


@dataclass(frozen=True, slots=True)
class Hold:
    """A stop: asked, confirmed by a named person, cleared by another. Source: S48, D17.

    Attributes:
        stopper: Who is asked now to stop the payments.
        tried: The keys of everyone who was asked, the one asked now among them.
    """

    number: int
    kind: HoldKind
    state: HoldState
    asked_by: Who
    asked_at: datetime
    reason: str
    stopped_by: str = ""
    stopped_at: datetime | None = None
    cleared_by: Who | None = None
    cleared_at: datetime | None = None
    stopper: Who | None = None
    stopper_asked_at: datetime | None = None
    tried: tuple[str, ...] = ()

    @property
    def in_force(self) -> bool:
        """Say whether the hold still binds."""
        return self.state is not HoldState.CLEARED


@dataclass(frozen=True, slots=True)
class TierChange:
    """A raise or a lowering of the tier. Source: S24."""

    before: Tier
    after: Tier
    by: Who
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """How the ticket was resolved and what the account said of it. Source: D7."""

    by: Who
    at: datetime
    told_at: datetime | None = None
    reminded_at: datetime | None = None
    confirmed_at: datetime | None = None
    confirmed_by: str = ""
    by_phone: bool = False
    rca_due_at: datetime | None = None
    rca_delivered_at: datetime | None = None
