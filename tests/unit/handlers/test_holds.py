"""Holds: asked, stopped by a named person, cleared by another."""

from __future__ import annotations

import pytest

from protocols.holds.events import ClearHold, ConfirmStopped, HoldKind, PlaceHold
from protocols.holds.state import Holds, HoldState
from protocols.investigation.events import ConfirmExposure
from tests.unit.handlers.incident import REF, Incident


@pytest.fixture
def incident() -> Incident:
    made = Incident()
    made.ask("csm-one", ConfirmExposure(REF))
    return made


def test_a_hold_on_transactions_is_asked_and_not_yet_confirmed(incident: Incident) -> None:
    form = incident.form("csm-one", "hold.place")
    incident.send("csm-one", form, reason="Second copies settle")
    assert incident.ticket.of(Holds).holds[0].state is HoldState.ASKED
    assert "It is not confirmed" in incident.told


def test_the_same_hold_is_not_placed_twice(incident: Incident) -> None:
    incident.ask("csm-one", PlaceHold(REF, HoldKind.TRANSACTION, "copies"))
    form = incident.form("csm-one", "hold.place")
    answer = incident.send("csm-one", form, reason="Second copies settle")
    assert "done already" in next(iter(answer.errors.values()))


def test_a_stop_is_confirmed_by_a_named_person(incident: Incident) -> None:
    incident.ask("csm-one", PlaceHold(REF, HoldKind.TRANSACTION, "copies"))
    form = incident.form("csm-one", "hold.stopped", "1")
    incident.send("csm-one", form, confirmed_by="Payments Operations One")
    hold = incident.ticket.of(Holds).holds[0]
    assert (hold.state, hold.stopped_by) == (HoldState.STOPPED, "Payments Operations One")


def test_a_confirmed_stop_is_not_confirmed_again(incident: Incident) -> None:
    incident.ask("csm-one", PlaceHold(REF, HoldKind.TRANSACTION, "copies"))
    incident.ask("csm-one", ConfirmStopped(REF, 1, "Payments Operations One"))
    incident.press("csm-one", "hold.stopped", "1")
    assert "earlier state" in incident.told


def test_the_placer_does_not_clear(incident: Incident) -> None:
    incident.ask("finance-one", PlaceHold(REF, HoldKind.TRANSACTION, "copies"))
    form = incident.form("finance-one", "hold.clear", "1")
    answer = incident.send("finance-one", form, reason="Checked")
    assert "You placed it, so someone else clears it" in answer.errors["reason"]
    assert incident.ticket.of(Holds).holds[0].in_force


def test_one_without_the_duty_does_not_clear(incident: Incident) -> None:
    incident.ask("finance-one", PlaceHold(REF, HoldKind.TRANSACTION, "copies"))
    form = incident.form("csm-one", "hold.clear", "1")
    answer = incident.send("csm-one", form, reason="Checked")
    assert "Finance One" in answer.errors["reason"]
    assert incident.ticket.of(Holds).holds[0].in_force


def test_another_with_the_duty_clears_with_a_reason(incident: Incident) -> None:
    incident.ask("csm-one", PlaceHold(REF, HoldKind.TRANSACTION, "copies"))
    form = incident.form("finance-one", "hold.clear", "1")
    incident.send("finance-one", form, reason="All copies are returned")
    hold = incident.ticket.of(Holds).holds[0]
    assert (hold.state, hold.cleared_by) == (HoldState.CLEARED, incident.who("finance-one"))


def test_a_cleared_hold_is_not_cleared_again(incident: Incident) -> None:
    incident.ask("csm-one", PlaceHold(REF, HoldKind.TRANSACTION, "copies"))
    incident.ask("finance-one", ClearHold(REF, 1, "returned"))
    incident.press("finance-one", "hold.clear", "1")
    assert "earlier state" in incident.told


def test_one_asked_from_outside_the_ticket_confirms_in_their_own_name(incident: Incident) -> None:
    incident.ask("csm-one", PlaceHold(REF, HoldKind.TRANSACTION, "copies"))
    form = incident.form("payments-operations-one", "hold.stopped", "1")
    assert '"initial_value": "Payments Operations One"' in incident.sent
    incident.send("payments-operations-one", form, confirmed_by="Payments Operations One")
    assert incident.ticket.of(Holds).holds[0].state is HoldState.STOPPED


def test_one_who_was_not_asked_and_has_no_duty_meets_no_form(incident: Incident) -> None:
    incident.ask("csm-one", PlaceHold(REF, HoldKind.TRANSACTION, "copies"))
    incident.press("security-one", "hold.stopped", "1")
    assert "Only people on BW-1001" in incident.told


def test_one_with_the_duty_clears_from_outside_the_ticket(incident: Incident) -> None:
    incident.ask("csm-one", PlaceHold(REF, HoldKind.TRANSACTION, "copies"))
    form = incident.form("payments-operations-one", "hold.clear", "1")
    incident.send("payments-operations-one", form, reason="All copies are returned")
    assert not incident.ticket.of(Holds).holds[0].in_force


@pytest.mark.parametrize("number", ["7", "", "x", "²"])
def test_a_button_without_a_hold_is_an_old_button(incident: Incident, number: str) -> None:
    incident.press("csm-one", "hold.clear", number)
    assert "earlier state" in incident.told
