"""What is not delivered is told once a cause, with what to do. Source: S177."""

from __future__ import annotations

from protocols.deliveries.events import BuryDelivery, DeliveryBuried, TakeDelivery
from protocols.deliveries.state import Deliveries
from protocols.people.people import ENGINE
from tests.kit.rules_incident import REF, Incident

GONE = "channel_not_found"


def dead(incident: Incident, *keys: str, error: str = GONE) -> Incident:
    for key in keys:
        incident.by(ENGINE, BuryDelivery(REF, f"{REF}/{key}", error))
    return incident


def test_twelve_lines_that_die_of_one_cause_are_told_once_and_all_on_record() -> None:
    incident = dead(Incident.open(), *(f"reply/C1/{number}" for number in range(12)))
    assert len(incident.told("delivery_buried")) == 1
    assert len(incident.events(DeliveryBuried)) == 12
    assert len(incident.ticket.of(Deliveries).dead) == 12


def test_another_cause_is_told_too() -> None:
    incident = dead(dead(Incident.open(), "reply/C1/1"), "reply/C1/2", error="is_archived")
    assert len(incident.told("delivery_buried")) == 2


def test_a_cause_that_was_mended_and_comes_again_is_told_again() -> None:
    incident = dead(Incident.open(), "reply/C1/1")
    incident.by(ENGINE, TakeDelivery(REF, f"{REF}/reply/C1/1", incident.now))
    assert len(dead(incident, "reply/C1/2").told("delivery_buried")) == 2


def test_words_for_the_account_are_told_of_each_time() -> None:
    incident = Incident.open()
    incident.at("14:03")
    dead(incident, "text/1", "text/2", error="invalid_blocks")
    assert len(incident.told("delivery_buried")) == 2
