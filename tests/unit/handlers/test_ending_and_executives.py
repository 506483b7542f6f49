"""Tier, impacted accounts, fixed texts, resolving, the analysis, and executives."""

from __future__ import annotations

import pytest

from protocols.closure.events import MarkOpenedInError, Resolve
from protocols.closure.state import Closure
from protocols.deliveries.events import BuryDelivery
from protocols.executives.state import Executives, Questions
from protocols.fixed_texts.state import FixedTexts
from protocols.outreach.state import Outreach, OutreachTold
from protocols.people.people import ENGINE
from protocols.replies.events import RecordCall
from protocols.scales import Tier
from protocols.status import Status
from protocols.updates.events import DraftKind, DraftState, SendBack
from protocols.updates.state import Updates
from tests.unit.handlers.desk_in_memory import ACMES_TEAM
from tests.unit.handlers.incident import REF, Incident
from tests.unit.handlers.slack_side import below


@pytest.fixture
def incident() -> Incident:
    return Incident()


def test_anyone_on_the_ticket_raises_the_tier(incident: Incident) -> None:
    form = incident.form("csm-one", "tier.open")
    chosen = {"tier": "4", "reason": "Same in nine accounts", "impacts": ["platform_failing"]}
    incident.send("csm-one", form, **chosen)
    assert incident.ticket.tier is Tier.SYSTEMIC


def test_lowering_is_told_to_need_a_manager(incident: Incident) -> None:
    form = incident.form("csm-one", "tier.open")
    answer = incident.send("csm-one", form, tier="2", reason="One payment only")
    assert "from 3 or 4 Legal or Security must agree" in answer.errors["tier"]
    assert incident.ticket.tier is Tier.CRITICAL


def test_a_change_without_a_reason_is_told_under_it(incident: Incident) -> None:
    form = incident.form("csm-one", "tier.open")
    chosen = {"tier": "4", "reason": "  ", "impacts": ["platform_failing"]}
    answer = incident.send("csm-one", form, **chosen)
    assert "recorded with a reason" in answer.errors["reason"]


def test_impacted_accounts_are_named_by_key_or_name(incident: Incident) -> None:
    form = incident.form("csm-one", "outreach.accounts")
    incident.send("csm-one", form, accounts="birch\n\nCedar Resellers\nbirch")
    assert incident.ticket.of(Outreach).impacted == ("birch", "cedar")
    assert "2 accounts listed" in incident.told


def test_an_unknown_account_is_told_and_nothing_is_saved(incident: Incident) -> None:
    form = incident.form("csm-one", "outreach.accounts")
    answer = incident.send("csm-one", form, accounts="birch\nnowhere")
    assert 'No account is called "nowhere"' in answer.errors["accounts"]
    assert incident.ticket.of(Outreach).impacted == ()


def test_the_last_words_of_a_notice_are_proposed_and_need_no_time(incident: Incident) -> None:
    notified(incident)
    form = incident.form("csm-two", "notice.no_further")
    assert form.stands("next") == "none"
    assert form.stands("known") == "There is nothing new since our last service notice."
    incident.send("csm-two", form)
    draft = incident.ticket.of(Updates).drafts[-1]
    assert (draft.kind, draft.next_at, draft.state) == (
        DraftKind.OUTREACH, None, DraftState.REVIEW,
    )  # fmt: skip


def test_of_a_mistake_the_proposed_words_take_the_notice_back(incident: Incident) -> None:
    notified(incident)
    incident.ask("csm-one", MarkOpenedInError(REF, "not_a_problem", "a test of the bank"))
    form = incident.form("csm-two", "notice.no_further")
    assert "Please disregard our service notice with reference BW-1001" in str(form.stands("known"))
    incident.send("csm-two", form)
    assert incident.ticket.of(Updates).drafts[-1].state is DraftState.REVIEW


def test_without_a_notice_there_are_no_last_words_to_write(incident: Incident) -> None:
    incident.press("csm-one", "notice.no_further")
    assert "earlier state" in incident.told


def notified(incident: Incident) -> None:
    """Have accounts have a notice of the ticket."""
    incident.staff()
    told = OutreachTold(f"{REF}-N1", (1,), ("birch",))
    incident.desk.tickets[REF] = incident.ticket.having(told)


def test_the_outreach_says_since_when(incident: Incident) -> None:
    form = incident.form("csm-one", "outreach.draft")
    since = 1795442400
    incident.send("csm-one", form, known="Runs are late.", doing="We look.", since_at=since)
    draft = incident.ticket.of(Updates).drafts[0]
    assert draft.kind is DraftKind.OUTREACH
    assert "Mon 23 Nov 2026, 09:00 EST (14:00 UTC)" in draft.field("for_you")


