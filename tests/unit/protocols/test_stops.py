"""A transaction hold is asked of somebody: the rota, the CS manager, and who may press."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from protocols.bridge.refusals import NotInTheBridge
from protocols.bridge.state import BridgeState
from protocols.closure.events import MarkOpenedInError, Resolve
from protocols.helpers.events import JoinBridge
from protocols.holds.events import (
    ClearHold,
    ConfirmStopped,
    HoldKind,
    PlaceHold,
    StopAsked,
    StopLapsed,
    StopRotaExhausted,
)
from protocols.holds.state import Holds, HoldState
from protocols.kernel.effects import Dm, Effect, Gateway
from protocols.kernel.refusals import AlreadyDone, OldButton
from protocols.people.directory import Directory, Person
from protocols.people.duties import PAYMENTS, Duty
from protocols.people.people import Actor, Standing, Who
from protocols.policy.policy import Policy
from protocols.rights.refusals import NotYours, Outside
from protocols.rights.state import Known
from tests.kit.rules_incident import REF, Incident, people, policy, who

ONE, TWO = "payments-operations-one", "payments-operations-two"
PLACE = PlaceHold(REF, HoldKind.TRANSACTION, "second copies may go out")
STOPPED = ConfirmStopped(REF, 1, "Payments Operations One")


def two_on_duty() -> Directory:
    second = Person(TWO, "Payments Operations Two", "two@vendor.example", "+1 555-0124",
                    (Duty(PAYMENTS),))  # fmt: skip
    return replace(people(), people=(*people().people, second))


def nobody_on_duty() -> Directory:
    kept = tuple(person for person in people().people if not person.has(PAYMENTS))
    return replace(people(), people=kept)


def placed(directory: Directory | None = None) -> Incident:
    return Incident.open(directory=directory).at("14:39").by("csm-one", PLACE)


def dms(incident: Incident, template: str) -> list[str]:
    return [e.to.person.key for e in incident.told(template) if isinstance(e.to, Dm)]


def edits(incident: Incident) -> list[Effect]:
    return [e for e in incident.told("stop_settled") if e.method == "chat.update"]


def test_whoever_is_on_duty_is_asked_at_once_and_paged() -> None:
    incident = placed()
    assert incident.ticket.of(Holds).holds[0].stopper == Who(ONE, "Payments Operations One")
    assert dms(incident, "stop_ask") == [ONE]
    assert [e.gateway for e in incident.told("page_stop")] == [Gateway.PAGER]
    assert not incident.told("stop_rota_end")


def test_whoever_was_asked_confirms_without_being_on_the_ticket() -> None:
    incident = placed()
    assert not incident.ticket.of(Known).knows(ONE)
    incident.by(ONE, STOPPED)
    hold = incident.ticket.of(Holds).holds[0]
    assert (hold.state, hold.stopped_by) == (HoldState.STOPPED, "Payments Operations One")
    assert not incident.ticket.of(Known).knows(ONE)


def test_to_be_asked_takes_no_place_in_the_bridge_and_gives_no_say_over_words() -> None:
    incident = placed().staffed().draft()
    assert ONE not in {who.key for who in incident.ticket.of(BridgeState).here}
    assert isinstance(incident.refused(ONE, incident.releasing()), NotInTheBridge)
    incident.by(ONE, JoinBridge(REF))
    assert incident.ticket.of(Known).knows(ONE)


def test_another_of_the_duty_may_confirm_and_a_stranger_may_not() -> None:
    incident = placed(two_on_duty())
    outsider = Actor(Who(ONE, "Someone"), Standing.OUTSIDE)
    assert isinstance(incident.refused(outsider, STOPPED), Outside)
    assert isinstance(incident.refused("security-one", STOPPED), NotYours)
    incident.by(Actor(Who(TWO, "Payments Operations Two"), duties=frozenset({PAYMENTS})), STOPPED)
    assert incident.ticket.of(Holds).holds[0].state is HoldState.STOPPED


def test_one_asked_without_the_duty_in_the_directory_may_confirm_too() -> None:
    incident = placed(two_on_duty()).until("14:44")
    incident.by(Actor(Who(TWO, "Payments Operations Two")), STOPPED)
    assert incident.ticket.of(Holds).holds[0].state is HoldState.STOPPED


def test_after_five_minutes_the_next_is_asked_and_the_manager_told() -> None:
    incident = placed(two_on_duty()).until("14:43:59")
    assert dms(incident, "stop_ask") == [ONE]
    incident.until("14:44")
    assert dms(incident, "stop_ask") == [ONE, TWO]
    assert dms(incident, "stop_unanswered") == ["cs-manager-one"]
    assert [lapsed.person.key for lapsed in incident.events(StopLapsed)] == [ONE]
    incident.until("14:49")
    assert dms(incident, "stop_rota_end") == ["cs-manager-one"]
    assert len(incident.events(StopRotaExhausted)) == 1
    assert not [point for point in incident.dues() if point.kind == "stop_unanswered"]
    incident.by(ONE, STOPPED)
    assert incident.ticket.of(Holds).holds[0].state is HoldState.STOPPED


def test_with_nobody_on_duty_the_manager_is_told_at_once() -> None:
    incident = placed(nobody_on_duty())
    assert dms(incident, "stop_rota_end") == ["cs-manager-one"]
    assert not incident.told("stop_ask")


def test_someone_whom_slack_does_not_know_is_passed_over() -> None:
    incident = Incident.open(directory=two_on_duty(), unreachable=frozenset({ONE}))
    incident.by("csm-one", PLACE)
    assert dms(incident, "stop_ask") == [TWO]


def test_once_stopped_nobody_further_is_asked_and_the_question_is_settled() -> None:
    incident = placed(two_on_duty()).by(ONE, STOPPED)
    assert [e.to for e in edits(incident)] == [Dm(who(ONE))]
    incident.until("15:00")
    assert dms(incident, "stop_ask") == [ONE]
    assert isinstance(incident.refused(ONE, STOPPED), AlreadyDone)
    incident.by("finance-one", ClearHold(REF, 1, "all is right"))
    assert [e.key.rpartition("/")[2] for e in edits(incident)] == ["stopped", "cleared"]


def test_a_hold_cleared_before_it_was_confirmed_asks_nobody_further() -> None:
    incident = placed(two_on_duty()).by("finance-one", ClearHold(REF, 1, "a mistake"))
    incident.until("15:00")
    assert dms(incident, "stop_ask") == [ONE]
    assert len(edits(incident)) == 1


def test_the_question_outlives_the_resolution_and_ends_with_an_opening_in_error() -> None:
    incident = placed(two_on_duty()).by(
        "csm-one", Resolve(REF, "Copies returned.", "See the statement.")
    )
    assert [point.kind for point in incident.dues() if point.kind == "stop_unanswered"]
    other = placed(two_on_duty())
    other.by("csm-one", MarkOpenedInError(REF, "not_a_problem", "a test run"))
    assert not [point for point in other.dues() if point.kind == "stop_unanswered"]


def test_other_holds_ask_nobody_to_stop_payments() -> None:
    incident = Incident.open().by("csm-one", PlaceHold(REF, HoldKind.RETENTION, "lawyers"))
    assert not incident.events(StopAsked)
    incident.by("compliance-one", ClearHold(REF, 1, "over"))
    assert not edits(incident)


def test_a_button_of_no_hold_is_an_old_button() -> None:
    assert isinstance(placed().refused(ONE, ConfirmStopped(REF, 9, "me")), OldButton)


def test_an_older_policy_waits_as_long_as_for_a_role() -> None:
    body = policy().body.replace('"holds":{"answer_within":"5m"},', "")
    assert body != policy().body
    older = Policy.from_body(body)
    assert older.holds.answer_within == older.roles.accept_within == timedelta(minutes=5)
