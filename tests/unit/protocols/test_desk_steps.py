"""The steps of Tier 1 and 2 as a ladder, read off what stands. S2-S10, D28."""

from __future__ import annotations

from protocols.engineering.events import TakeEngineering
from protocols.ladder.lateness import StepStanding
from protocols.scales import Impact, Severity
from protocols.targets.events import Acknowledge, StartTriage
from protocols.targets.steps import desk_steps
from tests.kit.rules_incident import REF, Incident, instant

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
