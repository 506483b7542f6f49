"""The account of a ticket that was opened without one, set by a typed word. Source: D41."""

from __future__ import annotations

import pytest

from tests.kit.tickets import with_fields
from tests.unit.handlers.incident import REF, Incident


@pytest.fixture
def incident() -> Incident:
    made = Incident()
    made.desk.tickets[REF] = with_fields(made.ticket, account=None)
    return made


@pytest.mark.parametrize("named", ["Acme", "acme", "ACME"])
def test_an_account_is_set_by_its_name_or_key(incident: Incident, named: str) -> None:
    answer = incident.slack.slash("csm-one", "/ticket", f"account {REF} {named}")
    assert incident.ticket.account is not None
    assert incident.ticket.account.key == "acme"
    assert "Acme" in answer.text


@pytest.mark.parametrize("named", ["", " Nowhere"])
def test_without_a_name_that_is_one_accounts_the_form_opens(incident: Incident, named: str) -> None:
    incident.slack.slash("csm-one", "/ticket", f"account {REF}{named}")
    assert incident.ticket.account is None
    assert incident.slack.shown().view["callback_id"] == "set_account"


def test_a_ticket_that_has_its_account_keeps_it() -> None:
    incident = Incident()
    answer = incident.slack.slash("csm-one", "/ticket", f"account {REF} Birch")
    assert incident.ticket.account is not None
    assert incident.ticket.account.key == "acme"
    assert "That is done already" in answer.text
