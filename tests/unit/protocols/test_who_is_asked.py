"""Who is asked on an unusual login, on exposed data, and where no sponsor is named.

Source: D35, D36, D40.
"""

from __future__ import annotations

from typing import Any

from protocols.account.events import RouteKind
from protocols.account.state import Road
from protocols.bridge.events import BringInNow
from protocols.classification.events import Classify
from protocols.engineering.events import EngineerAsked
from protocols.executives.state import Executives
from protocols.helpers.events import AskEngineering
from protocols.helpers.state import Helpers
from protocols.kernel.refusals import AlreadyDone, NotAllowed
from protocols.ladder.events import StepKind
from protocols.ladder.state import Ladder
from protocols.opening.tiering import tier_of
from protocols.people.people import Role
from protocols.roles.state import Roles
from protocols.scales import Impact, Signal, Tier
from protocols.tiers.events import ChangeTier
from templates.engineering.facts import loop_words
from tests.kit.rules_incident import REF, Incident, without_sponsors

LOGIN: dict[str, Any] = {"signal": Signal.UNUSUAL_LOGIN, "impacts": frozenset[Impact]()}


def called(incident: Incident) -> set[str]:
    return {helper.duty for helper in incident.ticket.of(Helpers).helpers}


def investigator_asked(incident: Incident) -> bool:
    seat = incident.ticket.of(Roles).seat(Role.INVESTIGATOR)
    return seat is not None and (seat.asked is not None or seat.exhausted)


def test_of_an_unusual_login_nobody_of_engineering_is_asked() -> None:
    incident = Incident.open(**LOGIN)
    assert "security" in called(incident)
    incident.by("csm-one", BringInNow(REF)).until("14:40")
    assert "engineering-lead" not in called(incident)
    assert not investigator_asked(incident)


def test_nor_when_it_becomes_tier_4() -> None:
    incident = Incident.open(**LOGIN)
    incident.by("csm-one", ChangeTier(REF, Tier.SYSTEMIC, "Many", frozenset({Impact.CARD_DATA})))
    assert "engineering-lead" not in called(incident)


def test_nor_when_it_is_tier_2_by_classifying_or_by_a_lower_tier() -> None:
    classified = Incident.heard("Somebody signed in at night who is not ours.")
    classified.by("csm-one", Classify(REF, Tier.ELEVATED, signal=Signal.UNUSUAL_LOGIN))
    assert classified.ticket.tier is Tier.ELEVATED
    lowered = Incident.open(**LOGIN).at("14:30")
    lowered.by("cs-manager-one", ChangeTier(REF, Tier.ELEVATED, "one of ours, on a trip")).agreed()
    assert lowered.ticket.tier is Tier.ELEVATED
    for incident in (classified, lowered):
        incident.until("15:30")
        assert incident.events(EngineerAsked) == []
        assert "Security" in loop_words(incident.ticket)


def test_on_tier_2_security_asks_an_engineer() -> None:
    incident = Incident.heard("Somebody signed in at night who is not ours.")
    incident.by("csm-one", Classify(REF, Tier.ELEVATED, signal=Signal.UNUSUAL_LOGIN))
    incident.by("security-one", AskEngineering(REF))
    assert [event.person.key for event in incident.events(EngineerAsked)] == ["engineer-one"]


def test_engineering_is_asked_when_security_asks_and_once() -> None:
    incident = Incident.open(**LOGIN)
    assert isinstance(incident.refused("csm-one", AskEngineering(REF)), NotAllowed)
    incident.by("security-one", AskEngineering(REF))
    assert "engineering-lead" in called(incident)
    assert investigator_asked(incident)
    assert isinstance(incident.refused("security-one", AskEngineering(REF)), AlreadyDone)


def test_data_exposed_at_one_account_is_tier_3_and_told_to_its_named_contact_alone() -> None:
    assert tier_of(frozenset({Impact.DATA_EXPOSED}), None) is Tier.CRITICAL
    incident = Incident.open(signal=None, impacts=frozenset({Impact.DATA_EXPOSED}))
    assert incident.ticket.of(Road).route.kind is RouteKind.MAIL
    assert "security" in called(incident)


def test_without_a_sponsor_the_executive_on_duty_is_told() -> None:
    incident = Incident.open(directory=without_sponsors(duty=True))
    assert [e.who.key for e in incident.ticket.of(Executives).executives] == ["sponsor-one"]
    assert incident.ticket.of(Ladder).step(StepKind.SPONSOR_TOLD) is not None
    assert incident.told("brief_t3")


def test_where_there_is_none_either_the_manager_is_told_that_nobody_was() -> None:
    incident = Incident.open(directory=without_sponsors(duty=False))
    assert not incident.ticket.of(Executives).executives
    assert incident.ticket.of(Ladder).step(StepKind.SPONSOR_TOLD) is None
    (told,) = incident.told("no_executive_told")
    assert told.params["person"] == "cs-manager-one"
    incident.by("csm-one", ChangeTier(REF, Tier.SYSTEMIC, "Many", frozenset({Impact.CARD_DATA})))
    assert len(incident.told("no_executive_told")) == 1


def test_a_ticket_without_an_account_has_an_executive_too() -> None:
    incident = Incident.open(account_key=None)
    assert [e.who.key for e in incident.ticket.of(Executives).executives] == ["sponsor-one"]