def test_a_status_text_keeps_the_time_that_its_form_showed(incident: Incident) -> None:
    form = incident.form("csm-one", "status_page.open")
    incident.send("csm-one", form, known="Runs are late.", doing="We look.")
    [draft] = incident.ticket.of(Updates).drafts
    assert draft.next_at is not None
    assert draft.next_at > incident.desk.at


def test_a_status_page_in_review_is_shown_instead_of_a_second_form(incident: Incident) -> None:
    form = incident.form("csm-one", "status_page.open")
    incident.send("csm-one", form, known="Runs are late.", doing="We look.")
    before = incident.opened()
    incident.press("cs-manager-one", "status_page.open")
    assert incident.opened() == before
    assert "Runs are late." in incident.told


def test_the_holding_line_goes_with_one_press(incident: Incident) -> None:
    incident.press("csm-one", "fixed.holding")
    assert [text.name for text in incident.ticket.of(FixedTexts).fixed_texts] == [
        "acknowledgment",
        "holding",
    ]
    assert "It goes to Acme now" in incident.told


def test_the_acknowledgment_leaves_once(incident: Incident) -> None:
    incident.press("csm-one", "fixed.acknowledge")
    assert "Not sent again. CSM One sent it at <!date" in incident.told


def test_of_an_acknowledgment_that_died_it_is_not_said_that_the_account_has_it(
    incident: Incident,
) -> None:
    incident.desk.submit(BuryDelivery(REF, f"{REF}/ack", "invalid_blocks"), ENGINE)
    incident.press("csm-one", "fixed.acknowledge")
    assert "It goes to Acme now" in incident.told
    keys = [text.key for text in incident.ticket.of(FixedTexts).fixed_texts]
    assert keys == [f"{REF}/ack", f"{REF}/ack/2"]


def test_no_change_needs_released_words(incident: Incident) -> None:
    incident.press("csm-one", "fixed.no_change")
    assert "there are none that can be said again" in incident.told


def test_people_outside_send_nothing(incident: Incident) -> None:
    before = incident.ticket
    incident.press("U0STRANGER", "fixed.holding", team=ACMES_TEAM)
    assert incident.ticket == before


def test_what_can_be_said_is_one_press_away(incident: Incident) -> None:
    incident.press("csm-one", "say.open")
    assert incident.desk.interactive.calls[-1][0] == "respond"
    assert "You may say now, word for word" in incident.told


def test_in_a_modal_what_can_be_said_comes_on_top(incident: Incident) -> None:
    form = incident.form("csm-one", "note.open")
    incident.slack.press_in("csm-one", form, "say.open", REF)
    assert incident.desk.interactive.calls[-1][0] == "push"
    assert "You may say now, word for word" in incident.told


def test_resolving_puts_the_words_in_review(incident: Incident) -> None:
    form = incident.form("csm-one", "ticket.resolve")
    incident.send("csm-one", form, done="The copies are returned.", how_to_check="Your statement")
    assert incident.ticket.status is Status.RESOLVED
    assert incident.ticket.of(Updates).drafts[0].kind is DraftKind.RESOLUTION
    assert "wait until someone else releases them" in incident.told


def test_a_resolution_that_names_a_cause_asks_for_a_reason(incident: Incident) -> None:
    form = incident.form("csm-one", "ticket.resolve")
    answer = incident.send(
        "csm-one", form, done="Fixed; it was caused by a retry.", how_to_check="Your statement"
    )
    assert answer.body["response_action"] == "update"
    assert incident.ticket.of(Updates).drafts == ()
    incident.send("csm-one", form, asked_reason="Cleared with the account")
    assert incident.ticket.status is Status.RESOLVED


def test_how_to_check_is_told_under_its_own_field(incident: Incident) -> None:
    form = incident.form("csm-one", "ticket.resolve")
    answer = incident.send("csm-one", form, done="Returned.", how_to_check="Look at 14:10.")
    assert "time without a zone" in below(form, "how_to_check")
    assert "names a cause" not in answer.text
    value = f"{REF}|check|0"
    incident.slack.press_in("csm-one", form, "ticket.use_this:check.0", value)
    assert form.stands("how_to_check") == "Look at 14:10 EST (19:10 UTC)."
    incident.send("csm-one", form)
    assert incident.ticket.status is Status.RESOLVED


def test_a_resolution_that_could_stand_under_any_ticket_is_asked_about(incident: Incident) -> None:
    form = incident.form("csm-one", "ticket.resolve")
    answer = incident.send("csm-one", form, done="All sorted.", how_to_check="Please check.")
    assert answer.body["response_action"] == "update"
    assert str(answer.body["view"]).count("could stand under any ticket") == 2
    assert incident.ticket.of(Updates).drafts == ()
    incident.send("csm-one", form, done="The copies are returned.", how_to_check="Your statement")
    assert incident.ticket.status is Status.RESOLVED


