"""A question asked from a brief reaches a named person, and its answer whoever asked. D11, D41."""

from __future__ import annotations

from datetime import timedelta

from protocols.executives.events import AnswerQuestion, AskQuestion
from protocols.executives.state import AskedQuestion, Questions
from protocols.kernel.refusals import AlreadyDone, OldButton, ReasonNeeded
from protocols.rights.refusals import NotYours
from tests.kit.rules_incident import REF, Incident

ASKS = AskQuestion(REF, "Is any other run concerned?")


def asked() -> Incident:
    return Incident.open().at("14:20").by("sponsor-one", ASKS)


def question(incident: Incident) -> AskedQuestion:
    (one,) = incident.ticket.of(Questions).questions_asked
    return one


def test_a_question_reaches_the_one_contact_and_the_bridge() -> None:
    incident = asked()
    assert question(incident).asked_of.key == "csm-one"
    assert [e.params["person"] for e in incident.told("question_ask")] == ["csm-one"]
    assert len(incident.told("question_line")) == 1


def test_the_answer_comes_to_whoever_asked_once() -> None:
    incident = asked().at("14:25").by("csm-one", AnswerQuestion(REF, 1, "No other run."))
    (told,) = incident.told("question_answered")
    assert told.params["person"] == "sponsor-one"
    assert question(incident).answer == "No other run."
    again = incident.refused("cs-manager-one", AnswerQuestion(REF, 1, "None."))
    assert isinstance(again, AlreadyDone)
    assert again.facts["person"] == "CSM One"
    assert len(incident.told("question_line")) == 2


def test_without_an_answer_it_is_asked_again_and_whoever_asked_hears_it() -> None:
    incident = asked()
    due_at = question(incident).due_at
    assert due_at - incident.now == incident.ctx.policy.questions.answer_within
    incident.until(due_at + timedelta(minutes=1))
    people = [e.params["person"] for e in incident.told("question_ask")]
    assert people == ["csm-one", "csm-one", "cs-manager-one"]
    assert [e.params["person"] for e in incident.told("question_answered")] == ["sponsor-one"]
    incident.until("23:00")
    assert len(incident.told("question_ask")) == 3


def test_an_answered_question_asks_nobody_again() -> None:
    incident = asked().by("csm-one", AnswerQuestion(REF, 1, "No."))
    assert not [point for point in incident.dues() if point.kind == "question_due"]


def test_who_is_not_on_the_ticket_answers_nothing() -> None:
    incident = asked()
    assert isinstance(incident.refused("support-two", AnswerQuestion(REF, 1, "No.")), NotYours)
    assert isinstance(incident.refused("csm-one", AnswerQuestion(REF, 1, " ")), ReasonNeeded)
    assert isinstance(incident.refused("csm-one", AnswerQuestion(REF, 2, "No.")), OldButton)


def test_the_contact_who_asks_is_not_the_one_who_is_asked() -> None:
    incident = Incident.open().by("csm-one", ASKS)
    assert question(incident).asked_of.key == "cs-manager-one"
