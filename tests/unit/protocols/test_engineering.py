"""The loop to Engineering on Tier 2: who is asked, who is next, when it is open. S7, D14, D28."""

from __future__ import annotations

import pytest

from protocols.engineering.events import (
    DeclineEngineering,
    EngineerAsked,
    EngineeringTaken,
    EngineersExhausted,
    RecordEngineeringTicket,
    TakeEngineering,
)
from protocols.engineering.refusals import AddressNeeded
from protocols.engineering.state import Loop
from protocols.kernel.effects import Dm
from protocols.kernel.refusals import AlreadyDone, NotAllowed
from protocols.scales import Impact, Tier
from protocols.tiers.events import ChangeTier
from templates.engineering.facts import loop_words
from tests.kit.rules_incident import REF, Incident, instant, who

ADDRESS = "https://tickets.vendor.example/ENG-7"


def tier_2() -> Incident:
    return Incident.open(impacts=frozenset({Impact.PAYMENTS_BLOCKED}), signal=None)


def asked(incident: Incident) -> list[str]:
    return [event.person.key for event in incident.events(EngineerAsked)]


def test_an_engineer_is_asked_at_once_and_the_loop_is_not_open_yet() -> None:
    incident = tier_2()
    assert asked(incident) == ["engineer-one"]
    assert [effect.to for effect in incident.told("engineer_ask")] == [Dm(who("engineer-one"))]
    assert not incident.ticket.of(Loop).is_open
    assert loop_words(incident.ticket) == "Engineer One is asked, and has not answered yet"


def test_who_does_not_answer_is_followed_by_the_next_and_then_by_the_manager() -> None:
    incident = tier_2().until("14:13")
    assert asked(incident) == ["engineer-one", "engineering-lead-one"]
    told = [event.told for event in incident.events(EngineersExhausted)]
    assert told == [who("cs-manager-one")]
    assert loop_words(incident.ticket) == "nobody on duty has answered"
    assert [e.template for e in incident.effects].count("engineer_asked") == 2


def test_who_cannot_is_followed_at_once() -> None:
    incident = tier_2().by("engineer-one", DeclineEngineering(REF))
    assert asked(incident) == ["engineer-one", "engineering-lead-one"]


def test_an_engineer_on_it_opens_the_loop_and_the_owner_hears() -> None:
    incident = tier_2().at("14:04").by("engineer-one", TakeEngineering(REF))
    assert incident.ticket.of(Loop).is_open
    assert loop_words(incident.ticket) == "Engineer One is on it"
    assert [effect.to for effect in incident.told("engineering_in")] == [Dm(who("csm-one"))]
    assert asked(incident.until("15:00")) == ["engineer-one"]
    refused = incident.refused("engineering-lead-one", TakeEngineering(REF))
    assert isinstance(refused, AlreadyDone)


def test_who_was_asked_and_lapsed_may_still_be_on_it() -> None:
    incident = tier_2().until("14:13").by("engineer-one", TakeEngineering(REF))
    assert incident.events(EngineeringTaken)


def test_the_address_of_their_ticket_opens_the_loop_too() -> None:
    incident = tier_2().by("csm-one", RecordEngineeringTicket(REF, ADDRESS))
    assert incident.ticket.of(Loop).is_open
    assert loop_words(incident.ticket) == f"its ticket: {ADDRESS}"
    assert not [point for point in incident.dues() if point.kind == "engineer_silent"]


@pytest.mark.parametrize("words", ["", "soon", "ftp://x", "https://a b"])
def test_a_word_is_no_address(words: str) -> None:
    refused = tier_2().refused("csm-one", RecordEngineeringTicket(REF, words))
    assert isinstance(refused, AddressNeeded)


def test_an_address_with_a_card_number_in_it_is_not_kept() -> None:
    address = f"{ADDRESS}?of=4111111111111111"
    refused = tier_2().refused("csm-one", RecordEngineeringTicket(REF, address))
    assert isinstance(refused, AddressNeeded)


def test_who_is_no_engineer_is_not_on_it() -> None:
    assert isinstance(tier_2().refused("csm-one", TakeEngineering(REF)), NotAllowed)


def test_a_tier_1_asks_nobody_until_it_is_raised() -> None:
    incident = Incident.open(impacts=frozenset(), signal=None)
    assert asked(incident) == []
    incident.at("15:00").by("csm-one", ChangeTier(REF, Tier.ELEVATED, "payments wait"))
    assert asked(incident) == ["engineer-one"]
    assert incident.events(EngineerAsked)[0].at == instant("15:00")
