"""An open ticket as its queue sees it: what only facts change, and the instants at which it rises.

Time writes nothing: how near a clock is to its breach is seen when the queue is read. Source: S65,
S85-S88, S104; D8.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from protocols.checklist.state import Checklist
from protocols.closure.following_up import is_silent
from protocols.details.state import Details
from protocols.escalation.rows import is_nobodys
from protocols.escalation.state import Escalation
from protocols.policy.policy import Policy
from protocols.promises.state import Promises
from protocols.relations.events import Relation
from protocols.relations.state import Relations
from protocols.routing.teams import team_of
from protocols.scales import Category, Severity, Tier
from protocols.stage import stage_of
from protocols.targets.clocks import running
from protocols.targets.state import Blocking, NextReply
from protocols.ticket import Ticket
from protocols.time.calendar import BusinessCalendar
from protocols.time.targets import Measure


class First(StrEnum):
    """Why a ticket stands before all that are not so. Source: S86, S105."""

    TIER = "tier"
    BUSINESS = "business"
    ACCESS = "access"
    DEAL = "deal"
    NO = ""


class Turn(StrEnum):
    """Whose turn it is: ours, the account's, or nobody's, since it is solved.

    What only silence opened again is followed up, behind all else. Source: D7.
    """

    OURS = "ours"
    THEIRS = "theirs"
    SOLVED = "solved"
    FOLLOW_UP = "follow_up"


@dataclass(frozen=True, slots=True)
class QueueClock:
    """The clock that is breached first, and the instants from which it lifts its ticket. D8.

    Attributes:
        near_at: When the first share of its time is gone.
        nearer_at: When the last share is gone.
        shares: Those shares, in percent; empty where nothing lifts before the breach.
        target_at: The lower figure of a range; None where the rule is no range. Source: D4.
    """

    measure: Measure
    near_at: datetime
    nearer_at: datetime
    breach_at: datetime
    shares: tuple[int, ...] = ()
    target_at: datetime | None = None

    def next_at(self, now: datetime) -> datetime:
        """Return when it is due: of a range the upper figure once the lower has passed. D4."""
        return self.breach_at if self.target_at is None or self.target_at <= now else self.target_at


@dataclass(frozen=True, slots=True)
class Queued:
    """One open ticket in its queue.

    Attributes:
        team: The team whose queue it stands in.
        owner: Who has it, by key; empty while it is the queue's.
        stage: As the account reads it.
        level: The account's program level; empty where it has none.
        first: Why it goes before the others; only while it is our turn.
        clock: None while no clock runs.
        is_classified: Whether a person has said its tier. Source: D44.
        escalated: By which row it is escalated, without the words of a person; empty while it is
            not.
        is_led: Whether somebody leads that escalation.
        in_window: Whether a support window runs: it goes before the others. Source: S31.
        links: The tickets that belong to it, each with what it is to this one. Source: S67.
        waits_since: Since when the account owes us an answer; None while it is our turn. S84.
        is_taken: Whether its owner has taken it, or answered; else it counts as nobody's. S65.
    """

    reference: str
    number: int
    team: str
    owner: str
    owner_name: str
    account_key: str
    account_name: str
    stage: str
    tier: Tier
    severity: Severity
    category: Category
    level: str
    turn: Turn
    first: First
    since_at: datetime
    clock: QueueClock | None = None
    is_classified: bool = True
    escalated: str = ""
    is_led: bool = False
    in_window: bool = False
    links: tuple[tuple[str, Relation], ...] = ()
    waits_since: datetime | None = None
    is_taken: bool = True

    @property
    def is_behind(self) -> bool:
        """Say whether nothing puts it before the others."""
        return self.first is First.NO and not self.in_window

    @property
    def key(self) -> int:
        """Return where it stands among tickets as near to their breach; the lowest is the first.

        Whose turn, severity, program level, and whether the category obliges us. Source: S85, S87.
        """
        level = _LEVELS.index(self.level) if self.level in _LEVELS else len(_LEVELS)
        obliges = self.category != Category.COMMISSION_PAYMENT
        key = tuple(Turn).index(self.turn)
        key = key * len(Severity) + tuple(Severity).index(self.severity)
        key = key * (len(_LEVELS) + 1) + level
        return key * 2 + obliges


_OF_A_TURN = len(Severity) * 5 * 2
FOLLOW_UP_FROM = tuple(Turn).index(Turn.FOLLOW_UP) * _OF_A_TURN
"""The lowest key of what is followed up: the turn weighs most in it."""
_LEVELS = ("platinum", "gold", "silver", "registered")


def queued(
    ticket: Ticket, policy: Policy, calendar: BusinessCalendar, number: int = 0
) -> Queued | None:
    """Return how a ticket stands in its queue; None when it is not open."""
    if not ticket.is_open:
        return None
    clock = min(_clocks(ticket, policy, calendar), key=_soonest, default=None)
    turn = _turn(ticket, clock)
    account, window = ticket.account, ticket.of(Checklist).window
    pauses = ticket.of(Details).pauses
    raised = ticket.of(Escalation).now
    return Queued(
        reference=ticket.reference,
        number=number,
        team=team_of(ticket, policy),
        owner=ticket.poc.key if ticket.poc is not None else "",
        owner_name=ticket.poc.name if ticket.poc is not None else "",
        account_key=account.key if account is not None else "",
        account_name=account.name if account is not None else "",
        stage=stage_of(ticket).value,
        tier=ticket.tier,
        severity=ticket.severity,
        category=ticket.category,
        level=(account.program_level or "") if account is not None else "",
        turn=turn,
        first=_first(ticket) if turn is Turn.OURS and ticket.is_live else First.NO,
        since_at=ticket.opened_at,
        clock=clock if turn is Turn.OURS else None,
        is_classified=ticket.is_classified,
        escalated=raised.reasons[0].partition(': "')[0] if raised is not None else "",
        is_led=raised is not None and raised.taken_by is not None,
        in_window=ticket.is_live and window is not None and window.runs,
        links=tuple((x.other, x.relation) for x in ticket.of(Relations).standing if x.relation),
        waits_since=pauses[-1].from_at if turn is Turn.THEIRS and pauses else None,
        is_taken=ticket.poc is None or not is_nobodys(ticket),
    )


def _turn(ticket: Ticket, clock: QueueClock | None) -> Turn:
    """Return whose turn it is; what they ask once it is solved is ours until we answer. M17."""
    if is_followed_up(ticket):
        return Turn.FOLLOW_UP
    if not ticket.is_live:
        return Turn.SOLVED if clock is None else Turn.OURS
    return Turn.THEIRS if clock is None and ticket.of(Details).waits else Turn.OURS


def is_followed_up(ticket: Ticket) -> bool:
    """Say whether a ticket is open by silence alone: nobody waits for us. Source: D7."""
    waits = ticket.of(NextReply).asked_at is not None or ticket.of(Blocking).is_owed
    return is_silent(ticket) and not ticket.tier.has_bridge and not waits


def _first(ticket: Ticket) -> First:
    """Return what puts a ticket before the others: its tier, a blocked business, access, a deal."""
    if ticket.tier.has_bridge:
        return First.TIER
    if ticket.of(Blocking).since_at is not None:
        return First.BUSINESS
    return _BLOCKED.get(ticket.category, First.NO) if _is_total(ticket) else First.NO


def _is_total(ticket: Ticket) -> bool:
    """Say whether access or a deal is blocked completely, which is what makes it critical. S105."""
    return ticket.severity is Severity.CRITICAL


_BLOCKED = {Category.PORTAL_ACCESS: First.ACCESS, Category.DEAL_REGISTRATION: First.DEAL}


def _clocks(ticket: Ticket, policy: Policy, calendar: BusinessCalendar) -> Iterator[QueueClock]:
    for each in running(ticket, policy, calendar):
        warned = each.target.warn_ats or (each.breach_at,)
        near_at = min(warned[0], each.breach_at)
        nearer_at = min(warned[-1], each.breach_at)
        shares = policy.elevation_percents if each.target.warn_ats else ()
        due_at = each.target.due_at
        target_at = due_at if due_at is not None and due_at < each.breach_at else None
        yield QueueClock(each.measure, near_at, nearer_at, each.breach_at, shares, target_at)
    if not ticket.is_live:
        return
    promise = ticket.of(Promises).promise
    if promise is not None:
        yield QueueClock(Measure.UPDATE, promise.at, promise.at, promise.at)
    blocking = ticket.of(Blocking)
    if blocking.is_owed and blocking.answer_at is not None:
        at = blocking.answer_at
        yield QueueClock(Measure.BLOCKED, at, at, at)


def _soonest(clock: QueueClock) -> tuple[datetime, int, datetime]:
    """Return what comes first, as `protocols.time.targets.precedence` has it."""
    kind = tuple(Measure).index(clock.measure)
    return clock.breach_at, kind, clock.target_at or clock.breach_at
