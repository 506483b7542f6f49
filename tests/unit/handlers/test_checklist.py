"""**Checklist**: by a button, typed, and over the form that resolves. Source: S25-S33."""

from __future__ import annotations

import pytest

from protocols.checklist.state import Checklist
from protocols.opening.events import OpenTicket
from protocols.scales import Category, Impact, NoticedBy, Severity, Signal
from protocols.updates.events import DraftKind
from protocols.updates.state import Updates
from tests.unit.handlers.slack_side import Slack, words
from tests.unit.handlers.telling_desk import TellingDesk

REF = "BW-1001"


class Variance:
    """A Tier 2 about a variance at Acme, opened by its CSM; or one without a signal."""

    def __init__(self, signal: Signal | None = Signal.RECON_VARIANCE) -> None:
        self.desk = TellingDesk()
        opened = OpenTicket(
            reference=REF,
            team_id="T0VENDOR",
            summary="Their totals and ours differ",
            account_key="acme",
            noticed_by=NoticedBy.ACCOUNT,
            severity=Severity.MEDIUM,
            category=Category.TECHNICAL_PRODUCT,
            impacts=frozenset({Impact.BALANCE_QUESTIONED}),
            signal=signal,
            description="They came back as R02, r10 and R99.",
        )
        self.desk.submit(opened, self.desk.actor("T0VENDOR", "U0CSMONE"))
        self.slack = Slack(self.desk)

    def said(self) -> dict[str, str]:
        """Return what was said of each action: that it is done, or why it is not needed."""
        settled = self.desk.tickets[REF].of(Checklist).settled
        return {one.action: one.reason or "done" for one in settled}


@pytest.fixture
def ticket() -> Variance:
    return Variance()


def test_what_is_chosen_is_on_record_and_the_answer_says_what_is_open(ticket: Variance) -> None:
    ticket.slack.press("csm-one", "checklist.open", REF)
    form = ticket.slack.shown()
    form.fill("sample_at", "our drive, folder Acme")
    answer = ticket.slack.submit("csm-one", form)
    assert "Still open: bring the data and finance team" in answer.text
    assert ticket.said() == {"sample_data": "done"}
    assert "sample data" not in str(ticket.desk.outward())


def test_what_is_not_needed_asks_for_the_reason_under_its_field(ticket: Variance) -> None:
    ticket.slack.slash("csm-one", "/ticket", f"checklist {REF}")
    form = ticket.slack.shown()
    form.fill("do_finance", "waived")
    refused = ticket.slack.submit("csm-one", form)
    assert list(refused.body["errors"]) == ["reason"]
    form.fill("reason", "one line only, seen at once")
    ticket.slack.submit("csm-one", form)
    assert ticket.said() == {"finance": "one line only, seen at once"}


def test_a_form_without_a_word_says_what_to_do(ticket: Variance) -> None:
    ticket.slack.press("csm-one", "checklist.open", REF)
    answer = ticket.slack.submit("csm-one", ticket.slack.shown())
    assert "Choose" in str(answer.body)
    assert ticket.said() == {}


def test_the_form_that_resolves_names_what_is_open_and_keeps_its_words(ticket: Variance) -> None:
    ticket.slack.press("csm-one", "ticket.resolve", REF)
    form = ticket.slack.shown()
    assert "Not done of the checklist:* ask for sample data; bring the data" in str(form.view)
    ticket.slack.press_in("csm-one", form, "checklist.open")
    over = ticket.slack.shown()
    over.fill("sample_at", "our drive")
    ticket.slack.submit("csm-one", over)
    assert ticket.said() == {"sample_data": "done"}


def test_a_ticket_without_a_signal_says_that_it_has_no_list() -> None:
    ticket = Variance(None)
    answer = ticket.slack.slash("csm-one", "/ticket", f"checklist {REF}")
    assert "has no checklist" in answer.text
    ticket.slack.press("csm-one", "checklist.open", REF)
    assert any("has no checklist" in words(given) for _, given in ticket.desk.interactive.calls)


def test_a_ready_text_asks_for_sample_data_and_leaves_by_the_usual_way(ticket: Variance) -> None:
    ticket.slack.press("csm-one", "checklist.open", REF)
    form = ticket.slack.shown()
    ticket.slack.press_in("csm-one", form, "checklist.sample", REF)
    over = ticket.slack.shown()
    assert "We need sample data" in str(over.stands("questions"))
    assert "Attach it to your answer" in str(over.stands("questions"))
    ticket.slack.submit("csm-one", over)
    [draft] = ticket.desk.tickets[REF].of(Updates).drafts
    assert (draft.kind, draft.alone) == (DraftKind.DETAILS, True)


def test_return_codes_of_the_tickets_words_stand_on_the_list() -> None:
    ticket = Variance(Signal.ACH_RETURN_SPIKE)
    ticket.slack.press("csm-one", "checklist.open", REF)
    shown = str(ticket.slack.shown().view)
    assert "the account is closed · administrative · return window: 2 banking days" in shown
    assert "*R10*" in shown
    assert "R99" not in shown


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("codes R03, r29", "*R29* a company says it did not authorize the debit"),
        ("codes R99", "no code that we know"),
        ("codes", "Which codes?"),
    ],
)
def test_what_return_codes_mean_is_typed(ticket: Variance, typed: str, said: str) -> None:
    assert said in words(ticket.slack.slash("csm-one", "/ticket", typed).body)


def test_words_that_begin_with_codes_open_the_form(ticket: Variance) -> None:
    ticket.slack.slash("csm-one", "/ticket", "codes of the new portal do not work")
    assert ticket.slack.shown().view["callback_id"] == "open_ticket"


def test_a_checkpoint_in_the_past_is_said_under_its_field() -> None:
    ticket = Variance(Signal.ERP_INTEGRATION)
    ticket.slack.press("csm-one", "checklist.open", REF)
    form = ticket.slack.shown()
    form.fill("check_at", 1_700_000_000)
    assert list(ticket.slack.submit("csm-one", form).body["errors"]) == ["check_at"]


@pytest.mark.parametrize(
    ("signal", "field"),
    [(Signal.PAYMENT_RUN_MISSED, "address"), (Signal.AUDIT_REQUEST, "link")],
)
def test_what_is_no_address_is_said_under_its_field(signal: Signal, field: str) -> None:
    ticket = Variance(signal)
    ticket.slack.press("csm-one", "checklist.open", REF)
    form = ticket.slack.shown()
    form.fill(field, "on the drive")
    assert list(ticket.slack.submit("csm-one", form).body["errors"]) == [field]
