"""Which clocks of a ticket run, and which of them binds. Source: D2, D4, D8, D26, D33, S122."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from protocols.clock.state import PassedPoints
from protocols.kernel.stamps import stamp
from protocols.ladder.measures import facts_of
from protocols.policy.policy import Policy
from protocols.targets.counted import TargetsAsked
from protocols.targets.state import TargetWatch
from protocols.ticket import Ticket
from protocols.time.calendar import BusinessCalendar
from protocols.time.targets import Measure, Target, precedence

WATCHED = (
    Measure.REPLY,
    Measure.ACKNOWLEDGE,
    Measure.TRIAGE,
    Measure.RESOLVE,
    Measure.NEXT_REPLY,
    Measure.ENGINEERING,
    Measure.CADENCE,
)
"""What is looked after here on Tier 1 and 2."""
BESIDE_THE_LADDER = (Measure.RESOLVE, Measure.NEXT_REPLY)
"""What is looked after here on Tier 3 and 4, whose steps have due points of their own."""
ENDED = (Measure.NEXT_REPLY,)
"""What is looked after here once work has ended: the account may write, and waits. Source: M17."""
_ANEW = (Measure.NEXT_REPLY, Measure.CADENCE)
REACHED, BREACH = "due", "breach"
"""The lower figure of a range, and the upper one. Source: D4."""


@dataclass(frozen=True, slots=True)
class TargetMark:
    """An instant of a clock: a share of its time, its target, or its breach."""

    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RunningTarget:
    """A target that runs."""

    target: Target
    breach_at: datetime

    @property
    def measure(self) -> Measure:
        """Return what the clock waits for."""
        return self.target.measure

    def key(self, mark: str) -> str:
        """Return the name of a due point of it; the line of the rule tells clocks apart."""
        line = self.target.source.casefold().replace(" ", "-")
        if self.measure in _ANEW:  # each message is waited for anew, and each word of ours
            line = f"{line}:{stamp(self.target.started_at)}"
        return f"target:{self.measure.name.casefold()}:{line}:{mark}"

    def marks(self, policy: Policy) -> Iterator[TargetMark]:
        """Yield every instant at which the clock speaks, the breach last."""
        target = self.target
        for percent, at in zip(policy.elevation_percents, target.warn_ats, strict=True):
            yield TargetMark(str(percent), at)
        if target.due_at is not None and target.due_at < self.breach_at:
            yield TargetMark(REACHED, target.due_at)
        yield TargetMark(BREACH, self.breach_at)


def running(
    ticket: Ticket, policy: Policy, calendar: BusinessCalendar
) -> tuple[RunningTarget, ...]:
    """Return the clocks that nobody has met, the one that is breached first at the beginning."""
    return _running(TargetsAsked.of(policy, facts_of(ticket), calendar, _watched(ticket)))


def _watched(ticket: Ticket) -> tuple[Measure, ...]:
    if not ticket.is_live:
        return ENDED
    return BESIDE_THE_LADDER if ticket.tier.has_bridge else WATCHED


# Asked at every change of a ticket, and changed by few: of a declare's twenty changes, by three.
@lru_cache(maxsize=1024)
def _running(asked: TargetsAsked) -> tuple[RunningTarget, ...]:
    found = (
        RunningTarget(target, target.breach_at)
        for target in asked.found()
        if target.runs and target.breach_at is not None
    )
    return tuple(sorted(found, key=lambda clock: precedence(clock.target)))


def is_past(ticket: Ticket, clock: RunningTarget) -> bool:
    """Say whether a clock was breached already, in sight of people or before they were told."""
    since = ticket.of(TargetWatch).watched_at
    if since is not None and clock.breach_at <= since:
        return True
    return clock.key(BREACH) in ticket.of(PassedPoints).passed


def binding(ticket: Ticket, clocks: tuple[RunningTarget, ...]) -> tuple[RunningTarget, ...]:
    """Return the clocks that bind: those that are breached first, of all not breached yet.

    Two rules that wait for the same until the same instant are one clock. Source: D8.
    """
    alike = {(clock.measure, clock.breach_at) for clock in clocks if is_past(ticket, clock)}
    ahead = [clock for clock in clocks if (clock.measure, clock.breach_at) not in alike]
    first = {clock.measure: clock for clock in reversed(ahead)}
    return tuple(clock for clock in first.values() if clock.breach_at == ahead[0].breach_at)


def alike(clock: RunningTarget, clocks: tuple[RunningTarget, ...]) -> tuple[RunningTarget, ...]:
    """Return the other rules that wait for the same until the same instant: one clock. D8."""
    same = (clock.measure, clock.breach_at)
    return tuple(
        each for each in clocks if each is not clock and (each.measure, each.breach_at) == same
    )


def foremost(ticket: Ticket, clocks: tuple[RunningTarget, ...]) -> RunningTarget | None:
    """Return the clock that is said of a ticket: one that is late, else the first that binds."""
    late = (clock for clock in clocks if is_past(ticket, clock))
    return next(iter((*late, *binding(ticket, clocks))), None)


def share_gone(clock: RunningTarget, policy: Policy, now: datetime) -> int:
    """Return the last threshold of its time that a clock has passed, in percent; 0 before. D8."""
    shares = zip(policy.elevation_percents, clock.target.warn_ats, strict=False)
    return max((percent for percent, at in shares if at <= now < clock.breach_at), default=0)
