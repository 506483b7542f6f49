"""Decisions asked of an executive: who may ask, who decides, and what the clock does."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from protocols.clock.events import DuePassed
from protocols.closure.events import MarkOpenedInError, Reopen, Resolve
from protocols.decisions.events import AskDecision, Decide, DecisionLapsed
from protocols.decisions.refusals import (
    AlreadyDecided,
    AnswerByPast,
    AnswersUnclear,
    NoExecutive,
    QuestionIncomplete,
    TierTooLow,
    TooLateToDecide,
)
from protocols.decisions.state import Decision, Decisions, DecisionState
from protocols.executives.events import AskQuestion, MarkSeen
from protocols.executives.state import Executives
from protocols.kernel.command import Command
from protocols.kernel.effects import Dm, StaffMail
from protocols.kernel.refusals import AlreadyDone, NotAllowed, OldButton, Refusal, WrongState
from protocols.people.people import Role, Standing
from protocols.rights.refusals import NotYours, Outside
from protocols.roles.events import TakeRole
from protocols.scales import Tier
from protocols.tiers.events import ChangeTier
from protocols.tiers.state import Tiers
from tests.kit.rules_incident import EMPTY, REF, Incident, actor, instant, who, without_sponsors

QUESTION = "Stop all runs of today?"
DEFAULT = "we go on as now"
SPONSOR, MANAGER = "sponsor-one", "cs-manager-one"


def question(**changes: Any) -> AskDecision:
    """Return a whole question, due at 15:30, with changes."""
    asked = AskDecision(REF, QUESTION, ("Stop them", "Go on"), instant("15:30"), DEFAULT)
    return replace(asked, **changes)


def asked() -> Incident:
    """Return an incident in which the sponsor is asked at 14:35, by 15:30."""
    return Incident.open().at("14:35").by(MANAGER, question())


def the_decision(incident: Incident) -> Decision:
    [decision] = incident.ticket.of(Decisions).decisions
    return decision


def test_told_seen_asked_and_decided_are_separate_facts() -> None:
    incident = Incident.open().delivered()
    [executive] = incident.ticket.of(Executives).executives
    assert executive.taken_at is not None
    assert executive.seen_at is None
    assert incident.ticket.of(Decisions).decisions == ()
    incident.at("14:35").by(MANAGER, question())
    assert incident.ticket.of(Executives).executives[0].seen_at is None
    assert the_decision(incident).state is DecisionState.ASKED
    assert the_decision(incident).asked_of == who(SPONSOR)
    incident.at("14:40").by(SPONSOR, MarkSeen(REF))
    assert the_decision(incident).state is DecisionState.ASKED
    incident.at("14:50").by(SPONSOR, Decide(REF, 1, 1))
    made = the_decision(incident)
    assert (made.state, made.answer) == (DecisionState.MADE, "Stop them")
    assert made.settled_at == instant("14:50")


def test_an_executives_own_question_is_not_a_decision_asked_of_them() -> None:
    incident = Incident.open().by(SPONSOR, AskQuestion(REF, "how long?"))
    assert incident.ticket.of(Decisions).decisions == ()


@pytest.mark.parametrize("asker", ["csm-one", "engineering-lead-one"])
def test_only_a_cs_manager_or_the_commander_asks(asker: str) -> None:
    refusal = Incident.open().refused(asker, question())
    assert isinstance(refusal, NotAllowed)
    assert refusal.facts["duties"] == "a CS manager or the incident commander"
    assert "CS Manager One" in str(refusal.facts["people"])


def test_one_who_is_not_on_the_ticket_does_not_ask() -> None:
    assert isinstance(Incident.open().refused("csm-two", question()), NotYours)


def test_the_incident_commander_asks() -> None:
    incident = Incident.open().by("csm-one", ChangeTier(REF, Tier.SYSTEMIC, "nine accounts"))
    commander = incident.asked(Role.COMMANDER)
    assert commander is not None
    assert isinstance(incident.refused(commander, question()), NotAllowed)
    incident.by(commander, TakeRole(REF, Role.COMMANDER), question())
    assert the_decision(incident).asked_by.key == commander
    refusal = incident.refused("csm-one", question(question="Another?"))
    assert str(refusal.facts["people"]).startswith(who(commander).name)


def test_without_a_directory_there_is_no_executive_to_ask() -> None:
    incident = Incident.open(directory=EMPTY)
    assert isinstance(incident.refused("csm-one", question()), NoExecutive)


def test_where_no_executive_was_told_there_is_nobody_to_ask() -> None:
    incident = Incident.open(directory=without_sponsors(duty=False))
    assert isinstance(incident.refused(MANAGER, question()), NoExecutive)


def test_below_tier_3_nobody_is_asked() -> None:
    incident = Incident.open(impacts=frozenset(), signal=None)
    assert isinstance(incident.refused(MANAGER, question()), TierTooLow)


def test_a_resolved_ticket_asks_nothing() -> None:
    incident = Incident.open().by("csm-one", Resolve(REF, "Returned.", "Your balance."))
    assert isinstance(incident.refused(MANAGER, question()), WrongState)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"question": "  "}, QuestionIncomplete),
        ({"default": "\n"}, QuestionIncomplete),
        ({"options": ()}, AnswersUnclear),
        ({"options": ("Stop them",)}, AnswersUnclear),
        ({"options": ("1", "2", "3", "4", "5")}, AnswersUnclear),
        ({"options": ("Stop them", "stop  THEM")}, AnswersUnclear),
        ({"options": ("Stop them", " ")}, AnswersUnclear),
        ({"options": ("Stop them", "x" * 31)}, AnswersUnclear),
        ({"due_at": instant("14:35")}, AnswerByPast),
        ({"due_at": instant("14:00")}, AnswerByPast),
    ],
)
def test_a_question_that_cannot_be_answered_is_not_asked(
    changes: dict[str, Any], refusal: type[Refusal]
) -> None:
    incident = Incident.open().at("14:35")
    assert isinstance(incident.refused(MANAGER, question(**changes)), refusal)


@pytest.mark.parametrize("count", [2, 3, 4])
def test_two_to_four_answers_stand_as_they_were_written(count: int) -> None:
    options = ("Stop  all", "x" * 30, "Go on", "Ask Legal")[:count]
    incident = Incident.open().by(MANAGER, question(options=options))
    assert the_decision(incident).options == ("Stop all", *options[1:])


def test_the_same_question_waits_once_and_another_may_wait_beside_it() -> None:
    incident = asked()
    assert isinstance(incident.refused(MANAGER, question()), AlreadyDone)
    incident.by(MANAGER, question(question="Waive the fees?", due_at=instant("15:00")))
    assert [one.number for one in incident.ticket.of(Decisions).open_decisions] == [2, 1]


def test_the_executive_gets_a_message_and_a_mail() -> None:
    told = [effect for effect in asked().last_effects if effect.template == "decision"]
    assert [effect.to for effect in told] == [
        Dm(who(SPONSOR)),
        StaffMail(who(SPONSOR), who(MANAGER)),
    ]


def test_only_the_one_who_was_asked_decides() -> None:
    incident = asked()
    refusal = incident.refused(MANAGER, Decide(REF, 1, 1))
    assert isinstance(refusal, NotAllowed)
    assert refusal.facts["people"] == "Sponsor One"
    stranger = replace(actor(SPONSOR), standing=Standing.OUTSIDE)
    with pytest.raises(Outside):
        incident.by(stranger, Decide(REF, 1, 1))


@pytest.mark.parametrize(("number", "option"), [(2, 1), (0, 1), (1, 0), (1, 3), (1, -1)])
def test_a_button_that_was_never_shown_is_old(number: int, option: int) -> None:
    assert isinstance(asked().refused(SPONSOR, Decide(REF, number, option)), OldButton)


@pytest.mark.parametrize("option", [1, 2])
def test_a_decision_is_made_once(option: int) -> None:
    incident = asked().at("14:50").by(SPONSOR, Decide(REF, 1, 2))
    refusal = incident.at("14:51").refused(SPONSOR, Decide(REF, 1, option))
    assert isinstance(refusal, AlreadyDecided)
    assert refusal.facts == {"answer": "Go on", "decided_at": instant("14:50")}


def test_the_question_is_edited_and_the_asker_told_once() -> None:
    incident = asked().by(SPONSOR, Decide(REF, 1, 1))
    told = {effect.key: effect for effect in incident.last_effects}
    edit, answer = told[f"{REF}/decision/1/edit"], told[f"{REF}/decision/1/answer"]
    assert (edit.method, edit.to) == ("chat.update", Dm(who(SPONSOR)))
    assert answer.to == Dm(who(MANAGER))
    assert len(incident.told("decision_answer")) == 1
    assert f"{REF}/card-edit/{incident.version}" in told


def test_without_an_answer_the_default_holds_from_the_due_time() -> None:
    incident = asked().until("15:29:59")
    assert the_decision(incident).state is DecisionState.ASKED
    incident.until("15:30")
    lapsed = the_decision(incident)
    assert (lapsed.state, lapsed.answer) == (DecisionState.LAPSED, DEFAULT)
    assert lapsed.settled_at == instant("15:30")
    assert len(incident.told("decision_answer")) == 1
    assert len(incident.events(DecisionLapsed)) == 1


def test_a_press_in_the_last_second_counts() -> None:
    incident = asked().at("15:29:59").by(SPONSOR, Decide(REF, 1, 1)).until("16:00")
    assert the_decision(incident).state is DecisionState.MADE
    assert incident.events(DecisionLapsed) == []
    assert incident.events(DuePassed) != []


def test_a_press_at_the_due_time_is_too_late_even_before_the_clock_has_spoken() -> None:
    incident = asked().at("15:30")
    refusal = incident.refused(SPONSOR, Decide(REF, 1, 1))
    assert isinstance(refusal, TooLateToDecide)
    assert refusal.facts["answer"] == DEFAULT
    incident.until("15:31")
    assert isinstance(incident.refused(SPONSOR, Decide(REF, 1, 1)), TooLateToDecide)


@pytest.mark.parametrize(
    ("asker", "command", "why"),
    [
        ("csm-one", Resolve(REF, "Returned.", "Your balance."), "it is resolved"),
        ("csm-one", MarkOpenedInError(REF, "not_a_problem", "a test"), "it was opened by"),
        (MANAGER, ChangeTier(REF, Tier.ELEVATED, "one payment"), "its tier was lowered"),
    ],
)
def test_a_ticket_that_needs_no_decision_withdraws_it(
    asker: str, command: Command, why: str
) -> None:
    incident = Incident.open(funds_confirmed=True).at("14:35").by(MANAGER, question())
    incident.by("csm-one", ChangeTier(REF, Tier.SYSTEMIC, "a security matter"))
    assert the_decision(incident).state is DecisionState.ASKED, "a raise changes nothing"
    incident.by(asker, command)
    if incident.ticket.of(Tiers).waiting_lowering is not None:
        incident.agreed()
    withdrawn = the_decision(incident)
    assert withdrawn.state is DecisionState.WITHDRAWN
    assert withdrawn.why.startswith(why)
    assert withdrawn.answer == ""
    assert isinstance(incident.refused(SPONSOR, Decide(REF, 1, 1)), OldButton)
    incident.until("18:00")
    assert incident.events(DecisionLapsed) == []
    assert incident.told("decision_answer") == []
    assert any(effect.key == f"{REF}/decision/1/edit" for effect in incident.effects)


def test_a_ticket_that_is_open_again_keeps_what_was_withdrawn() -> None:
    incident = asked().by("csm-one", Resolve(REF, "Returned.", "Your balance."))
    incident.by("csm-one", Reopen(REF, "two are missing")).until("15:31")
    assert the_decision(incident).state is DecisionState.WITHDRAWN
    incident.by(MANAGER, question(due_at=incident.now + timedelta(minutes=30)))
    assert [one.number for one in incident.ticket.of(Decisions).open_decisions] == [2]


def test_a_number_in_the_words_is_masked_before_anybody_reads_it() -> None:
    number = "4111 1111 1111 1111"
    words = {"question": f"Return {number}?", "default": f"keep {number}"}
    incident = Incident.open().by(MANAGER, question(**words))
    assert "ending 1111" in the_decision(incident).question
    assert "ending 1111" in the_decision(incident).default
    assert "1111 1111" not in str((incident.history, incident.ticket, incident.effects))


def test_an_answer_with_a_number_is_no_answer_for_a_button() -> None:
    options = ("Return 4111 1111 1111 1111", "No")
    assert isinstance(Incident.open().refused(MANAGER, question(options=options)), AnswersUnclear)


def test_the_brief_is_edited_when_a_decision_is_asked_and_when_it_is_made() -> None:
    incident = Incident.open().delivered().at("14:35")
    for by, command in ((MANAGER, question()), (SPONSOR, Decide(REF, 1, 1))):
        incident.by(by, command)
        edited = [e for e in incident.last_effects if e.template == "brief_t3"]
        assert [effect.method for effect in edited] == ["chat.update"]
