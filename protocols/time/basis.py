"""One target of a ticket: its figure on its clock, with what was paused, met and waived.

Source: D2, D3, D4, D8, D33.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from protocols.policy.policy import Policy
from protocols.time.calendar import BusinessCalendar
from protocols.time.durations import Duration, DurationKind, DurationRange
from protocols.time.facts import Measure, TicketFacts
from protocols.time.pauses import Pause
from protocols.time.refusals import ClockStopped

NEVER_PAUSED = frozenset(
    {
        Measure.CALL,
        Measure.FIRST_UPDATE,
        Measure.COMMANDER,
        Measure.OUTREACH,
        Measure.UPDATE,
        Measure.NEXT_REPLY,
        Measure.BLOCKED,
        Measure.RCA,
    }
)
"""A promise made, a bridge's steps, an answer and an analysis do not wait for the account.

Source: D21, D33, M17.
"""


DAY_AND_NIGHT = "day and night"
"""The clock that never rests, as a reader knows it."""


@dataclass(frozen=True, slots=True)
class Target:
    """One promised duration.

    Attributes:
        figures: how long it may take, as the policy says it.
        whose: whose figure it is, e.g. ``Severity High``.
        due_at: the target; None while it does not apply or its clock is stopped.
        breach_at: the upper figure; the same as the target unless the rule is a range.
        warn_ats: when the ticket is elevated before the breach. Source: D8.
        calendar: the clock it runs on, as a reader knows it.
        stopped_since_at: when the pause began that stops it now.
        not_because: why it does not run; empty when it does.
    """

    measure: Measure
    figures: DurationRange
    whose: str
    source: str
    calendar: str
    started_at: datetime
    due_at: datetime | None = None
    breach_at: datetime | None = None
    warn_ats: tuple[datetime, ...] = ()
    paused_for: timedelta = timedelta(0)
    stopped_since_at: datetime | None = None
    met_at: datetime | None = None
    not_because: str = ""

    @property
    def figure(self) -> str:
        """Return the figure as we read it, a range with what its ends mean."""
        if self.figures.is_point:
            return str(self.figures)
        return f"{self.figures.target} target, {self.figures.breach} breach"

    @property
    def rule(self) -> str:
        """Return the figure and whose it is, e.g. ``4 hours · Severity High``."""
        return f"{self.figure} · {self.whose}"

    @property
    def applies(self) -> bool:
        """Say whether the rule is one of this ticket's at all."""
        return not self.not_because

    @property
    def runs(self) -> bool:
        """Say whether its clock runs now."""
        return self.applies and self.met_at is None and self.due_at is not None


@dataclass(frozen=True, slots=True)
class Basis:
    """The figures, the ticket and the calendar that its targets are counted with."""

    policy: Policy
    facts: TicketFacts
    calendar: BusinessCalendar
    measures: Collection[Measure]

    def target(
        self,
        measure: Measure,
        duration: DurationRange | Duration | timedelta,
        whose: str,
        source: str,
        *,
        since_at: datetime | None = None,
        not_because: str = "",
    ) -> Target | None:
        """Return a target of the ticket; None where nobody asks for its measure."""
        if measure not in self.measures:
            return None
        figures, met_at = _figures(duration), self.facts.met.get(measure)
        start_at = since_at or self.facts.opened_at
        bare = Target(
            measure=measure,
            figures=figures,
            whose=whose,
            source=source,
            calendar=self._clock(figures.target),
            started_at=start_at,
            met_at=met_at,
            not_because=not_because,
        )
        if not_because:
            return bare
        waived = self.facts.waived.get(measure, "") if met_at is None else ""
        return replace(self._timed(bare), not_because=waived)

    def _timed(self, bare: Target) -> Target:
        figures = bare.figures
        pauses = () if bare.measure in NEVER_PAUSED else self._pauses(bare)
        start_at = bare.started_at
        due_at = breach_at = stopped_at = None
        warn_ats: tuple[datetime, ...] = ()
        try:
            due_at = self.calendar.due(start_at, figures.target, pauses)
            breach_at = self.calendar.due(start_at, figures.breach, pauses)
            warn_ats = self._warnings(bare, figures.breach, pauses)
        except ClockStopped as stopped:
            due_at = breach_at = None
            stopped_at = stopped.since_at
        return Target(
            measure=bare.measure,
            figures=figures,
            whose=bare.whose,
            source=bare.source,
            calendar=bare.calendar,
            started_at=start_at,
            due_at=due_at,
            breach_at=breach_at,
            warn_ats=warn_ats,
            paused_for=_length(pauses, start_at),
            stopped_since_at=stopped_at,
            met_at=bare.met_at,
        )

    def _warnings(
        self, bare: Target, duration: Duration, pauses: tuple[Pause, ...]
    ) -> tuple[datetime, ...]:
        percents = self.policy.elevation_percents
        if bare.measure is Measure.RCA:
            percents = self.policy.rca.remind_percents
        return tuple(
            self.calendar.mark(bare.started_at, duration, percent, pauses) for percent in percents
        )

    def _pauses(self, bare: Target) -> tuple[Pause, ...]:
        if bare.met_at is None:
            return self.facts.pauses
        return tuple(
            Pause(pause.from_at, min(pause.until_at or bare.met_at, bare.met_at))
            for pause in self.facts.pauses
            if pause.from_at < bare.met_at
        )

    def _clock(self, duration: Duration) -> str:
        if duration.kind is DurationKind.ELAPSED:
            return DAY_AND_NIGHT
        name = self.calendar.name
        return f"{name}, day and night" if duration.kind is DurationKind.WEEKDAY_TIME else name


def _figures(duration: DurationRange | Duration | timedelta) -> DurationRange:
    if isinstance(duration, DurationRange):
        return duration
    if isinstance(duration, timedelta):
        seconds = duration // timedelta(seconds=1)
        duration = Duration(DurationKind.ELAPSED, seconds)
    return DurationRange(duration, duration)


def _length(pauses: tuple[Pause, ...], since_at: datetime) -> timedelta:
    return sum(
        (
            pause.until_at - max(pause.from_at, since_at)
            for pause in pauses
            if pause.until_at is not None and pause.until_at > since_at
        ),
        timedelta(0),
    )
