"""Every promised duration of a ticket, side by side: the rule, the clock, and which one binds.

All targets that apply run; the earliest binds. Ranges warn at the lower figure and are
breached at the upper one. Source: D2, D3, D4, D8, D12, S88, S105-S122.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from protocols.policy.policy import Policy
from protocols.policy.rules import SpecialRule
from protocols.scales import Category, ProgramLevel, Severity, Tier
from protocols.time.calendar import BusinessCalendar, ClockStopped, Pause
from protocols.time.durations import Duration, DurationKind, DurationRange


class Measure(StrEnum):
    """What a target waits for."""

    REPLY = "First reply"
    ACKNOWLEDGE = "Acknowledged by a person"
    TRIAGE = "Active triage"
    CALL = "Bridge call"
    FIRST_UPDATE = "First update"
    COMMANDER = "Incident commander"
    OUTREACH = "Impacted accounts told"
    UPDATE = "Promised update"
    RESOLVE = "Resolve"
    RCA = "Written analysis"


_NO_PAUSE = frozenset(
    {Measure.CALL, Measure.FIRST_UPDATE, Measure.COMMANDER, Measure.OUTREACH, Measure.UPDATE}
)
"""A promise made and a bridge's steps do not wait for the account. Source: D21."""


class NothingBinds(LookupError):
    """No target of the ticket runs now."""


