"""A complaint or a dispute is said in *Change*, and taken in a message. Source: S97, D45."""

from __future__ import annotations

import pytest

from protocols.flags.events import Flag
from protocols.flags.state import Flags
from tests.unit.handlers.incident import REF, Incident

WHY = "They write that they complain formally."


@pytest.fixture
def incident() -> Incident:
    return Incident()


def flags(incident: Incident) -> list[Flag]:
    return [one.flag for one in incident.ticket.of(Flags).flagged]


def test_a_tick_with_a_reason_puts_it_on_record(incident: Incident) -> None:
    form = incident.form("csm-one", "ticket.change")
    answer = incident.send("csm-one", form, flags=["complaint"])
    assert "Say what makes it one" in answer.errors["reason"]
    incident.send("csm-one", form, flags=["complaint", "contract_dispute"], reason=WHY)
    assert flags(incident) == [Flag.COMPLAINT, Flag.CONTRACT_DISPUTE]


def test_a_form_that_is_sent_as_it_stood_changes_no_flag(incident: Incident) -> None:
    form = incident.form("csm-one", "ticket.change")
    incident.send("csm-one", form, flags=["complaint"], reason=WHY)
    again = incident.form("csm-one", "ticket.change")
    incident.send("csm-one", again, severity="low")
    assert flags(incident) == [Flag.COMPLAINT]


def test_only_legal_takes_the_tick_away(incident: Incident) -> None:
    form = incident.form("csm-one", "ticket.change")
    incident.send("csm-one", form, flags=["complaint"], reason=WHY)
    for person, left in (("csm-one", [Flag.COMPLAINT]), ("legal-one", [])):
        again = incident.form(person, "ticket.change")
        incident.send(person, again, flags=[], reason="They asked for a form.")
        assert flags(incident) == left


def test_whoever_is_asked_presses_that_they_have_it_and_the_ticket_shows_who(
    incident: Incident,
) -> None:
    form = incident.form("csm-one", "ticket.change")
    incident.send("csm-one", form, flags=["complaint"], reason=WHY)
    shown = incident.slack.slash("csm-two", "/ticket", f"show {REF}").text
    assert "It is a complaint" in shown
    assert "Legal One asked; nobody has it yet" in shown
    incident.press("legal-one", "flag.take", "complaint")
    assert "On record: you have BW-1001, a complaint" in incident.told
    incident.press("legal-one", "flag.take", "nothing")
    assert "Legal One has it" in incident.slack.slash("csm-two", "/ticket", f"show {REF}").text
