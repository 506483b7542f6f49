"""Which one button of a card is primary."""

from __future__ import annotations

from protocols.bridge import pressing
from protocols.bridge.events import StartCall
from protocols.investigation.events import ConfirmScope, RecordFinding, RecordIsolation
from protocols.people.people import Role
from protocols.roles.events import TakeRole
from protocols.scales import Tier
from protocols.tiers.events import ChangeTier
from tests.kit.rules_incident import REF, Incident

SCOPE = ConfirmScope(REF, "one account", "13:10 UTC", "seen in the run")
FINDING = RecordFinding(REF, "scope", "two batches", 1, 412)
ISOLATED = RecordIsolation(REF, True, "the 412 payments are held in the queue")
UP = ChangeTier(REF, Tier.SYSTEMIC, "same double submission in 9 accounts")


def primary(incident: Incident) -> str:
    return pressing.tier3_primary(incident.ticket, incident.now)


def scoped() -> Incident:
    return Incident.open().staffed().at("14:05").by("csm-one", SCOPE)


def called() -> Incident:
    return scoped().at("14:20").by("csm-one", StartCall(REF))


def test_the_scope_comes_first() -> None:
    assert primary(Incident.open().staffed().draft()) == "scope"


def test_a_text_that_waits_comes_before_the_call() -> None:
    assert primary(scoped().draft()) == "review"


def test_then_the_call_is_started() -> None:
    assert primary(scoped()) == "call"


def test_before_the_investigation_opens_an_update_is_drafted() -> None:
    assert primary(called()) == "update"


def test_once_the_investigation_is_open_the_finding_comes_first_and_then_the_isolation() -> None:
    incident = called().at("14:32")
    assert primary(incident) == "finding"
    incident.by("engineer-one", FINDING)
    assert primary(incident) == "isolated"
    incident.by("engineer-one", ISOLATED)
    assert primary(incident) == "update"


def test_at_tier_4_the_commander_comes_first_then_a_text_that_waits() -> None:
    incident = Incident.open().staffed().by("csm-one", UP).draft()
    assert pressing.tier4_primary(incident.ticket) == "commander"
    incident.by("engineering-lead-one", TakeRole(REF, Role.COMMANDER))
    assert pressing.tier4_primary(incident.ticket) == "review"
    assert pressing.tier4_primary(incident.release().ticket) == ""