def test_whoever_says_why_it_is_right_as_it_is_resolves_all_the_same(incident: Incident) -> None:
    form = incident.form("csm-one", "ticket.resolve")
    incident.send("csm-one", form, done="All sorted.", how_to_check="Your statement")
    incident.send("csm-one", form, asked_reason="They know what it was", cause="not-known")
    resolution = incident.ticket.of(Closure).resolution
    assert resolution is not None
    assert (resolution.said_right, resolution.cause) == ("They know what it was", "Not known")


def test_words_that_came_back_have_their_cause_already(incident: Incident) -> None:
    incident.ask("csm-one", Resolve(REF, "Returned.", "Your statement."))
    number = incident.ticket.of(Updates).drafts[-1].number
    incident.ask("cs-manager-one", SendBack(REF, number, "say which"))
    form = incident.form("csm-one", "ticket.resolve", str(number))
    assert "Cause, for us alone" not in str(form.view)
    answer = incident.send("csm-one", form, done="All sorted.", how_to_check="Your statement")
    assert "could stand under any ticket" in str(answer.body["view"])


def test_resolve_and_reopen_are_verbs_of_the_ticket_command(incident: Incident) -> None:
    incident.slack.slash("csm-one", "/ticket", f"resolve {REF}")
    assert incident.slack.shown().view["callback_id"] == "resolve"
    incident.ask("csm-one", Resolve(REF, "Returned.", "Your statement."))
    answer = incident.slack.slash("csm-one", "/ticket", f"reopen {REF} two are missing")
    assert incident.ticket.status is Status.OPEN
    assert "BW-1001 is open again" in answer.text


def test_a_reopening_needs_a_reason(incident: Incident) -> None:
    incident.ask("csm-one", Resolve(REF, "Returned.", "Your statement."))
    answer = incident.slack.slash("csm-one", "/ticket", f"reopen {REF}")
    assert "recorded with a reason" in answer.text


def test_the_written_analysis_is_recorded_as_delivered(incident: Incident) -> None:
    incident.ask("csm-one", Resolve(REF, "Returned.", "Your statement."))
    form = incident.form("csm-one", "analysis.open")
    incident.send("csm-one", form, stands="Handed over on the call")
    resolution = incident.ticket.of(Closure).resolution
    assert resolution is not None
    assert resolution.rca_delivered_at is not None


def test_the_call_is_recorded_with_whom_and_what(incident: Incident) -> None:
    form = incident.form("csm-one", "called.open")
    incident.send("csm-one", form, speaker="AP Director One", note="We have their report")
    last = incident.desk.commands[-1]
    assert isinstance(last, RecordCall)
    assert last.note == "AP Director One: We have their report"


def test_an_executive_says_that_the_brief_is_seen(incident: Incident) -> None:
    incident.press("sponsor-one", "exec.seen")
    assert incident.ticket.of(Executives).executives[0].seen_at is not None
    incident.press("sponsor-one", "exec.seen")
    assert "done already" in incident.told


def test_no_one_else_says_that_the_brief_is_seen(incident: Incident) -> None:
    incident.press("csm-one", "exec.seen")
    assert incident.ticket.of(Executives).executives[0].seen_at is None


def test_an_executives_question_reaches_the_bridge(incident: Incident) -> None:
    form = incident.form("sponsor-one", "exec.ask")
    answer = incident.send("sponsor-one", form, question="How many accounts?")
    assert incident.ticket.of(Executives).executives[0].questions[0].text == "How many accounts?"
    assert "CSM One is asked to answer by" in answer.text


def test_an_answer_is_given_by_a_button_and_goes_to_whoever_asked(incident: Incident) -> None:
    asks = incident.form("sponsor-one", "exec.ask")
    assert "to CSM One, who is asked to answer within 30 minutes" in str(asks.view)
    incident.send("sponsor-one", asks, question="How many accounts?")
    form = incident.form("csm-one", "question.answer", "1")
    assert "How many accounts?" in str(form.view)
    incident.send("csm-one", form, answer="One account.")
    assert "It goes to Sponsor One under your name" in incident.told
    assert incident.ticket.of(Questions).questions_asked[0].answer == "One account."


def test_a_question_that_does_not_exist_has_no_form(incident: Incident) -> None:
    incident.press("csm-one", "question.answer", "7")
    assert incident.opened() == 0


def test_a_question_is_not_for_those_who_were_not_told(incident: Incident) -> None:
    incident.press("finance-one", "exec.ask")
    assert incident.opened() == 0
