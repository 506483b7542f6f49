"""The steps of Tier 1 and 2 as a ladder, read off what stands. S2-S10, D28."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import yaml

from bot.files.policy import DEFAULT_POLICY
from protocols.engineering.events import EngineerAsked, TakeEngineering
from protocols.ladder.lateness import StepStanding
from protocols.ladder.measures import ticket_facts
from protocols.policy.desk_steps import DESK_STEPS
from protocols.policy.policy import Policy
from protocols.policy.sections import EntryRefused
from protocols.replies.events import RecordOwnWords
from protocols.scales import Impact, Severity, Tier
from protocols.targets.events import Acknowledge, StartTriage, TargetBreached
from protocols.targets.steps import desk_steps
from protocols.time.targets import Measure, targets
from tests.kit.rules_incident import REF, Incident, instant, opening

DONE, LATE, NOW = StepStanding.DONE, StepStanding.LATE, StepStanding.NOW


def ticket(*impacts: Impact) -> Incident:
    return Incident.open(impacts=frozenset(impacts), signal=None, severity=Severity.MEDIUM)


def standings(incident: Incident) -> dict[str, StepStanding | None]:
    return {step.kind.value: step.standing for step in desk_steps(incident.ticket, incident.ctx)}


def test_tier_2_owes_an_answer_triage_engineering_and_a_resolution_each_by_its_own_clock() -> None:
    incident = ticket(Impact.PAYMENTS_BLOCKED)
    assert standings(incident) == {
        "acknowledge": NOW, "triage": NOW, "engineering": NOW, "update": None, "resolve": NOW,
    }  # fmt: skip
    due = {step.kind.value: step.due_at for step in desk_steps(incident.ticket, incident.ctx)}
    assert (due["acknowledge"], due["triage"]) == (instant("15:02"), instant("18:02"))
    incident.at("14:20").by("csm-one", Acknowledge(REF), StartTriage(REF))
    incident.by("engineer-one", TakeEngineering(REF))
    assert standings(incident) == {
        "acknowledge": DONE, "triage": DONE, "engineering": DONE, "update": None, "resolve": NOW,
    }  # fmt: skip


def test_a_step_is_late_when_its_clock_is_and_done_late_stays_so() -> None:
    incident = ticket(Impact.PAYMENTS_BLOCKED).until("15:03")
    assert standings(incident)["acknowledge"] is LATE
    incident.by("csm-one", Acknowledge(REF))
    assert standings(incident)["acknowledge"] is StepStanding.DONE_LATE


def test_tier_1_owes_neither_triage_nor_engineering_and_a_bridge_has_a_ladder_of_its_own() -> None:
    found = standings(ticket())
    assert (found["triage"], found["engineering"]) == (None, None)
    assert (found["acknowledge"], found["resolve"]) == (NOW, NOW)
    assert desk_steps(ticket(Impact.FUNDS_MOVED_WRONGLY).ticket, ticket().ctx) == ()


def steps(**rows: dict[str, str]) -> list[dict[str, Any]]:
    """Return the section of a policy, with entries that some steps of Tier 2 have beside."""
    return [
        {"tier": int(row.tier), "step": row.step.value, "source": row.source}
        | (rows.get(row.step.value, {}) if row.tier is Tier.ELEVATED else {})
        for row in DESK_STEPS
    ]


def under(entries: list[dict[str, Any]]) -> Policy:
    known = yaml.safe_load(DEFAULT_POLICY.read_text(encoding="utf-8"))
    return Policy.from_mapping({**known, "desk_steps": entries})


def tier_2(entries: list[dict[str, Any]]) -> Incident:
    """Return a Tier 2 that was opened under a policy with rows of its own."""
    return opened_under(entries, Impact.PAYMENTS_BLOCKED)


def opened_under(entries: list[dict[str, Any]], *impacts: Impact) -> Incident:
    """Return a ticket that was opened under a policy with rows of its own."""
    form = opening(impacts=frozenset(impacts), signal=None, severity=Severity.MEDIUM)
    first = ticket()
    incident = Incident(replace(first.ctx, now=instant("14:02"), policy=under(entries)))
    return incident.by("csm-one", form)


def test_a_policy_without_rows_has_those_of_the_first_and_rows_that_say_them_change_nothing() -> (
    None
):
    assert ticket().ctx.policy.desk_steps == DESK_STEPS == under(steps()).desk_steps


def test_a_step_of_the_engineering_loop_with_a_time_of_its_own_is_a_clock_that_is_late() -> None:
    incident = tier_2(steps(engineering={"within": "30m"}))
    due = {step.kind.value: step.due_at for step in desk_steps(incident.ticket, incident.ctx)}
    assert due["engineering"] == instant("14:32")
    incident.until("14:32")
    assert standings(incident)["engineering"] is LATE
    late = [each.measure for each in incident.events(TargetBreached)]
    assert "ENGINEERING" in late
    incident.at("14:33").by("engineer-one", TakeEngineering(REF))
    assert standings(incident)["engineering"] is StepStanding.DONE_LATE


def test_the_cadence_of_a_policy_counts_from_the_last_word_of_a_person() -> None:
    incident = tier_2(steps(update={"within": "2h"}))
    assert standings(incident)["update"] is NOW
    incident.at("15:00").by("csm-one", RecordOwnWords(REF, "We look into it.", "C0ACME", "2.1"))
    due = {step.kind.value: step.due_at for step in desk_steps(incident.ticket, incident.ctx)}
    assert due["update"] == instant("17:00")
    incident.until("17:00")
    assert standings(incident)["update"] is LATE
    incident.by("csm-one", RecordOwnWords(REF, "Still at it.", "C0ACME", "2.2"))
    assert standings(incident)["update"] is NOW


def test_a_first_step_of_tier_1_with_a_time_of_its_own_is_a_clock_of_the_first_reply() -> None:
    first, *others = steps()
    incident = opened_under([first | {"within": "20m"}, *others])
    facts = ticket_facts(incident.ticket, incident.ctx)
    found = targets(incident.ctx.policy, facts, incident.ctx.calendar, (Measure.REPLY,))
    due = {each.whose: each.due_at for each in found}
    assert due["Tier 1, step acknowledge"] == instant("14:22")


def test_a_tier_that_does_not_owe_the_loop_asks_no_engineer() -> None:
    without = [row for row in steps() if row["step"] != "engineering"]
    incident = tier_2(without)
    assert incident.events(EngineerAsked) == []
    assert standings(incident)["engineering"] is None


@pytest.mark.parametrize(
    ("entries", "why"),
    [
        (steps()[1:], "Tier 1 owes acknowledge as well"),
        ([*steps(), steps()[0]], "once"),
        ([*steps(), {"tier": 1, "step": "triage", "source": "ours"}], "no such step"),
    ],
)
def test_rows_that_leave_out_what_is_owed_or_are_of_no_tier_are_refused(
    entries: list[dict[str, Any]], why: str
) -> None:
    with pytest.raises(EntryRefused, match=why):
        under(entries)
