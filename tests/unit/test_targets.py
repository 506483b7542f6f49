"""All clocks of a ticket, the one that binds, and why the others do not apply."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.engine.calendars import calendar_of
from bot.files.policy import load_policy
from protocols.policy.desk_steps import DeskStepKind
from protocols.scales import Category, ProgramLevel, Severity, Tier
from protocols.time.calendar import Pause
from protocols.time.durations import parse_duration
from protocols.time.targets import Measure, NothingBinds, Target, TicketFacts, binding, targets

POLICY = load_policy()
DESK = calendar_of(POLICY.calendar, date(2026, 11, 23))
OPENED = datetime(2026, 11, 23, 14, 10, tzinfo=UTC)
PARTNER = TicketFacts(
    opened_at=OPENED,
    tiers=((Tier.ROUTINE, OPENED),),
    severity=Severity.HIGH,
    category=Category.COMMISSION_PAYMENT,
    program_level=ProgramLevel.GOLD,
)


def found(facts: TicketFacts) -> tuple[Target, ...]:
    return targets(POLICY, facts, DESK)


def one(facts: TicketFacts, source: str, measure: Measure | None = None) -> Target:
    (target,) = [
        each for each in found(facts) if each.source == source and measure in (None, each.measure)
    ]
    return target


def utc(text: str) -> datetime:
    return datetime.strptime(f"2026-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("source", "rule", "due", "breach"),
    [
        ("S109", "4 weekday hours · Severity High", "11-23 18:10", "11-23 18:10"),
        ("S110", "1 business day · Severity High", "11-24 14:10", "11-24 14:10"),
        ("S4", "4 business hours · Tier 1", "11-23 18:10", "11-23 18:10"),
        ("S5", "2 business days · Tier 1", "11-25 14:10", "11-25 14:10"),
        (
            "S72",
            "48 weekday hours target, 72 weekday hours breach · Commission and Payment",
            "11-25 14:10",
            "11-27 14:10",
        ),
    ],
)
def test_a_partner_ticket_has(source: str, rule: str, due: str, breach: str) -> None:
    target = one(PARTNER, source)
    assert (target.rule, target.due_at, target.breach_at) == (rule, utc(due), utc(breach))


def test_the_earliest_binds() -> None:
    target = binding(found(PARTNER))
    assert (target.measure, target.due_at) == (Measure.REPLY, utc("11-23 16:10"))
    assert target.warn_ats == (utc("11-23 15:40"), utc("11-23 15:58"))


def test_a_rule_that_does_not_apply_says_why() -> None:
    target = one(PARTNER, "S119")
    assert not target.applies
    assert target.not_because == "category Commission and Payment"
    assert target.due_at is None


def test_gold_and_platinum_are_answered_in_four_hours_on_deals() -> None:
    facts = replace(PARTNER, severity=Severity.LOW, category=Category.DEAL_REGISTRATION)
    assert one(facts, "S119").due_at == OPENED + timedelta(hours=4)
    silver = replace(facts, program_level=ProgramLevel.SILVER)
    assert one(silver, "S119").not_because == "program level Silver"


def test_no_program_level_is_called_none() -> None:
    assert one(replace(PARTNER, program_level=None), "S119").not_because == "program level none"


@pytest.mark.parametrize("severity", Severity)
@pytest.mark.parametrize("measure", [Measure.REPLY, Measure.RESOLVE])
def test_a_higher_program_level_is_never_served_later(severity: Severity, measure: Measure) -> None:
    def earliest(level: ProgramLevel) -> datetime:
        facts = replace(PARTNER, severity=severity, program_level=level)
        return min(
            each.due_at
            for each in found(facts)
            if each.measure is measure and each.applies and each.due_at is not None
        )

    dues = [earliest(level) for level in reversed(ProgramLevel)]
    assert dues == sorted(dues)


def test_a_met_target_no_longer_binds() -> None:
    facts = replace(PARTNER, met={Measure.REPLY: OPENED + timedelta(minutes=21)})
    assert binding(found(facts)).measure is Measure.RESOLVE


def test_nothing_binds_when_all_is_met() -> None:
    facts = replace(PARTNER, met=dict.fromkeys(Measure, OPENED))
    with pytest.raises(NothingBinds):
        binding(found(facts))


def test_a_pause_moves_what_waits_for_the_account() -> None:
    pause = Pause(utc("11-23 15:00"), utc("11-23 16:30"))
    target = one(replace(PARTNER, pauses=(pause,)), "S109")
    assert target.due_at == utc("11-23 19:40")
    assert target.warn_ats == (utc("11-23 18:40"), utc("11-23 19:16"))
    assert target.paused_for == timedelta(minutes=90)


def test_an_open_pause_stops_the_clock_and_says_since_when() -> None:
    target = one(replace(PARTNER, pauses=(Pause(utc("11-23 15:00")),)), "S109")
    assert (target.due_at, target.stopped_since_at) == (None, utc("11-23 15:00"))
    assert (target.warn_ats, target.runs) == ((), False)


def test_an_analysis_that_is_owed_does_not_wait_for_the_account() -> None:
    """Source: D33."""
    facts = replace(PARTNER, rca_owed_from=utc("11-23 16:40"))
    paused = replace(facts, pauses=(Pause(utc("11-24 15:00"), utc("11-25 15:00")),))
    assert one(paused, "S53").due_at == one(facts, "S53").due_at is not None


def test_a_promise_is_not_paused() -> None:
    facts = replace(
        PARTNER,
        pauses=(Pause(utc("11-23 14:20")),),
        promised_at=utc("11-23 15:10"),
        promise_made_at=OPENED,
    )
    assert binding(found(facts)).measure is Measure.UPDATE
    assert one(facts, "S52").due_at == utc("11-23 15:10")


def test_a_raised_tier_adds_its_targets_from_the_moment_of_raising() -> None:
    raised_at = OPENED + timedelta(minutes=35)
    facts = replace(PARTNER, tiers=((Tier.ROUTINE, OPENED), (Tier.ELEVATED, raised_at)))
    assert one(facts, "S9").due_at == raised_at + timedelta(hours=1)
    assert one(facts, "S4").due_at == one(PARTNER, "S4").due_at


def test_tier_4_supersedes_the_targets_of_tier_3() -> None:
    raised_at = OPENED + timedelta(minutes=35)
    facts = replace(PARTNER, tiers=((Tier.CRITICAL, OPENED), (Tier.SYSTEMIC, raised_at)))
    assert one(facts, "S14").not_because == "superseded by Tier 4"
    assert one(facts, "S21").due_at == raised_at + timedelta(minutes=15)


def test_a_lowered_tier_takes_its_targets_away() -> None:
    lowered_at = OPENED + timedelta(minutes=35)
    facts = replace(PARTNER, tiers=((Tier.CRITICAL, OPENED), (Tier.ELEVATED, lowered_at)))
    assert one(facts, "S14").not_because == "lowered to Tier 2"


def test_a_critical_integration_failure_is_resolved_the_same_day() -> None:
    facts = replace(PARTNER, severity=Severity.CRITICAL, category=Category.TECHNICAL_PRODUCT)
    same_day = [each for each in found(facts) if each.rule.startswith("same business day")]
    assert {each.due_at for each in same_day if each.applies} == {utc("11-23 22:00")}


def test_the_written_analysis_is_due_in_five_business_days_and_warned_thrice() -> None:
    facts = replace(PARTNER, rca_owed_from=utc("11-23 16:40"))
    target = one(facts, "S53")
    assert target.due_at == utc("12-01 16:40")
    assert len(target.warn_ats) == 3


def test_a_clock_says_which_calendar_it_runs_on() -> None:
    assert one(PARTNER, "S109").calendar == "New York desk, day and night"
    critical = replace(PARTNER, severity=Severity.CRITICAL)
    assert one(critical, "S106").calendar == "day and night"
    assert one(PARTNER, "S110").calendar == "New York desk"


def test_a_promised_update_is_due_at_the_time_that_was_promised_to_the_instant() -> None:
    promised_at = utc("11-23 15:47")
    made_at = utc("11-23 14:49") + timedelta(seconds=18, microseconds=514_666)
    facts = replace(PARTNER, promised_at=promised_at, promise_made_at=made_at)
    target = one(facts, "S52", Measure.UPDATE)
    assert (target.due_at, target.breach_at) == (promised_at, promised_at)


@pytest.mark.parametrize(
    ("level", "severity", "reply", "resolve"),
    [
        (ProgramLevel.GOLD, Severity.CRITICAL, "15:40", "22:00"),
        (ProgramLevel.GOLD, Severity.HIGH, "16:10", "22:00"),
        (ProgramLevel.PLATINUM, Severity.CRITICAL, "15:10", "20:10"),
        (ProgramLevel.PLATINUM, Severity.HIGH, "16:10", "22:00"),
    ],
)
def test_a_program_level_has_its_own_times(
    level: ProgramLevel, severity: Severity, reply: str, resolve: str
) -> None:
    """Source: S118, D45."""
    facts = replace(PARTNER, program_level=level, severity=severity)
    first = [
        min(
            each.due_at
            for each in found(facts)
            if each.measure is measure and each.applies and each.due_at is not None
        )
        for measure in (Measure.REPLY, Measure.RESOLVE)
    ]
    assert first == [utc(f"11-23 {reply}"), utc(f"11-23 {resolve}")]


ASKED = utc("11-23 15:00")
WROTE = replace(PARTNER, asked_at=ASKED)


def answers(facts: TicketFacts) -> dict[str, datetime | str | None]:
    return {
        each.rule.partition(" · ")[2]: each.not_because or each.due_at
        for each in found(facts)
        if each.measure is Measure.NEXT_REPLY
    }


def tiers(*changes: tuple[int, str]) -> tuple[tuple[Tier, datetime], ...]:
    return tuple((Tier(tier), utc(f"11-23 {at}")) for tier, at in changes)


def test_nothing_is_owed_where_nothing_was_asked() -> None:
    assert answers(PARTNER) == {}


@pytest.mark.parametrize(
    ("changes", "due"),
    [
        ({}, {"Tier 1": utc("11-24 15:00")}),
        ({"program_level": ProgramLevel.PLATINUM}, {"Tier 1, Platinum": utc("11-23 19:00")}),
        ({"tiers": tiers((2, "14:10"))}, {"Tier 2": utc("11-23 17:00")}),
        (
            {"tiers": tiers((2, "14:10")), "severity": Severity.CRITICAL},
            {"Tier 2, Severity Critical": utc("11-23 16:00")},
        ),
        ({"tiers": tiers((3, "14:10"))}, {"Tier 3": utc("11-23 15:30")}),
        ({"tiers": tiers((1, "14:10"), (4, "14:20"))}, {"Tier 4": utc("11-23 15:30")}),
    ],
)
def test_an_answer_is_due(changes: dict[str, Any], due: dict[str, datetime]) -> None:
    assert answers(replace(WROTE, **changes)) == due


def test_a_raised_tier_owes_its_answer_from_the_moment_of_raising() -> None:
    """Source: D12."""
    raised = replace(WROTE, tiers=tiers((2, "14:10"), (3, "15:20")))
    assert answers(raised) == {"Tier 2": utc("11-23 17:00"), "Tier 3": utc("11-23 15:50")}


def test_a_lowered_tier_owes_its_answer_from_when_it_was_asked() -> None:
    lowered = replace(WROTE, tiers=tiers((3, "14:10"), (2, "15:20")))
    assert answers(lowered) == {"Tier 2": utc("11-23 17:00"), "Tier 3": "lowered to Tier 2"}


def test_what_was_raised_and_lowered_owes_its_answer_from_when_it_was_raised() -> None:
    both = replace(WROTE, tiers=tiers((1, "14:10"), (3, "15:20"), (2, "15:40")))
    assert answers(both)["Tier 2"] == utc("11-23 17:20")


def test_an_answer_does_not_wait_for_the_account() -> None:
    assert answers(replace(WROTE, pauses=(Pause(ASKED),))) == answers(WROTE)


def test_a_category_that_only_the_desk_has_is_resolved_within_its_own_row() -> None:
    own = Category("field_work")
    rows = {**POLICY.categories, own: POLICY.categories[Category.MARKETING_ASSETS]}
    policy = replace(POLICY, categories=rows)
    facts, title = replace(PARTNER, category=own), policy.title_of(own)
    found = targets(policy, facts, DESK, [Measure.RESOLVE])
    assert [each.source for each in found if each.whose == title] == ["S78"]


def test_a_step_of_a_tier_is_owed_no_more_once_the_tier_is_lowered() -> None:
    step = next(row for row in POLICY.desk_steps if row.step is DeskStepKind.TRIAGE)
    policy = replace(POLICY, desk_steps=(replace(step, within=parse_duration("2h")),))
    raised = replace(PARTNER, tiers=tiers((2, "14:10")))
    lowered = replace(raised, tiers=tiers((2, "14:10"), (1, "15:10")))
    why = [
        each.not_because
        for facts in (raised, lowered)
        for each in targets(policy, facts, DESK)
        if each.source == f"{step.source}, row"
    ]
    assert why == ["", "lowered to Tier 1"]


def test_an_acknowledgment_is_the_first_reply_of_tier_1_and_only_there() -> None:
    rows = [replace(row, within=parse_duration("2h")) for row in POLICY.desk_steps]
    policy = replace(POLICY, desk_steps=tuple(rows))
    facts = replace(PARTNER, tiers=tiers((1, "14:10"), (2, "15:10")))
    found = {each.whose: each.measure for each in targets(policy, facts, DESK)}
    asked = ("1, step acknowledge", "1, step resolve", "2, step acknowledge")
    assert [found[f"Tier {each}"] for each in asked] == [
        Measure.REPLY,
        Measure.RESOLVE,
        Measure.ACKNOWLEDGE,
    ]


HOUR = timedelta(hours=1)
OF_TWO_TAGS = replace(
    POLICY.special_targets[-1], name="Of two kinds", tags=frozenset({"mssp", "alpha"}), source="S78"
)
MANY_CLOCKS = {
    "a partner, critical, raised to Tier 2": replace(
        PARTNER,
        severity=Severity.CRITICAL,
        tiers=((Tier.ROUTINE, OPENED), (Tier.ELEVATED, OPENED + HOUR)),
        asked_at=OPENED,
    ),
    "a category that the policy has not, lowered": replace(
        PARTNER,
        category=Category("field_work"),
        severity=Severity.LOW,
        program_level=ProgramLevel.PLATINUM,
        tiers=((Tier.SYSTEMIC, OPENED), (Tier.CRITICAL, OPENED + HOUR),
               (Tier.ROUTINE, OPENED + 2 * HOUR)),
        asked_at=OPENED,
        promised_at=OPENED + HOUR,
        rca_owed_from=OPENED,
    ),
}  # fmt: skip
AS_READ = Path(__file__).parents[1] / "data" / "targets.txt"


def test_every_field_of_every_target_is_as_a_person_once_read_and_found_it() -> None:
    policy = replace(POLICY, special_targets=(*POLICY.special_targets, OF_TWO_TAGS))
    lines: list[str] = []
    for name, facts in MANY_CLOCKS.items():
        lines += [f"== {name}", *map(_line, targets(policy, facts, DESK))]
    assert lines == AS_READ.read_text("utf-8").splitlines()


def _line(target: Target) -> str:
    marks = (target.started_at, target.due_at, target.breach_at)
    fields = (
        target.measure.name, target.source, target.rule, target.calendar, *map(_at, marks),
        " ".join(map(_at, target.warn_ats)) or "-",
        "-" if target.not_because == "" else target.not_because,
    )  # fmt: skip
    return " | ".join(fields)


def _at(at: datetime | None) -> str:
    return "-" if at is None else f"{at:%d %H:%M}"
