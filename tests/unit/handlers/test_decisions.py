"""Decisions asked of an executive: the form, the verb, the buttons, and every no."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from protocols.closure.events import Resolve
from protocols.decisions.state import Decisions, DecisionState
from tests.unit.handlers.incident import REF, Incident

MANAGER, SPONSOR = "cs-manager-one", "sponsor-one"
FILLED = {"question": "Stop all runs?", "answers": "Stop them\n\nGo on\n", "default": "we go on"}


@pytest.fixture
def incident() -> Incident:
    return Incident()


def asks(incident: Incident) -> None:
    """Have the CS manager ask by the form, with the time that it proposes."""
    incident.send(MANAGER, incident.form(MANAGER, "decision.open"), **FILLED)


def test_the_form_proposes_a_time_and_becomes_a_question(incident: Incident) -> None:
    asks(incident)
    [decision] = incident.ticket.of(Decisions).decisions
    assert decision.options == ("Stop them", "Go on")
    assert decision.asked_of.key == SPONSOR
    assert decision.due_at == datetime(2026, 11, 23, 15, 2, tzinfo=UTC)


def test_the_asker_is_told_who_is_asked_and_by_when(incident: Incident) -> None:
    form = incident.form(MANAGER, "decision.open")
    answer = incident.send(MANAGER, form, **FILLED)
    assert "Sponsor One is asked, by" in answer.text


def test_the_verb_opens_the_form(incident: Incident) -> None:
    incident.bridge(MANAGER, "decision")
    assert incident.slack.shown().view["callback_id"] == "decision_request"


@pytest.mark.parametrize("typed", [False, True])
def test_others_are_told_who_asks_and_get_no_form(incident: Incident, typed: bool) -> None:
    if typed:
        told = incident.bridge("csm-one", "decision").text
    else:
        incident.press("csm-one", "decision.open")
        told = incident.told
    assert "This needs a CS manager or the incident commander" in told
    assert "CS Manager One" in told
    assert incident.opened() == 0


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("question", "  ", "needs a question"),
        ("answers", "Stop them", "2 to 4 different answers"),
        ("answers", "\n".join("12345"), "2 to 4 different answers"),
        ("due_at", 1795442400, "must lie in the future"),
    ],
)
def test_a_mistake_is_told_under_its_field(
    incident: Incident, field: str, value: object, told: str
) -> None:
    form = incident.form(MANAGER, "decision.open")
    answer = incident.send(MANAGER, form, **{**FILLED, field: value})
    assert told in answer.errors[field]
    assert incident.ticket.of(Decisions).decisions == ()


def test_without_a_time_the_field_is_to_be_filled_in(incident: Incident) -> None:
    form = incident.form(MANAGER, "decision.open")
    form.state = {
        key: {"type": "datetimepicker", "selected_date_time": None} if key[0] == "due_at" else kept
        for key, kept in form.state.items()
    }
    assert set(incident.send(MANAGER, form, **FILLED).errors) == {"due_at"}


def test_the_executive_decides_with_one_press(incident: Incident) -> None:
    asks(incident)
    incident.press(SPONSOR, "exec.decide:1", "1", "1")
    assert incident.ticket.of(Decisions).decisions[0].answer == "Stop them"
    assert "Stop them. CS Manager One has your answer" in incident.told


def test_a_second_press_is_told_what_was_decided(incident: Incident) -> None:
    asks(incident)
    incident.press(SPONSOR, "exec.decide:1", "1", "1")
    incident.press(SPONSOR, "exec.decide:2", "1", "2")
    assert "14:02 UTC>: Stop them." in incident.told
    assert incident.ticket.of(Decisions).decisions[0].answer == "Stop them"


def test_a_press_after_the_time_is_told_what_holds(incident: Incident) -> None:
    asks(incident)
    incident.later(60)
    incident.press(SPONSOR, "exec.decide:1", "1", "1")
    assert "15:02 UTC>, and this has held since then: we go on." in incident.told
    assert "tell CS Manager One" in incident.told
    assert incident.ticket.of(Decisions).decisions[0].state is DecisionState.ASKED


def test_nobody_else_presses_for_the_executive(incident: Incident) -> None:
    asks(incident)
    incident.press(MANAGER, "exec.decide:1", "1", "1")
    assert "This needs the one who was asked. Can do it: Sponsor One." in incident.told


@pytest.mark.parametrize("parts", [("yes",), ("1", "1"), ("1", "9"), ("1",), ()])
def test_a_button_that_is_none_of_todays_is_old(incident: Incident, parts: tuple[str, ...]) -> None:
    if parts != ("1", "1"):
        asks(incident)
    incident.press(SPONSOR, "exec.decide:1", *parts)
    assert "earlier state" in incident.told


def test_a_question_that_was_withdrawn_is_an_old_button(incident: Incident) -> None:
    asks(incident)
    incident.ask("csm-one", Resolve(REF, "Returned.", "Your statement."))
    incident.press(SPONSOR, "exec.decide:1", "1", "1")
    assert "earlier state" in incident.told
