"""A mail that reached some of its addresses counts as taken; the others are told of, each once."""

from __future__ import annotations

from dataclasses import replace

from protocols.account.events import Missed
from protocols.deliveries.events import AddressesMissed, TakeDelivery
from protocols.people.people import ENGINE
from protocols.withdrawals.standing import Leaving, objection
from tests.kit.rules_incident import REF, Incident, instant

GONE = Missed("gone@acme.example", "550 no such person")
AWAY = Missed("away@acme.example", "451 come again")


def taken(*missed: Missed) -> TakeDelivery:
    return TakeDelivery(REF, f"{REF}/text/1", instant("15:01"), missed=missed)


def released() -> Incident:
    return Incident.open().staffed().at("15:01").draft().release()


def test_a_mail_that_some_have_is_taken_and_whoever_speaks_with_them_hears_who_has_not() -> None:
    incident = released().by(ENGINE, taken(GONE))
    assert incident.promised_at() == instant("16:01")
    (told,) = incident.told("addresses_missed")
    assert told.params["person"] == "csm-one"
    assert told.params["missed"] == [["gone@acme.example", "550 no such person"]]


def test_what_is_known_of_an_address_is_not_told_again() -> None:
    incident = released().by(ENGINE, taken(GONE)).by(ENGINE, taken(GONE, AWAY))
    found = incident.events(AddressesMissed)
    assert [event.missed for event in found] == [(GONE,), (AWAY,)]
    assert len({each.key for each in incident.told("addresses_missed")}) == len(
        incident.told("addresses_missed")
    )


def test_a_mail_that_everybody_has_is_told_to_nobody() -> None:
    assert not released().by(ENGINE, taken()).told("addresses_missed")


def test_what_some_have_already_may_still_leave_for_the_others() -> None:
    incident = Incident.open(channel=None).staffed().at("15:01").draft().release()
    incident.by(ENGINE, taken())
    leaving = Leaving(f"{REF}/text/1", begun=True)
    assert objection(incident.ticket, leaving, incident.ctx) is None
    assert objection(incident.ticket, replace(leaving, begun=False), incident.ctx) is not None
