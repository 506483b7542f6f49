"""Seats: who takes them, who may not, who is asked, and the one contact."""

from __future__ import annotations

import json

import pytest

from handlers.slack.roles import hand_over_form
from protocols.bridge.events import BringInNow
from protocols.contact.events import OfferPoc
from protocols.contact.state import HandOver
from protocols.people.people import Role
from protocols.roles.events import TakeRole
from protocols.roles.state import Roles
from protocols.scales import Severity
from templates.kit import catalogue, render
from tests.kit import rules_incident as rules
from tests.unit.handlers.desk_in_memory import ACMES_TEAM, slack_id
from tests.unit.handlers.incident import REF, Incident
from tests.unit.templates.world import sample


@pytest.fixture
def incident() -> Incident:
    return Incident()


def test_a_vacant_role_is_taken_with_one_press(incident: Incident) -> None:
    incident.ask("csm-one", BringInNow(REF))
    incident.press("engineer-one", "role.take:investigator", "investigator")
    seat = incident.ticket.of(Roles).seat(Role.INVESTIGATOR)
    assert seat is not None
    assert seat.holder == incident.who("engineer-one")
    assert "You are the investigator on BW-1001." in incident.told


def test_the_second_of_two_on_one_button_hears_who_was_first(incident: Incident) -> None:
    incident.staff()
    incident.press("cs-manager-one", "role.take:scribe", "scribe")
    assert "Support Two took scribe" in incident.told


def test_one_press_that_comes_twice_takes_the_role_once(incident: Incident) -> None:
    incident.ask("csm-one", BringInNow(REF))
    for _ in range(2):
        incident.press("engineer-one", "role.accept", "investigator", trigger="9.9.abc")
    assert sum(isinstance(c, TakeRole) for c in incident.desk.commands) == 1
    assert "You are the investigator" in incident.told


def test_the_investigator_does_not_become_the_communicator(incident: Incident) -> None:
    incident.staff()
    incident.press("engineer-one", "hand_over.open", "communicator")
    form = incident.own(incident.slack.shown())
    answer = incident.send("engineer-one", form, person=slack_id("engineer-one"))
    assert "does not write to the customer" in answer.errors["person"]


def test_one_who_declines_is_thanked_and_the_next_is_asked(incident: Incident) -> None:
    incident.ask("csm-one", BringInNow(REF))
    asked = incident.ticket.of(Roles).seat(Role.SCRIBE).asked  # type: ignore[union-attr]
    assert asked is not None
    incident.press(asked.key, "role.decline", "scribe")
    after = incident.ticket.of(Roles).seat(Role.SCRIBE)
    assert after is not None
    assert asked.key in after.tried
    assert after.asked is not None
    assert f"{after.asked.name} is asked now" in incident.told


def test_another_cannot_decline_for_the_one_asked(incident: Incident) -> None:
    incident.ask("csm-one", BringInNow(REF))
    before = incident.ticket
    incident.press("finance-one", "role.decline", "scribe")
    assert incident.ticket == before
    assert "you are not the one who is asked. Support One is asked now." in incident.told


def test_people_outside_take_no_role(incident: Incident) -> None:
    before = incident.ticket
    incident.press("U0STRANGER", "role.take:scribe", "scribe", team=ACMES_TEAM)
    assert incident.ticket == before
    assert "This is for Bridgewatch Payments staff" in incident.told


def test_an_unknown_role_is_an_old_button(incident: Incident) -> None:
    incident.press("csm-one", "role.take:steward", "steward")
    assert "earlier state" in incident.told


def test_a_hand_over_asks_the_other_and_the_holder_keeps_it(incident: Incident) -> None:
    incident.staff()
    form = incident.form("csm-two", "hand_over.open", "communicator")
    answer = incident.send("csm-two", form, person=slack_id("csm-one"), reason="End of duty")
    seat = incident.ticket.of(Roles).seat(Role.COMMUNICATOR)
    assert seat is not None
    assert (seat.holder, seat.asked) == (incident.who("csm-two"), incident.who("csm-one"))
    assert "CSM Two holds it until they accept" in answer.text


def test_a_hand_over_without_a_role_asks_which(incident: Incident) -> None:
    form = incident.form("csm-one", "hand_over.open")
    answer = incident.send("csm-one", form, role="contact", person=slack_id("csm-two"))
    assert incident.ticket.of(HandOver).asked == incident.who("csm-two")
    assert answer.raw == ""


@pytest.mark.parametrize(("tier", "title"), [(1, "Give to someone"), (3, "Hand over")])
def test_the_form_that_gives_a_ticket_away_is_called_as_its_button_is(
    tier: int, title: str
) -> None:
    shown = {**sample(catalogue.messages()["show"]), "tier": tier}
    assert f"'{title}'" in str(render.message("show", shown).blocks)
    form = {**sample(catalogue.views()["hand_over"]), "tier": tier}
    assert render.view("hand_over", form)["title"]["text"] == title


def test_the_contact_changes_only_when_the_other_accepts(incident: Incident) -> None:
    incident.ask("csm-one", OfferPoc(REF, incident.who("csm-two")))
    assert incident.ticket.poc == incident.who("csm-one")
    incident.press("csm-two", "poc.accept")
    assert incident.ticket.poc == incident.who("csm-two")
    assert "You are Acme's one contact" in incident.told


def test_a_declined_contact_stays_with_the_one_who_has_it(incident: Incident) -> None:
    incident.ask("csm-one", OfferPoc(REF, incident.who("csm-two")))
    incident.press("csm-two", "poc.decline")
    assert incident.ticket.poc == incident.who("csm-one")
    assert "CSM One stays Acme's contact" in incident.told


def test_the_contact_goes_to_no_one_who_is_not_a_csm(incident: Incident) -> None:
    form = incident.form("csm-one", "hand_over.open", "contact")
    answer = incident.send("csm-one", form, person=slack_id("engineer-one"))
    assert "not a CSM" in answer.errors["person"]


def test_a_person_whom_the_desk_does_not_know_is_not_asked(incident: Incident) -> None:
    form = incident.form("csm-one", "hand_over.open", "contact")
    answer = incident.send("csm-one", form, person="U0NOBODY")
    assert "not in the directory" in answer.errors["person"]


def test_where_there_is_no_bridge_the_form_offers_no_roles_of_one() -> None:
    low = rules.Incident.open(impacts=frozenset(), signal=None, severity=Severity.LOW)
    assert "Investigator" not in json.dumps(hand_over_form(low.ticket, ""))
    assert "Investigator" in json.dumps(hand_over_form(rules.Incident.open().ticket, ""))
