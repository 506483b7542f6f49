"""Every promised duration of a ticket, side by side: the rule, the clock, and which one binds.

All targets that apply run; the earliest binds. Ranges warn at the lower figure and are
breached at the upper one. Source: D2, D3, D4, D8, D12, S88, S105-S122.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta

from protocols.policy.desk_steps import DeskStepKind, DeskStepRow
from protocols.policy.policy import Policy
from protocols.policy.rules import SpecialRule
from protocols.scales import CATEGORIES, ProgramLevel, Severity, Tier
from protocols.time.basis import Basis, Target
from protocols.time.calendar import BusinessCalendar
from protocols.time.durations import Duration
from protocols.time.facts import Measure, TicketFacts

__all__ = [
    "ALL",
    "Measure",
    "NothingBinds",
    "Target",
    "TicketFacts",
    "binding",
    "precedence",
    "targets",
]


class NothingBinds(LookupError):
    """No target of the ticket runs now."""


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
    basis = Basis(policy, facts, calendar, measures)
    found = (_severity, _specials, _tiers, _category, _promised, _blocked, _next_reply, _desk_steps)
    return tuple(target for rule in found for target in rule(basis) if target is not None)


def binding(found: tuple[Target, ...]) -> Target:
    """Pick the target that is breached first, as the queue and the warnings do. Source: D4, D8.

    Of those that are breached at the same time and wait for the same, the lower figure is first.

    Raises:
        NothingBinds: none of them runs.
    """
    running = [target for target in found if target.runs]
    if not running:
        raise NothingBinds("No clock runs on this ticket now.")
    return min(running, key=precedence)


def precedence(target: Target) -> tuple[datetime, int, datetime]:
    """Return what puts one target before another; those alike stay in the order of the rules.

    What is breached first; of one instant, the kind in the order of `Measure`; then the lower
    figure. Source: D2, D4.
    """
    breach_at = target.breach_at or target.started_at
    return breach_at, _KINDS.index(target.measure), target.due_at or target.started_at


_KINDS = tuple(Measure)


_SEVERITY_SOURCES = {
    Severity.CRITICAL: ("S106", "S107"),
    Severity.HIGH: ("S109", "S110"),
    Severity.MEDIUM: ("S112", "S113"),
    Severity.LOW: ("S115", "S116"),
}


def _severity(basis: Basis) -> Iterator[Target | None]:
    severity = basis.facts.severity
    rule, sources = basis.policy.severities[severity], _SEVERITY_SOURCES[severity]
    whose = f"Severity {severity.label}"
    yield basis.target(Measure.REPLY, rule.reply, whose, sources[0])
    yield basis.target(Measure.RESOLVE, rule.resolve, whose, sources[1])


def _specials(basis: Basis) -> Iterator[Target | None]:
    for rule in basis.policy.special_targets:
        why_not = _why_not(rule, basis.facts, basis.policy)
        for measure, figures in ((Measure.REPLY, rule.reply), (Measure.RESOLVE, rule.resolve)):
            if figures is not None:
                yield basis.target(measure, figures, rule.name, rule.source, not_because=why_not)


def _why_not(rule: SpecialRule, facts: TicketFacts, policy: Policy) -> str:
    if rule.program_levels and facts.program_level not in rule.program_levels:
        level = facts.program_level.capitalize() if facts.program_level else "none"
        return f"program level {level}"
    if rule.categories and facts.category not in rule.categories:
        return f"category {policy.title_of(facts.category)}"
    if rule.severities and facts.severity not in rule.severities:
        return f"Severity {facts.severity.label}"
    if rule.tags and not rule.tags & facts.tags:
        return f"no tag {' or '.join(sorted(rule.tags))}"
    return ""


def _tiers(basis: Basis) -> Iterator[Target | None]:
    first_set: dict[Tier, datetime] = {}
    for tier, since_at in basis.facts.tiers:
        first_set.setdefault(tier, since_at)
    for tier, since_at in sorted(first_set.items()):
        yield from _tier(basis, tier, since_at, _superseded(tier, basis.facts.tier))


def _superseded(tier: Tier, now: Tier) -> str:
    if tier > now:
        return f"lowered to Tier {int(now)}"
    return "superseded by Tier 4" if tier is Tier.CRITICAL and now is Tier.SYSTEMIC else ""


def _tier(
    basis: Basis, tier: Tier, since_at: datetime, not_because: str
) -> Iterator[Target | None]:
    policy = basis.policy
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
        yield basis.target(
            measure, duration, whose, source, since_at=since_at, not_because=not_because
        )


_CATEGORY_SOURCES = {category: f"S{70 + index}" for index, category in enumerate(CATEGORIES)}


def _category(basis: Basis) -> Iterator[Target | None]:
    category = basis.facts.category
    rule, title = basis.policy.categories.get(category), basis.policy.title_of(category)
    if rule is None:  # a report may propose it by the words of an earlier policy
        return
    source = _CATEGORY_SOURCES.get(category, "S78")
    yield basis.target(Measure.RESOLVE, rule.resolve, title, source)


def _promised(basis: Basis) -> Iterator[Target | None]:
    facts = basis.facts
    if facts.promised_at is not None:
        length = facts.promised_at - (facts.promise_made_at or facts.opened_at)
        # Lengths are whole seconds: the fraction is taken off the start, for the end was promised.
        made_at = facts.promised_at - timedelta(seconds=length // timedelta(seconds=1))
        yield basis.target(
            Measure.UPDATE, length, "promised to the account", "S52", since_at=made_at
        )
    if facts.rca_owed_from is not None:
        due = basis.policy.rca.due
        yield basis.target(Measure.RCA, due, "Tier 3 and 4", "S53", since_at=facts.rca_owed_from)


def _blocked(basis: Basis) -> Iterator[Target | None]:
    """Yield by when a person answers an account that says that its business is blocked. D45."""
    facts = basis.facts
    if facts.blocked_at is not None and facts.blocked_until is not None:
        length = facts.blocked_until - facts.blocked_at
        whose = "It blocks my business"
        yield basis.target(Measure.BLOCKED, length, whose, "D45", since_at=facts.blocked_at)


def _next_reply(basis: Basis) -> Iterator[Target | None]:
    """Yield by when what the account wrote is answered. Source: M17, D45.

    What a lower tier owed runs on; a higher one owes from the moment of raising. A report that
    nobody has classified owes as much as the lowest, and is called by no tier. Source: D12, D44.
    """
    if not basis.facts.tiers:
        asked_at = basis.facts.asked_at
        if asked_at is not None:
            yield basis.target(
                Measure.NEXT_REPLY,
                basis.policy.reply.tier1,
                "not classified yet",
                "M17",
                since_at=asked_at,
            )
        return
    now = basis.facts.tier
    for tier, since_at in sorted(_tiers_since(basis.facts).items()):
        figure, whose = _reply_within(basis, tier)
        lowered = f"lowered to Tier {int(now)}" if tier > now else ""
        yield basis.target(
            Measure.NEXT_REPLY, figure, whose, "M17", since_at=since_at, not_because=lowered
        )


def _tiers_since(facts: TicketFacts) -> dict[Tier, datetime]:
    """Return each tier it has had since the account wrote, with since when it owes an answer."""
    found: dict[Tier, datetime] = {}
    if facts.asked_at is None:
        return found
    for tier, at in facts.tiers:
        if at <= facts.asked_at:
            found = {tier: facts.asked_at}
        else:
            graver = (since_at for had, since_at in found.items() if had > tier)
            found.setdefault(tier, min(graver, default=at))
    return found


def _reply_within(basis: Basis, tier: Tier) -> tuple[Duration | timedelta, str]:
    rule, facts = basis.policy.reply, basis.facts
    if tier is Tier.ROUTINE and facts.program_level is ProgramLevel.PLATINUM:
        return rule.platinum, "Tier 1, Platinum"
    if tier is Tier.ELEVATED and facts.severity is Severity.CRITICAL:
        return rule.critical, "Tier 2, Severity Critical"
    figures = (rule.tier1, rule.tier2, rule.tier3, rule.tier4)
    return figures[tier - 1], f"Tier {int(tier)}"


def _desk_steps(basis: Basis) -> Iterator[Target | None]:
    """Yield the times that steps of Tier 1 and 2 have of their own. Source: S7, S52, D2."""
    now, since = basis.facts.tiers[-1:], dict(reversed(basis.facts.tiers))
    for row in basis.policy.desk_steps if now else ():
        if row.within is None or row.tier not in since:
            continue
        since_at = since[row.tier]
        if row.step is DeskStepKind.UPDATE:
            since_at = max(since_at, basis.facts.told_at or since_at)
        measure, whose = _measured(row), f"Tier {int(row.tier)}, step {row.step.value}"
        lowered = _superseded(row.tier, now[0][0])
        yield basis.target(
            measure,
            row.within,
            whose,
            f"{row.source}, row",
            since_at=since_at,
            not_because=lowered,
        )


def _measured(row: DeskStepRow) -> Measure:
    if row.step is DeskStepKind.ACKNOWLEDGE and row.tier is Tier.ROUTINE:
        return Measure.REPLY
    return _STEPS[row.step]


_STEPS = {
    DeskStepKind.ACKNOWLEDGE: Measure.ACKNOWLEDGE,
    DeskStepKind.TRIAGE: Measure.TRIAGE,
    DeskStepKind.ENGINEERING: Measure.ENGINEERING,
    DeskStepKind.UPDATE: Measure.CADENCE,
    DeskStepKind.RESOLVE: Measure.RESOLVE,
}
"""What a step of the desk waits for."""
