"""The queue in words: why a ticket stands where it does, its clock, and whose turn it is.

Source: S85-S89, S104; words, 6 and 7.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from protocols.kernel.context import Context
from protocols.queue.pages import Load, QueueCounts
from protocols.queue.queued import First, QueueClock, Queued, Turn
from protocols.queue.rank import Band, band
from protocols.relations.events import Relation
from protocols.stage import Stage
from protocols.targets.taking import may_take_from
from protocols.time.targets import Measure
from templates.kit.actions import action, form
from templates.kit.titles import capital
from templates.kit.values import Value
from templates.kit.when import figure_named, span

QUEUE_PAGE = action("queue.page")
HOME_PAGE = action("home.page")
FOLLOW_UP_ASK = action("follow_up.ask", "Ask again")
FOLLOW_UP_CLOSE = action("follow_up.close", "Close without their word")
VIEW_ASK_MANY = form("ask_many")
VIEW_CLOSE_MANY = form("close_many")

_WAITS_FOR = {
    Measure.REPLY: "first reply",
    Measure.ACKNOWLEDGE: "acknowledgment",
    Measure.TRIAGE: "triage",
    Measure.RESOLVE: "resolution",
    Measure.NEXT_REPLY: "next reply",
    Measure.UPDATE: "promised update",
    Measure.BLOCKED: "answer to what blocks them",
}
_NAMED = 2
"""How many of the tickets that belong to one stand in its line."""
_LINKED = {
    "Same problem as": (Relation.SAME_PROBLEM_AS, Relation.PROBLEM_OF),
    "Linked to": (Relation.RELATED, Relation.DUPLICATE_OF, Relation.DUPLICATED_BY),
}
_FIRST = {
    First.BUSINESS: "Blocks their business",
    First.ACCESS: "Access is blocked",
    First.DEAL: "A deal is blocked",
}


@dataclass(frozen=True, slots=True)
class QueueLine(Value):
    """One ticket of a queue, as a line shows it.

    Attributes:
        place: Its place in the order, from 1.
        due_at: None while no clock runs.
        margin: How long until the clock is breached, or since it was; empty where no minutes are
            said, because the line stands for long.
        can_take: Whether nobody has it, and the reader may take it.
        waits_since: Since when the account owes us an answer.
        is_taken: Whether its owner has taken it, or answered.
    """

    place: int
    ref: str
    account: str
    category: str
    stage: str
    owner: str
    waits_for: str
    due_at: datetime | None
    is_late: bool
    margin: str
    turn: str
    reasons: str
    since_at: datetime
    can_take: bool
    subject: str = ""
    waits_since: datetime | None = None
    is_taken: bool = True


def line(
    entry: Queued, place: int, ctx: Context, *, counts_minutes: bool = True, subject: str = ""
) -> QueueLine:
    """Return a ticket's line.

    Args:
        entry: The ticket.
        place: Its place in the order.
        ctx: Who reads it, and the instant that the order is of.
        counts_minutes: Whether minutes are said: not where nobody rewrites them as they pass.
        subject: What it is about, where that is said.
    """
    clock, now = entry.clock, ctx.now
    left = (clock.next_at(now) - now).total_seconds() if clock is not None else 0.0
    return QueueLine(
        place=place,
        ref=entry.reference,
        account=entry.account_name or "(no account yet)",
        category=ctx.policy.title_of(entry.category),
        stage=entry.stage,
        owner=entry.owner_name,
        waits_for=_due(clock, now) if clock is not None else "",
        due_at=clock.next_at(now) if clock is not None else None,
        is_late=clock is not None and left <= 0,
        margin=span(int(abs(left)) // 60) if counts_minutes else "",
        turn=entry.turn.value,
        reasons=" · ".join(reasons(entry, now)),
        since_at=entry.since_at,
        subject=subject,
        waits_since=entry.waits_since,
        is_taken=entry.is_taken,
        can_take=_is_free(entry) and may_take_from(entry.team, ctx),
    )


def _due(clock: QueueClock, now: datetime) -> str:
    """Return what a clock waits for, and which figure of a range is meant."""
    return waits_for(clock.measure) + figure_named(clock.target_at, clock.breach_at, now)


def latest(clock: QueueClock) -> str:
    """Return what a clock waits for, of a range by its upper figure."""
    return waits_for(clock.measure) + (" (breach)" if clock.target_at is not None else "")


def _is_free(entry: Queued) -> bool:
    return not entry.owner and not entry.tier.has_bridge and entry.turn is Turn.OURS


_TURNS = {
    Turn.SOLVED: "Not closed yet",
    Turn.FOLLOW_UP: "Opened again because nobody answered",
    Turn.THEIRS: "It is the account's turn",
}


def reasons(entry: Queued, now: datetime) -> Iterator[str]:
    """Yield why a ticket stands where it does, what weighs most at the beginning.

    What the line says beside them is not said again: its breach, its category, that it is solved.
    """
    if entry.turn in _TURNS:
        yield _TURNS[entry.turn]
    elif entry.stage == Stage.RESOLVED:
        yield "They wrote after it was resolved"
    if entry.first is First.TIER:
        yield f"Tier {int(entry.tier)}"
    elif entry.first is not First.NO:
        yield _FIRST[entry.first]
    if entry.escalated:
        yield f"Escalated, {'' if entry.is_led else 'nobody leads it: '}{_small(entry)}"
    if entry.in_window:
        yield "Support window now"
    if not entry.is_classified:
        yield "Not classified yet"
    yield from _nearness(entry, now)
    yield f"Severity {entry.severity.label}"
    if entry.level:
        yield capital(entry.level)
    yield from _linked(entry)


def _linked(entry: Queued) -> Iterator[str]:
    """Yield which tickets belong to it, few of many. Source: S67."""
    for words, relations in _LINKED.items():
        others = [other for other, relation in entry.links if relation in relations]
        if others:
            more = f" and {len(others) - _NAMED} more" if len(others) > _NAMED else ""
            yield f"{words} {', '.join(others[:_NAMED])}{more}"


def _small(entry: Queued) -> str:
    """Return by which row of the policy it is escalated, as a sentence goes on with it."""
    return entry.escalated[:1].lower() + entry.escalated[1:]


def _nearness(entry: Queued, now: datetime) -> Iterator[str]:
    clock, at = entry.clock, band(entry, now)
    if clock is None or at not in (Band.NEAR, Band.NEARER):
        return
    share = clock.shares[-1 if at is Band.NEARER else 0] if clock.shares else 0
    yield f"{share} % of its time for {waits_for(clock.measure)} is gone"


def waits_for(measure: Measure) -> str:
    """Return what a clock waits for, as a line names it."""
    return _WAITS_FOR.get(measure, measure.value.lower())


def summed(counts: QueueCounts) -> str:
    """Return a queue in one line: ``12 open, 1 late, 2 close to breach``."""
    parts = [f"{counts.total} open"]
    parts += [f"{counts.late} late"] if counts.late else []
    parts += [f"{counts.near} close to breach"] if counts.near else []
    return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class LoadLine(Value):
    """How much somebody has, as a line shows it."""

    owner: str
    summed: str


def load_lines(loads: tuple[Load, ...], names: Mapping[str, str]) -> tuple[LoadLine, ...]:
    """Return who has how much; what nobody has stands last."""
    ordered = sorted(loads, key=lambda load: not load.owner)
    return tuple(LoadLine(names.get(load.owner, ""), summed(load.counts)) for load in ordered)
