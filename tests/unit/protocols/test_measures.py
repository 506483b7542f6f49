"""Which fact of a ticket meets which target, and when."""

from __future__ import annotations

from protocols.bridge.events import StartCall
from protocols.investigation.events import RecordFinding
from protocols.ladder.measures import met, ticket_facts
from protocols.people.people import Role
from protocols.roles.events import TakeRole
from protocols.scales import Tier
from protocols.tiers.events import ChangeTier
from protocols.time.targets import Measure
from tests.kit.rules_incident import REF, Incident, instant

UP = ChangeTier(REF, Tier.SYSTEMIC, "same double submission in 9 accounts")


def test_an_opening_alone_meets_nothing() -> None:
    assert met(Incident.open().ticket) == {}


def test_the_call_meets_its_target_when_it_is_started() -> None:
    incident = Incident.open().staffed().at("14:20").by("csm-one", StartCall(REF))
    assert met(incident.ticket)[Measure.CALL] == instant("14:20")


def test_the_first_finding_is_the_triage() -> None:
    incident = Incident.open().staffed()
    for clock in ("14:35", "14:50"):
        incident.at(clock).by("engineer-one", RecordFinding(REF, "raw", f"batch {clock}"))
    assert met(incident.ticket)[Measure.TRIAGE] == instant("14:35")


def test_words_meet_the_reply_when_they_are_with_the_account_and_not_when_released() -> None:
    incident = Incident.open().staffed().at("14:40").draft().release()
    assert Measure.REPLY not in met(incident.ticket)
    found = met(incident.at("14:41").delivered().ticket)
    assert found[Measure.REPLY] == found[Measure.FIRST_UPDATE] == instant("14:41")


def test_a_commander_who_took_the_role_meets_the_target_of_tier_4() -> None:
    incident = Incident.open().staffed().by("csm-one", UP).at("14:10")
    incident.by("engineering-lead-one", TakeRole(REF, Role.COMMANDER))
    assert met(incident.ticket)[Measure.COMMANDER] == instant("14:10")


def test_each_tier_of_the_ticket_is_known_from_when_it_stood() -> None:
    incident = Incident.open().staffed().at("14:10").by("csm-one", UP)
    tiers = ticket_facts(incident.ticket, incident.ctx).tiers
    assert tiers == ((Tier.CRITICAL, instant("14:02")), (Tier.SYSTEMIC, instant("14:10")))
