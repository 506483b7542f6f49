"""**Record verified**, out of the form that was stopped, and typed. Source: S72."""

from __future__ import annotations

import pytest

from protocols.opening.events import OpenTicket
from protocols.scales import Category, NoticedBy, Severity
from protocols.updates.events import DraftState
from protocols.updates.state import Draft, Updates
from protocols.verification.state import Verification
from tests.unit.handlers.slack_side import Modal, Slack, words
from tests.unit.handlers.telling_desk import TellingDesk

REF = "BW-1001"
AMOUNT = "Your commission of $1,200 was paid."


class Statement:
    """A Tier 1 about Acme's commission, opened by its CSM."""

    def __init__(self) -> None:
        self.desk = TellingDesk()
        opened = OpenTicket(
            reference=REF,
            team_id="T0VENDOR",
            summary="The statement of October is short",
            account_key="acme",
            noticed_by=NoticedBy.ACCOUNT,
            severity=Severity.MEDIUM,
            category=Category.COMMISSION_PAYMENT,
            impacts=frozenset(),
        )
        self.desk.submit(opened, self.desk.actor("T0VENDOR", "U0CSMONE"))
        self.slack = Slack(self.desk)

    @property
    def how(self) -> str:
        last = self.desk.tickets[REF].of(Verification).last
        return last.how if last is not None else ""

    def drafts(self) -> tuple[Draft, ...]:
        return self.desk.tickets[REF].of(Updates).drafts

    def stopped(self, action: str, **typed: str) -> Modal:
        """Return a form that was sent with an amount, and came back."""
        self.slack.press("csm-one", action, REF)
        form = self.slack.shown()
        for name, text in typed.items():
            form.fill(name, text)
        answer = self.slack.submit("csm-one", form)
        assert answer.body["response_action"] == "update"
        assert "Not verified" in answer.text
        assert "verified.open" in str(answer.body)
        return form


@pytest.fixture
def ticket() -> Statement:
    return Statement()


def test_a_stopped_answer_keeps_its_words_and_leaves_once_it_is_verified(
    ticket: Statement,
) -> None:
    form = ticket.stopped("answer.open", answer=AMOUNT)
    assert ticket.drafts() == ()
    assert form.stands("answer") == AMOUNT
    ticket.slack.press_in("csm-one", form, "verified.open")
    over = ticket.slack.shown()
    over.fill("how", "statement against the ledger")
    assert "how BW-1001 was verified" in ticket.slack.submit("csm-one", over).text
    assert ticket.how == "statement against the ledger"
    ticket.slack.submit("csm-one", form)
    [draft] = ticket.drafts()
    assert draft.state is DraftState.RELEASED
    assert not any("ledger" in out for out in ticket.desk.outward())


def test_a_stopped_resolution_keeps_its_words_and_shows_the_button(ticket: Statement) -> None:
    form = ticket.stopped("ticket.resolve", done=AMOUNT, how_to_check="See the statement.")
    assert ticket.desk.tickets[REF].is_live
    assert form.stands("done") == AMOUNT


def test_it_can_be_typed_and_the_button_goes_from_the_ticket(ticket: Statement) -> None:
    assert "verified.open" in str(ticket.slack.slash("csm-one", "/ticket", f"show {REF}"))
    said = ticket.slack.slash("csm-one", "/ticket", f"verified {REF} bank entry of 3 March")
    assert "On record" in said.text
    assert ticket.how == "bank entry of 3 March"
    assert "verified.open" not in str(ticket.slack.slash("csm-one", "/ticket", f"show {REF}"))


def test_typed_without_how_it_opens_the_form(ticket: Statement) -> None:
    ticket.slack.slash("csm-one", "/ticket", f"verified {REF}")
    assert "How was it verified?" in words(ticket.slack.shown().view)


def test_who_may_take_it_hears_so_from_a_verb_that_submits_straight(ticket: Statement) -> None:
    said = ticket.slack.slash("csm-two", "/ticket", f"note {REF} seen it before")
    assert "nobody has taken it yet. Take it first" in said.text
