"""An account that can only be called: when a call is owed, and what a call tells."""

from __future__ import annotations

from protocols.deliveries.events import BuryDelivery
from protocols.deliveries.state import Deliveries
from protocols.ladder.events import StepKind
from protocols.replies.by_phone import call_is_owed, next_to_read
from protocols.replies.events import RecordCall
from protocols.replies.state import Calls
from protocols.updates.events import DraftState
from protocols.updates.state import Updates
from tests.kit.rules_incident import REF, Incident, instant

CALL = RecordCall(REF, "AP Director One: told them")


def nowhere() -> Incident:
    """Return an incident whose account has no road, called at 14:09."""
    return Incident.nowhere().staffed().at("14:09").by("csm-one", CALL)


def test_it_is_owed_until_somebody_has_called() -> None:
    incident = Incident.nowhere()
    assert call_is_owed(incident.ticket)
    incident.at("14:09").by("csm-one", CALL)
    assert not call_is_owed(incident.ticket)
    assert incident.ticket.of(Calls).called_by == incident.ctx.who("csm-one")


def test_released_words_are_owed_a_call_and_the_call_tells_them() -> None:
    incident = nowhere().at("14:40").draft()
    assert not call_is_owed(incident.ticket)
    incident.release()
    assert call_is_owed(incident.ticket)
    incident.at("14:50").by("csm-one", CALL)
    assert not call_is_owed(incident.ticket)
    assert incident.ticket.of(Updates).drafts[0].state is DraftState.DELIVERED
    assert incident.step(StepKind.FIRST_UPDATE).settled_at == instant("14:50")


def test_words_for_an_account_that_is_not_set_are_given_to_its_contact_to_read() -> None:
    incident = Incident.open(account_key=None).staffed().at("14:40").draft().release()
    contact = incident.ticket.poc
    assert contact is not None
    assert [each.params["person"] for each in incident.told("prompt_read")] == [contact.key]
    incident.at("14:50").by("csm-one", CALL)
    assert incident.ticket.of(Updates).drafts[0].state is DraftState.DELIVERED


def test_of_two_released_texts_one_call_is_enough() -> None:
    incident = nowhere().at("14:40").draft().release().at("14:42").draft().release()
    incident.at("14:45").by("csm-one", CALL)
    assert not call_is_owed(incident.ticket)
    assert next_to_read(incident.ticket) is None


def test_a_promise_that_passes_is_owed_a_call() -> None:
    incident = nowhere().at("14:40").draft().release().at("14:50").by("csm-one", CALL)
    incident.until("15:39")
    assert not call_is_owed(incident.ticket)
    incident.until("15:41")
    assert call_is_owed(incident.ticket)
    incident.by("csm-one", CALL)
    assert not call_is_owed(incident.ticket)


def test_words_that_were_refused_for_good_are_told_by_a_call() -> None:
    incident = Incident.open().delivered().staffed().at("14:50").draft().release()
    incident.by("cs-manager-one", BuryDelivery(REF, f"{REF}/text/1", "gone"))
    assert incident.ticket.of(Deliveries).dead[incident.ticket.of(Calls).dead_when_called :]
    incident.at("14:58").by("csm-one", CALL)
    assert not incident.ticket.of(Deliveries).dead[incident.ticket.of(Calls).dead_when_called :]
    assert incident.step(StepKind.FIRST_UPDATE).late_by_s == 0.0
    assert incident.promised_at() == instant("15:50")


def test_a_call_beside_a_text_on_its_way_tells_nothing_of_it() -> None:
    incident = Incident.open().delivered().staffed().at("14:50").draft().release()
    incident.by("csm-one", CALL)
    assert incident.ticket.of(Updates).drafts[0].state is DraftState.RELEASED
