"""Tickets of a queue, made from their figures alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import strategies as st

from protocols.queue.queued import First, QueueClock, Queued, Turn
from protocols.scales import CATEGORIES, Category, ProgramLevel, Severity, Tier
from protocols.time.targets import Measure
from tests.kit.rules_incident import instant

NOW = instant("15:00")
TEAMS = ("Channel Finance", "Platform Operations")
PLAIN = Queued(
    reference="BW-1001",
    number=1001,
    team=TEAMS[0],
    owner="",
    owner_name="",
    account_key="birch",
    account_name="Birch",
    stage="submitted",
    tier=Tier.ROUTINE,
    severity=Severity.MEDIUM,
    category=Category.MARKETING_ASSETS,
    level="gold",
    turn=Turn.OURS,
    first=First.NO,
    since_at=instant("09:00"),
)
LEVELS = ("", *(level.value for level in ProgramLevel))


def clock(breach_at: datetime, span: timedelta = timedelta(hours=4)) -> QueueClock:
    """Return a clock of a span that is breached at an instant."""
    return QueueClock(Measure.REPLY, breach_at - span / 4, breach_at - span / 10, breach_at)


@st.composite
def entries(draw: st.DrawFn, number: int = 1001) -> Queued:
    """Return one ticket of a queue, of any kind."""
    turn = draw(st.sampled_from(tuple(Turn)))
    is_ours = turn is Turn.OURS
    minutes = draw(st.integers(-600, 600))
    owner = draw(st.sampled_from(("", "agent-one", "agent-two")))
    return replace(
        PLAIN,
        reference=f"BW-{number}",
        number=number,
        team=draw(st.sampled_from(TEAMS)),
        owner=owner,
        owner_name=owner.replace("-", " ").title(),
        severity=draw(st.sampled_from(tuple(Severity))),
        category=draw(st.sampled_from(CATEGORIES)),
        level=draw(st.sampled_from(LEVELS)),
        turn=turn,
        first=draw(st.sampled_from(tuple(First))) if is_ours else First.NO,
        since_at=NOW - timedelta(minutes=draw(st.integers(0, 3))),
        clock=clock(NOW + timedelta(minutes=minutes), timedelta(minutes=draw(st.integers(0, 900))))
        if is_ours
        else None,
    )


@st.composite
def queues(draw: st.DrawFn, most: int = 12) -> tuple[Queued, ...]:
    """Return the tickets of some queues, each with a number of its own."""
    return tuple(draw(entries(1001 + each)) for each in range(draw(st.integers(0, most))))
