"""What leaves late says only what is so: a passed time, a second acknowledgment, a new road."""

from __future__ import annotations

from protocols.account.events import Route, RouteChanged, RouteKind
from protocols.deliveries.events import MAY_HAVE_ARRIVED, BuryDelivery
from protocols.fixed_texts.events import SendFixed
from protocols.fixed_texts.refusals import AlreadySent
from protocols.naming.events import SetAccount
from protocols.people.people import ENGINE
from protocols.updates.events import DraftState
from protocols.updates.state import Updates
from protocols.withdrawals.events import RecallText, TextRerouted, Withdrawal, WithdrawWords
from protocols.withdrawals.rules import given_a_road
from protocols.withdrawals.standing import Leaving, objection
from tests.kit.rules_incident import REF, Incident

CHANNEL = "C0ACME0001"
ACKNOWLEDGE = SendFixed(REF, "acknowledgment")


def against(incident: Incident, key: str) -> Withdrawal | None:
    return objection(incident.ticket, Leaving(f"{REF}/{key}", CHANNEL), incident.ctx)


def withdrawn(incident: Incident, key: str) -> Incident:
    why = against(incident, key)
    assert why is not None
    return incident.by(ENGINE, WithdrawWords(REF, f"{REF}/{key}", why))


def test_an_update_does_not_leave_after_the_time_that_it_promises() -> None:
    incident = Incident.open().delivered().staffed().at("14:50").draft().release()
    assert against(incident, "text/1") is None
    incident.at("15:50")
    assert against(incident, "text/1") is Withdrawal.TIME_PASSED
    withdrawn(incident, "text/1")
    [draft] = incident.ticket.of(Updates).drafts
    assert draft.state is DraftState.SENT_BACK
    assert "csm-two" in [e.params.get("person") for e in incident.told("withdrawn_line")]
    assert incident.until("15:51").told("late")
    incident.draft(number=1).release()
    assert incident.told("update_customer")[-1].key == f"{REF}/text/1/2"


def test_an_acknowledgment_whose_time_has_passed_is_said_anew_with_one_that_can_be_kept() -> None:
    incident = Incident.open().until("15:30")
    withdrawn(incident, "ack")
    [first, again] = incident.told("ack_customer")
    assert (first.key, again.key) == (f"{REF}/ack", f"{REF}/ack/2")
    assert against(incident, "ack/2") is None
    promised = incident.promised_at()
    assert promised is not None
    assert promised > incident.now


def test_a_lost_acknowledgment_is_pressed_again_in_a_turn_of_its_own() -> None:
    incident = Incident.open().by(ENGINE, BuryDelivery(REF, f"{REF}/ack", "invalid_blocks"))
    incident.at("14:05").by("csm-one", ACKNOWLEDGE)
    again = incident.told("ack_customer")[-1]
    assert again.key == f"{REF}/ack/2"
    assert isinstance(incident.at("14:20").refused("csm-one", ACKNOWLEDGE), AlreadySent)
    assert against(incident, "ack") is Withdrawal.OUTDATED
    incident.staffed().at("14:50").draft().release()
    assert incident.told("update_customer")[-1].needs == (f"{REF}/ack/2",)


def test_words_that_may_have_left_are_not_said_to_have_stayed() -> None:
    incident = Incident.open().delivered().staffed().at("14:50").draft().release()
    incident.by("cs-manager-one", RecallText(REF, 1))
    died = BuryDelivery(REF, f"{REF}/text/1", f"{MAY_HAVE_ARRIVED}, and may not leave again")
    incident.by(ENGINE, died)
    assert {e.params["maybe"] for e in incident.told("withdrawn_line")} == {True}


def test_words_that_waited_for_a_call_leave_when_there_is_a_road() -> None:
    incident = Incident.nowhere().staffed().at("14:50").draft().release()
    before = incident.ticket
    mail = Route(RouteKind.MAIL, addresses=("ap.director.one@acme.example",))
    given = RouteChanged(incident.now, incident.ctx.by, mail)
    incident.happened(given)
    found = given_a_road(before, (given,), incident.ticket, incident.ctx)
    assert [type(event) for event in found] == [TextRerouted]


def test_words_that_waited_for_a_call_leave_once_when_the_account_is_named() -> None:
    incident = Incident.open(account_key=None, channel=None).staffed().at("14:50").draft().release()
    incident.by("cs-manager-one", SetAccount(REF, "acme"))
    assert [event.key for event in incident.events(TextRerouted)] == [f"{REF}/text/1"]
