"""What is not delivered is listed by name in one message a matter, with what to do. S177.

Proves: F09.
"""

from __future__ import annotations

from protocols.deliveries.events import (
    BuryDelivery,
    DeliveriesTriedAgain,
    DeliveryBuried,
    TakeDelivery,
    ToldThem,
    TryAgain,
)
from protocols.deliveries.state import Deliveries
from protocols.kernel.effects import Effect
from protocols.kernel.refusals import AlreadyDone
from protocols.people.people import ENGINE
from tests.kit.rules_incident import REF, Incident

GONE = "channel_not_found"


def dead(incident: Incident, *keys: str, error: str = GONE, person: str = "") -> Incident:
    for key in keys:
        incident.by(ENGINE, BuryDelivery(REF, f"{REF}/{key}", error, person))
    return incident


def posts(incident: Incident) -> list[Effect]:
    return [each for each in incident.told("undelivered") if each.method == "chat.postMessage"]


def listed(incident: Incident) -> tuple[str, ...]:
    known = incident.ticket.of(Deliveries)
    return known.open_of_batch(known.batch)


def test_what_dies_of_one_matter_is_one_message_in_which_all_are_listed() -> None:
    incident = Incident.open()
    for number in range(6):
        dead(incident, f"invite/{number}/0", error="cant_invite")
        dead(incident, f"called/{number}", error="account_inactive", person=f"support-{number}")
    assert len(posts(incident)) == 1
    assert len(listed(incident)) == 12
    assert incident.told("undelivered")[-1].method == "chat.update"


def test_a_cause_that_is_known_is_listed_and_told_nobody_again() -> None:
    incident = dead(Incident.open(), "reply/C1/1")
    dead(incident.until("16:30"), "reply/C1/2")
    assert len(posts(incident)) == 1
    assert len(incident.events(DeliveryBuried)) == len(incident.ticket.of(Deliveries).dead) == 2


def test_another_matter_later_is_a_message_of_its_own() -> None:
    incident = dead(Incident.open(), "reply/C1/1")
    dead(incident.until("16:30"), "reply/C1/2", error="is_archived")
    assert len(posts(incident)) == 2


def test_it_is_told_somebody_whom_the_refusal_does_not_concern() -> None:
    incident = dead(Incident.open(), "called/1", error="account_inactive", person="cs-manager-one")
    [told] = posts(incident)
    assert told.params["person"] != "cs-manager-one"


def test_a_cause_that_was_mended_and_comes_again_is_told_again() -> None:
    incident = dead(Incident.open(), "reply/C1/1")
    incident.by(ENGINE, TakeDelivery(REF, f"{REF}/reply/C1/1", incident.now))
    assert len(posts(dead(incident.until("16:30"), "reply/C1/2"))) == 2


def test_what_is_tried_again_is_refused_no_more_and_listed_once_it_is_again() -> None:
    incident = dead(Incident.open(), "reply/C1/1").by("csm-one", TryAgain(REF))
    known = incident.ticket.of(Deliveries)
    assert (known.dead, known.tried) == ((), (f"{REF}/reply/C1/1",))
    assert isinstance(incident.refused("csm-one", TryAgain(REF)), AlreadyDone)
    dead(incident.until("14:04"), "reply/C1/1")
    assert listed(incident) == (f"{REF}/reply/C1/1",)
    assert len(posts(incident)) == 1
    incident.by("csm-one", TryAgain(REF))
    incident.by(ENGINE, TakeDelivery(REF, f"{REF}/reply/C1/1", incident.now))
    assert incident.ticket.of(Deliveries).tried == ()
    assert len(incident.events(DeliveriesTriedAgain)) == 2


def test_what_somebody_told_by_themselves_waits_for_nobody() -> None:
    incident = dead(Incident.open(), "called/1", error="account_inactive", person="support-one")
    incident.by("csm-one", ToldThem(REF))
    assert listed(incident) == ()
    teller = incident.ticket.of(Deliveries).told_by(f"{REF}/called/1")
    assert teller is not None
    assert teller.name == "CSM One"
    assert isinstance(incident.refused("csm-one", ToldThem(REF)), AlreadyDone)


def test_words_for_the_account_are_told_of_each_time() -> None:
    incident = Incident.open()
    incident.at("14:03")
    dead(incident, "text/1", "text/2", error="invalid_blocks")
    assert len(incident.told("delivery_buried")) == 2