@dataclass(frozen=True, slots=True)
class TicketFacts:
    """What the targets of a ticket rest on.

    Attributes:
        tiers: each tier the ticket has had, with the instant it was set, in order.
        pauses: when it waited for the account. Source: S84.
        met: when each measure was met for the first time.
        rca_owed_from: when the duty of a written analysis began; None while there is none.
        promised_at: the next update as promised; None while there is none.
        waived: by a measure that nobody owes any more, why.
    """

    opened_at: datetime
    tiers: tuple[tuple[Tier, datetime], ...]
    severity: Severity
    category: Category
    program_level: ProgramLevel | None = None
    tags: frozenset[str] = frozenset()
    pauses: tuple[Pause, ...] = ()
    met: Mapping[Measure, datetime] = field(default_factory=lambda: MappingProxyType({}))
    promised_at: datetime | None = None
    promise_made_at: datetime | None = None
    rca_owed_from: datetime | None = None
    waived: Mapping[Measure, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def tier(self) -> Tier:
        """Return the tier the ticket has now."""
        return self.tiers[-1][0]

    @property
    def key(self) -> tuple[object, ...]:
        """Return all of it as one value that can be looked up."""
        values = (getattr(self, name) for name in self.__slots__)
        return tuple(
            frozenset(value.items()) if isinstance(value, Mapping) else value for value in values
        )


@dataclass(frozen=True, slots=True)
class Target:
    """One promised duration.

    Attributes:
        rule: the figure and whose it is, e.g. ``4 hours · Severity High``.
        due_at: the target; None while it does not apply or its clock is stopped.
        breach_at: the upper figure; the same as the target unless the rule is a range.
        warn_ats: when the ticket is elevated before the breach. Source: D8.
        calendar: the clock it runs on, as a reader knows it.
        stopped_since_at: when the pause began that stops it now.
        not_because: why it does not run; empty when it does.
    """

    measure: Measure
    rule: str
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
    def applies(self) -> bool:
        """Say whether the rule is one of this ticket's at all."""
        return not self.not_because

    @property
    def runs(self) -> bool:
        """Say whether its clock runs now."""
        return self.applies and self.met_at is None and self.due_at is not None


ALL = frozenset(Measure)


def targets(
    policy: Policy,
    facts: TicketFacts,
    calendar: BusinessCalendar,
    measures: Collection[Measure] = ALL,
) -> tuple[Target, ...]:
    """Compute every target of a ticket.

    Args:
        policy: the figures frozen on the ticket.
        facts: what the ticket is and has been.
        calendar: the business calendar frozen on the ticket.
        measures: which are asked for.

    Returns:
        The targets that apply, those that are met, and those that do not apply with the reason.
    """
    desk = _Desk(policy, facts, calendar, measures)
    found = (_severity, _specials, _tiers, _category, _promised)
    return tuple(target for rule in found for target in rule(desk) if target is not None)


def binding(found: tuple[Target, ...]) -> Target:
    """Pick the target that is due first.

    Raises:
        NothingBinds: none of them runs.
    """
    running = [target for target in found if target.runs]
    if not running:
        raise NothingBinds("No clock runs on this ticket now.")
    return min(running, key=lambda target: target.due_at or target.started_at)


@dataclass(frozen=True, slots=True)
class _Desk:
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
        if measure not in self.measures:
            return None
        figures, met_at = _figures(duration), self.facts.met.get(measure)
        start_at = since_at or self.facts.opened_at
        bare = Target(
            measure=measure,
            rule=f"{figures} · {whose}" if figures.is_point else _range_text(figures, whose),
            source=source,
            calendar=self._clock(figures.target),
            started_at=start_at,
            met_at=met_at,
            not_because=not_because,
        )
        if not_because:
            return bare
        waived = self.facts.waived.get(measure, "") if met_at is None else ""
        return replace(self._timed(bare, figures), not_because=waived)

    def _timed(self, bare: Target, figures: DurationRange) -> Target:
        pauses = () if bare.measure in _NO_PAUSE else self._pauses(bare)
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
            rule=bare.rule,
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
            return "day and night"
        return self.policy.calendar.name


def _figures(duration: DurationRange | Duration | timedelta) -> DurationRange:
    if isinstance(duration, DurationRange):
        return duration
    if isinstance(duration, timedelta):
        seconds = duration // timedelta(seconds=1)
        duration = Duration(DurationKind.ELAPSED, seconds)
    return DurationRange(duration, duration)


def _range_text(figures: DurationRange, whose: str) -> str:
    return f"{figures.target} target, {figures.breach} breach · {whose}"


def _length(pauses: tuple[Pause, ...], since_at: datetime) -> timedelta:
    return sum(
        (
            pause.until_at - max(pause.from_at, since_at)
            for pause in pauses
            if pause.until_at is not None and pause.until_at > since_at
        ),
        timedelta(0),
    )


_SEVERITY_SOURCES = {
    Severity.CRITICAL: ("S106", "S107"),
    Severity.HIGH: ("S109", "S110"),
    Severity.MEDIUM: ("S112", "S113"),
    Severity.LOW: ("S115", "S116"),
}


def _severity(desk: _Desk) -> Iterator[Target | None]:
    severity = desk.facts.severity
    rule, sources = desk.policy.severities[severity], _SEVERITY_SOURCES[severity]
    whose = f"Severity {severity.label}"
    yield desk.target(Measure.REPLY, rule.reply, whose, sources[0])
    yield desk.target(Measure.RESOLVE, rule.resolve, whose, sources[1])


def _specials(desk: _Desk) -> Iterator[Target | None]:
    for rule in desk.policy.special_targets:
        why_not = _why_not(rule, desk.facts)
        for measure, figures in ((Measure.REPLY, rule.reply), (Measure.RESOLVE, rule.resolve)):
            if figures is not None:
                yield desk.target(measure, figures, rule.name, rule.source, not_because=why_not)


def _why_not(rule: SpecialRule, facts: TicketFacts) -> str:
    if rule.program_levels and facts.program_level not in rule.program_levels:
        level = facts.program_level.capitalize() if facts.program_level else "none"
        return f"program level {level}"
    if rule.categories and facts.category not in rule.categories:
        return f"category {facts.category.label}"
    if rule.severities and facts.severity not in rule.severities:
        return f"Severity {facts.severity.label}"
    if rule.tags and not rule.tags & facts.tags:
        return f"no tag {' or '.join(sorted(rule.tags))}"
    return ""


def _tiers(desk: _Desk) -> Iterator[Target | None]:
    first_set: dict[Tier, datetime] = {}
    for tier, since_at in desk.facts.tiers:
        first_set.setdefault(tier, since_at)
    for tier, since_at in sorted(first_set.items()):
        yield from _tier(desk, tier, since_at, _superseded(tier, desk.facts.tier))


def _superseded(tier: Tier, now: Tier) -> str:
    if tier > now:
        return f"lowered to Tier {int(now)}"
    return "superseded by Tier 4" if tier is Tier.CRITICAL and now is Tier.SYSTEMIC else ""


def _tier(desk: _Desk, tier: Tier, since_at: datetime, not_because: str) -> Iterator[Target | None]:
    policy = desk.policy
    rules: dict[Tier, tuple[tuple[Measure, Duration | timedelta, str], ...]] = {
        Tier.ROUTINE: (
            (Measure.REPLY, policy.tier1.reply, "S4"),
            (Measure.RESOLVE, policy.tier1.resolve, "S5"),
        ),
        Tier.ELEVATED: (
            (Measure.ACKNOWLEDGE, policy.tier2.acknowledge, "S9"),
            (Measure.TRIAGE, policy.tier2.triage, "S10"),
        ),
        Tier.CRITICAL: (
            (Measure.CALL, policy.tier3.call, "S14"),
            (Measure.FIRST_UPDATE, policy.tier3.first_update, "S49"),
        ),
        Tier.SYSTEMIC: (
            (Measure.COMMANDER, policy.tier4.commander, "S21"),
            (Measure.OUTREACH, policy.tier4.outreach, "S23"),
        ),
    }
    for measure, duration, source in rules[tier]:
        whose = f"Tier {int(tier)}"
        yield desk.target(
            measure, duration, whose, source, since_at=since_at, not_because=not_because
        )


_CATEGORY_SOURCES = {category: f"S{70 + index}" for index, category in enumerate(Category)}


def _category(desk: _Desk) -> Iterator[Target | None]:
    category = desk.facts.category
    figures = desk.policy.categories[category].resolve
    yield desk.target(Measure.RESOLVE, figures, category.label, _CATEGORY_SOURCES[category])


def _promised(desk: _Desk) -> Iterator[Target | None]:
    facts = desk.facts
    if facts.promised_at is not None:
        length = facts.promised_at - (facts.promise_made_at or facts.opened_at)
        # Lengths are whole seconds: the fraction is taken off the start, for the end was promised.
        made_at = facts.promised_at - timedelta(seconds=length // timedelta(seconds=1))
        yield desk.target(
            Measure.UPDATE, length, "promised to the account", "S52", since_at=made_at
        )
    if facts.rca_owed_from is not None:
        due = desk.policy.rca.due
        yield desk.target(Measure.RCA, due, "Tier 3 and 4", "S53", since_at=facts.rca_owed_from)
