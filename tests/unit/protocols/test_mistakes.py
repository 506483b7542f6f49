"""A ticket that was opened by mistake: what ends with it, and how whoever heard of it hears so."""

from __future__ import annotations

from datetime import timedelta

import pytest

from protocols.account.state import Road
from protocols.closure.events import MarkOpenedInError
from protocols.closure.refusals import StillOwed
from protocols.holds.events import ClearHold, ConfirmStopped, HoldCleared, HoldKind, PlaceHold
from protocols.kernel.refusals import NotAllowed, ReasonNeeded, WrongState
from protocols.people.people import ENGINE
from protocols.promises.events import PromiseKept, PromiseLapsed
from protocols.replies.events import RecordCall
from protocols.scales import Impact, NoticedBy
from protocols.status import Status
from protocols.updates.events import SendBack, TextOver
from protocols.updates.refusals import FixedWords
from protocols.updates.state import Updates
from protocols.withdrawals.events import Withdrawal, WithdrawWords
from protocols.withdrawals.standing import Leaving, objection
from tests.kit.rules_incident import REF, Incident, instant

DUPLICATE = MarkOpenedInError(REF, "duplicate", "duplicate of BW-1000", "BW-1000")
NO_PROBLEM = MarkOpenedInError(REF, "not_a_problem", "a test run")
WRONG = MarkOpenedInError(REF, "wrong_account", "meant Birch")
STOP = PlaceHold(REF, HoldKind.TRANSACTION, "37 copies")


def test_until_the_first_update_anyone_on_the_ticket_marks_it_opened_in_error() -> None:
    incident = Incident.open().staffed()
    bare = MarkOpenedInError(REF, "not_a_problem", "")
    assert isinstance(incident.refused("csm-two", bare), ReasonNeeded)
    later = Incident.open().staffed().updated()
    assert isinstance(later.refused("csm-two", NO_PROBLEM), NotAllowed)
    later.by("cs-manager-one", NO_PROBLEM)
    incident.by("csm-two", NO_PROBLEM)
    assert incident.status() is Status.OPENED_IN_ERROR
    assert incident.owed() == set()
    incident.delivered()
    assert {point.kind for point in incident.dues()} == {"archive"}


@pytest.mark.parametrize(
    ("mistake", "template"),
    [(DUPLICATE, "ended_duplicate"), (NO_PROBLEM, "ended_no_problem")],
)
def test_whoever_was_acknowledged_hears_how_it_ends(
    mistake: MarkOpenedInError, template: str
) -> None:
    incident = Incident.open().delivered().at("14:10").by("csm-one", mistake)
    [sent] = incident.told(template)
    assert (sent.key, sent.reports) == (f"{REF}/ended/1", True)
    channel = incident.ticket.of(Road).route.channel_id
    assert objection(incident.ticket, Leaving(sent.key, channel), incident.ctx) is None
    incident.at("14:11").delivered("ended/1")
    assert [e.at for e in incident.events(PromiseKept)] == [instant("14:11")]
    assert not incident.until("15:10").told("late")


def test_a_promise_to_a_wrong_account_is_told_inside_when_its_time_comes() -> None:
    incident = Incident.open().delivered().at("14:10").by("csm-one", WRONG).until("15:02")
    assert not incident.told("late")
    assert [e.told for e in incident.events(PromiseLapsed)] == [False]
    assert incident.told("overdue_update")


def test_a_wrong_account_is_told_to_disregard_it_after_a_release() -> None:
    incident = Incident.open().delivered()
    incident.by("csm-one", WRONG)
    assert not incident.told("disregard")
    incident.until(incident.now + timedelta(minutes=5))
    assert incident.told("prompt_review")
    incident.release()
    (edit,) = incident.told("disregard")
    assert edit.needs == (f"{REF}/ack",)
    incident.delivered()
    assert incident.promised_at() is None


def test_words_that_are_fixed_are_not_sent_back() -> None:
    incident = Incident.open().delivered().by("csm-one", WRONG)
    assert isinstance(incident.refused("cs-manager-one", SendBack(REF, 1, "no")), FixedWords)


def test_without_a_word_to_the_account_there_is_nothing_to_say() -> None:
    funds = frozenset({Impact.FUNDS_MOVED_WRONGLY})
    for mistake in (WRONG, DUPLICATE, NO_PROBLEM):
        incident = Incident.open(impacts=funds, noticed_by=NoticedBy.US).by("csm-one", mistake)
        assert incident.ticket.of(Updates).drafts == ()
        assert not [e for e in incident.last_effects if e.reports]


def test_who_never_read_the_acknowledgment_hears_nothing_and_nothing_is_owed() -> None:
    incident = Incident.open().by("csm-one", NO_PROBLEM)
    for key in ("ack", "ended/1"):
        channel = incident.ticket.of(Road).route.channel_id
        why = objection(incident.ticket, Leaving(f"{REF}/{key}", channel), incident.ctx)
        assert why is not None
        incident.by(ENGINE, WithdrawWords(REF, f"{REF}/{key}", why))
    assert why is Withdrawal.NOTHING_THERE
    assert [e.unheard for e in incident.events(PromiseLapsed)] == [True]
    assert not incident.told("overdue_update")


def test_who_was_acknowledged_by_phone_is_called_again() -> None:
    incident = Incident.nowhere().at("14:05").by("csm-one", RecordCall(REF, "told them"))
    incident.by("csm-one", DUPLICATE)
    assert [e.params["person"] for e in incident.told("prompt_call_end")] == ["csm-one"]


def test_a_text_in_review_is_over() -> None:
    incident = Incident.open().delivered().staffed().draft().by("csm-one", NO_PROBLEM)
    assert [e.why for e in incident.events(TextOver)] == ["opened_in_error"]
    assert not incident.until("16:00").told("prompt_review")


def test_a_stop_that_nobody_confirmed_is_not_asked_for_any_more() -> None:
    incident = Incident.open().staffed().by("csm-one", STOP, NO_PROBLEM)
    assert [e.number for e in incident.events(HoldCleared)] == [1]
    [told] = [e for e in incident.last_effects if e.key == f"{REF}/stop-over/1/{stopper(incident)}"]
    assert told.method == "chat.postMessage"


def stopper(incident: Incident) -> str:
    return str(next(e for e in incident.told("stop_ask")).params["person"])


def test_payments_that_are_stopped_are_let_go_first() -> None:
    incident = Incident.open().staffed().by("csm-one", STOP, ConfirmStopped(REF, 1, "Operations"))
    assert isinstance(incident.refused("csm-one", NO_PROBLEM), StillOwed)
    incident.by("finance-one", ClearHold(REF, 1, "nothing was wrong")).by("csm-one", NO_PROBLEM)
    assert incident.status() is Status.OPENED_IN_ERROR


def test_for_a_mistake_no_payments_are_stopped() -> None:
    incident = Incident.open().by("csm-one", NO_PROBLEM)
    assert isinstance(incident.refused("csm-one", STOP), WrongState)
    incident.by("csm-one", PlaceHold(REF, HoldKind.RETENTION, "audit"))
