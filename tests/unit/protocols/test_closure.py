"""Resolved, told, asked, confirmed, closed or open again; the analysis; opened in error."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from protocols.analysis.events import RecordRca
from protocols.analysis.refusals import NoAnalysisOwed
from protocols.bridge.addresses import Bridge
from protocols.bridge.state import BridgeState
from protocols.closure.events import (
    AccountConfirmed,
    AnswerSolved,
    CloseUnconfirmed,
    RecordAnswer,
    Reopen,
    Resolve,
)
from protocols.closure.refusals import AttemptsNeeded, OurOwnPress, StillOwed
from protocols.closure.rules import owed
from protocols.closure.state import Closure, Resolution, analysis_turn
from protocols.closure.telling import Telling, telling
from protocols.executives.events import AskQuestion, MarkSeen
from protocols.executives.state import Executives
from protocols.holds.events import ClearHold, HoldKind, PlaceHold
from protocols.kernel.refusals import (
    AlreadyDone,
    NotAllowed,
    OldButton,
    ReasonNeeded,
    WrongState,
)
from protocols.ladder.events import StepKind, StepState
from protocols.ladder.state import Ladder
from protocols.people.people import Role
from protocols.promises.events import PromiseLapsed
from protocols.replies.events import CustomerSaid, RecordCall, RecordReply
from protocols.rights.refusals import NotYours
from protocols.roles.state import Roles
from protocols.scales import Category, Tier
from protocols.status import Status
from protocols.subjects import dues
from protocols.ticket import Ticket, TicketHead
from protocols.tiers.events import ChangeTier
from protocols.updates.events import DraftKind, DraftText, SendBack, TextOver
from protocols.updates.refusals import WordsRefused
from protocols.updates.state import Updates
from tests.kit.rules_incident import REF, Incident, actor, customer, instant, who

RESOLVE = Resolve(REF, "The second copies were returned.", "Compare your balance.")
RCA = RecordRca(REF, "https://records.vendor.example/1")
YES = AnswerSolved(REF, solved=True)
NO = AnswerSolved(REF, solved=False)


def resolved() -> Incident:
    """Return an incident resolved at 16:40 and told at 16:52, on Monday of Thanksgiving week."""
    incident = Incident.open().delivered().staffed().at("14:50").updated().at("16:40")
    incident.by("engineering-lead-one", RESOLVE)
    return incident.at("16:52").release().delivered()


def resolution_of(ticket: Ticket) -> Resolution:
    found = ticket.of(Closure).resolution
    assert found is not None
    return found


def test_resolving_puts_the_words_in_review_and_waives_what_is_left() -> None:
    incident = Incident.open().delivered().at("14:40").by("csm-one", RESOLVE)
    assert incident.status() is Status.RESOLVED
    assert incident.ticket.of(Updates).waiting_drafts()[0].kind is DraftKind.RESOLUTION
    assert incident.step(StepKind.SCOPE).state is StepState.WAIVED
    assert incident.owed() == {StepKind.FIRST_UPDATE, StepKind.RCA}


def test_the_first_update_stays_owed_until_the_account_is_told() -> None:
    incident = Incident.open().delivered().at("14:40").by("csm-one", RESOLVE)
    incident.until("14:50").release().delivered()
    assert incident.step(StepKind.FIRST_UPDATE).settled_at == instant("14:50")
    assert incident.promised_at() is None


def test_the_investigator_may_resolve_and_another_releases() -> None:
    incident = Incident.open().staffed().by("engineer-one", RESOLVE)
    assert incident.ticket.of(Updates).drafts[0].written_by == who("engineer-one")
    assert incident.release("csm-one").ticket.of(Updates).drafts[0].released_by == who("csm-one")


def test_words_that_a_check_stops_do_not_resolve() -> None:
    forecast = Resolve(REF, "It should be fixed.", "Compare your balance.")
    incident = Incident.open()
    assert isinstance(incident.refused("csm-one", forecast), WordsRefused)
    assert isinstance(incident.refused("csm-one", Resolve(REF, " ", "x")), ReasonNeeded)


def test_the_analysis_is_due_in_five_federal_reserve_days_from_the_resolution() -> None:
    ticket = resolved().ticket
    assert ticket.of(Closure).resolution is not None
    # Thanksgiving, 26 November, is no business day; the day after it is.
    assert resolution_of(ticket).rca_due_at == instant("16:40", 1, 12)
    assert resolved().step(StepKind.RCA).due_at == instant("16:40", 1, 12)


def test_the_analysis_is_reminded_three_times_and_its_lateness_reaches_the_manager() -> None:
    incident = resolved().by(customer(), YES).until("16:39:59", 1, 12)
    assert len(incident.told("rca_reminder")) == 3
    incident.until("16:40", 1, 12)
    late = [e.params["person"] for e in incident.told("rca_reminder") if e.params["late"]]
    assert late == ["csm-one", "cs-manager-one"]


def test_a_delivered_analysis_is_reminded_no_more() -> None:
    incident = resolved().at("10:00", 24).by("csm-one", RCA).until("16:40", 2, 12)
    assert not incident.told("rca_reminder")
    assert incident.step(StepKind.RCA).link == RCA.link


def test_the_account_is_reminded_after_one_and_reopened_after_three_business_days() -> None:
    incident = resolved().until("16:51:59", 24)
    assert not incident.told("reminder")
    incident.until("16:52", 24)
    assert len(incident.told("reminder")) == 1
    incident.until("16:51:59", 27)
    assert incident.status() is Status.RESOLVED
    incident.until("16:52", 27)
    assert incident.status() is Status.OPEN
    assert incident.told("reopened")
    assert incident.promised_at() == instant("16:52", 30)


def test_nobody_is_asked_before_they_were_told() -> None:
    incident = Incident.open().by("csm-one", RESOLVE)
    assert {point.kind for point in incident.dues()}.isdisjoint(
        {"confirm_remind", "confirm_reopen"}
    )


@pytest.mark.parametrize("person", [actor("csm-one"), customer("birch")])
def test_only_someone_at_the_account_confirms(person: object) -> None:
    assert isinstance(resolved().refused(person, YES), OurOwnPress)  # type: ignore[arg-type]


def test_a_confirmation_by_phone_is_recorded_with_who_when_and_their_words() -> None:
    incident = resolved()
    for bare in (("", "it is fine"), ("AP Director One", " ")):
        answer = RecordAnswer(REF, bare[0], "17:00", bare[1], solved=True)
        assert isinstance(incident.refused("csm-one", answer), ReasonNeeded)
    answer = RecordAnswer(REF, "AP Director One", "17:00", "it is fine", solved=True)
    assert isinstance(incident.refused("support-two", answer), NotYours)
    incident.by("csm-one", answer)
    confirmed = incident.events(AccountConfirmed)[0]
    assert (confirmed.by_phone, confirmed.said_at, confirmed.words) == (
        True,
        "17:00",
        "it is fine",
    )
    assert incident.status() is Status.CONFIRMED


def test_not_solved_opens_the_ticket_again() -> None:
    incident = resolved().by(customer(), AnswerSolved(REF, solved=False, words="still twice"))
    assert incident.status() is Status.OPEN
    assert incident.ticket.of(Closure).reopened == 1
    incident.by(customer(), YES)
    assert incident.status() is Status.OPEN
    assert incident.told("answered_after")


def test_a_confirmed_ticket_closes_when_nothing_is_owed() -> None:
    incident = resolved().by("csm-one", PlaceHold(REF, HoldKind.TRANSACTION, "stop"))
    incident.by(customer(), YES)
    assert owed(incident.ticket) == ("rca", "hold.transaction")
    incident.by("finance-one", ClearHold(REF, 1, "checked"))
    assert owed(incident.ticket) == ("rca",)
    assert incident.status() is Status.CONFIRMED
    incident.by("csm-one", RCA)
    assert owed(incident.ticket) == ()
    assert incident.status() is Status.CLOSED


def test_a_routine_ticket_closes_with_the_confirmation() -> None:
    incident = Incident.open(impacts=frozenset(), signal=None).by("csm-one", RESOLVE)
    incident.delivered().by(customer(), YES)
    assert incident.status() is Status.CLOSED


def test_the_bridge_is_archived_two_days_after_closure_as_its_last_effect() -> None:
    incident = resolved().by(customer(), YES).until("16:40", 29)
    assert "archive" not in incident.planned()
    incident.at("10:00", 30).by("csm-one", RCA).until("09:59:59", 2, 12)
    assert "archive" not in incident.planned()
    incident.until("10:00", 2, 12)
    assert incident.planned().count("archive") == 1
    assert [e.key for e in incident.effects if isinstance(e.to, Bridge)][-1].endswith("archive")
    known = len(incident.effects)
    incident.by("csm-one", PlaceHold(REF, HoldKind.RETENTION, "audit"))
    assert not [e for e in incident.effects[known:] if isinstance(e.to, Bridge)]
    assert incident.dues() == ()


def test_thanks_neither_closes_nor_reopens() -> None:
    incident = resolved()
    incident.by(customer(), RecordReply(REF, "AP Director One", "Thanks, perfect!", "C1", "1"))
    assert incident.status() is Status.RESOLVED
    incident.by(customer(), YES).by("csm-one", RCA)
    incident.by(customer(), RecordReply(REF, "AP Director One", "Thank you all", "C1", "2"))
    assert incident.status() is Status.CLOSED


def test_any_other_reply_opens_a_closed_ticket_again_in_a_new_bridge() -> None:
    incident = resolved().by(customer(), YES).by("csm-one", RCA).until("10:00", 1, 12)
    assert incident.ticket.of(BridgeState).archived_at is not None
    incident.by(customer(), RecordReply(REF, "AP Director One", "It is back.", "C1", "3"))
    assert incident.status() is Status.OPEN
    assert "bridge/2" in incident.planned()
    assert incident.told("reply_line")


def test_one_of_us_reopens_with_a_reason() -> None:
    incident = resolved()
    assert isinstance(incident.refused("csm-one", Reopen(REF, "")), ReasonNeeded)
    incident.by("csm-one", Reopen(REF, "seen again"))
    assert isinstance(incident.refused("csm-one", Reopen(REF, "again")), WrongState)


CALL = RecordCall(REF, "AP Director One: no answer")
CLOSE = CloseUnconfirmed(REF, "nobody there answers")


def silent() -> Incident:
    """Return an incident that three business days of silence opened again, its analysis sent."""
    return resolved().at("10:00", 24).by("csm-one", RCA).until("16:52", 27)


def test_closing_unconfirmed_needs_attempts_on_two_days() -> None:
    incident = silent().at("17:00", 27).by("csm-one", CALL).at("17:10", 27).by("csm-one", CALL)
    assert isinstance(incident.refused("cs-manager-one", CLOSE), AttemptsNeeded)


def test_after_attempts_on_two_days_a_manager_closes_and_the_account_is_told() -> None:
    incident = silent().at("17:00", 27).by("csm-one", CALL).at("15:00", 30).by("csm-one", CALL)
    assert isinstance(incident.refused("csm-one", CLOSE), NotAllowed)
    incident.by("cs-manager-one", CLOSE)
    assert incident.status() is Status.CLOSED
    assert len(incident.told("closed_unconfirmed")) == 1
    assert incident.due_at("archive") == instant("15:00", 2, 12)


def test_nothing_closes_unconfirmed_while_something_is_owed() -> None:
    incident = resolved().until("16:52", 27).by("csm-one", CALL)
    incident.at("15:00", 30).by("csm-one", CALL)
    assert isinstance(incident.refused("cs-manager-one", CLOSE), StillOwed)


def test_a_ticket_that_was_never_silent_does_not_close_unconfirmed() -> None:
    assert isinstance(Incident.open().refused("cs-manager-one", CLOSE), WrongState)


def test_the_third_reopen_is_the_managers() -> None:
    incident = resolved()
    for day in (24, 25, 30):
        incident.at("10:00", day).by(customer(), NO)
        incident.by("csm-one", RESOLVE).release().delivered()
    told = [e.params["escalated"] for e in incident.told("reopened_inside")]
    assert told == [False, False, False, False, True, True]


def test_a_reopen_by_us_or_by_silence_is_no_third_one() -> None:
    incident = resolved()
    for day in (24, 25):
        incident.at("10:00", day).by(customer(), NO)
        incident.by("csm-one", RESOLVE).release().delivered()
    incident.at("10:00", 27).by("csm-one", Reopen(REF, "it is back"))
    incident.by("csm-one", RESOLVE).release().delivered().until("10:00", 3, 12)
    assert incident.ticket.of(Closure).awaits_answer
    assert not any(e.params["escalated"] for e in incident.told("reopened_inside"))


def test_resolved_again_the_owed_analysis_keeps_its_date_and_its_reminders() -> None:
    incident = resolved().at("10:00", 24).by("csm-one", Reopen(REF, "seen again"))
    incident.at("16:00", 24).by("csm-one", RESOLVE)
    owed_steps = [s for s in incident.ticket.of(Ladder).steps if s.kind is StepKind.RCA]
    assert [(step.state, step.due_at) for step in owed_steps] == [
        (StepState.OWED, instant("16:40", 1, 12))
    ]
    assert resolution_of(incident.ticket).rca_due_at == instant("16:40", 1, 12)
    incident.by("csm-one", RCA)
    assert StepKind.RCA not in incident.owed()


def test_a_lower_tier_wipes_no_analysis() -> None:
    incident = resolved().at("10:00", 24).by("csm-one", Reopen(REF, "seen again"))
    incident.by("cs-manager-one", ChangeTier(REF, Tier.ROUTINE, "nothing moved")).agreed()
    incident.by("csm-one", RESOLVE)
    assert resolution_of(incident.ticket).rca_due_at == instant("16:40", 1, 12)


def test_a_new_resolution_after_a_delivered_analysis_owes_another() -> None:
    incident = resolved().at("10:00", 24).by("csm-one", RCA, Reopen(REF, "seen again"))
    incident.at("16:40", 24).by("csm-one", RESOLVE)
    assert resolution_of(incident.ticket).rca_due_at == instant("16:40", 2, 12)
    assert {p.key for p in incident.dues() if p.key.startswith("rca:1:")}


@pytest.mark.parametrize("by_silence", [True, False])
def test_an_analysis_is_reminded_late_and_recorded_while_the_ticket_is_open_again(
    by_silence: bool,
) -> None:
    incident = resolved()
    if by_silence:
        incident.until("16:52", 27)
    else:
        incident.by(customer(), AnswerSolved(REF, solved=False, words="still twice"))
    assert incident.status() is Status.OPEN
    incident.until("16:40", 1, 12)
    assert [e.params["late"] for e in incident.told("rca_reminder")][-2:] == [True, True]
    shares = [e.key for e in incident.told("rca_reminder") if not e.params["late"]]
    assert len(shares) == len(set(shares)) == 3
    incident.by("csm-one", RCA)
    assert not [point for point in incident.dues() if point.key.startswith("rca:")]
    assert isinstance(incident.refused("csm-one", RCA), AlreadyDone)


def test_an_analysis_that_an_earlier_release_reminded_of_is_not_reminded_anew() -> None:
    closure = Closure(resolution_of(resolved().ticket), reopened=1)
    assert analysis_turn(closure, is_open_again=True) == 0
    assert analysis_turn(closure, is_open_again=False) == 1


def test_a_late_analysis_is_said_late_each_business_day() -> None:
    incident = resolved().by(customer(), YES).until("16:40", 1, 12)
    late = len(incident.told("rca_reminder"))
    incident.until("16:40", 2, 12)
    assert len(incident.told("rca_reminder")) == late + 2


def test_without_an_analysis_owed_none_is_recorded() -> None:
    assert isinstance(Incident.open().refused("csm-one", RCA), NoAnalysisOwed)


def test_a_promise_outlives_the_resolution_until_its_words_are_with_the_account() -> None:
    incident = Incident.open().delivered().at("14:40").by("csm-one", RESOLVE)
    assert incident.promised_at() == instant("15:02")
    incident.until("15:02")
    assert incident.told("late")
    assert incident.promised_at() == instant("15:17")
    incident.until("15:17")
    assert [e.told for e in incident.events(PromiseLapsed)] == [True, False]
    other = Incident.open().delivered().at("14:40").by("csm-one", RESOLVE).release()
    assert not other.until("15:10").told("late")
    other.delivered()
    assert other.promised_at() is None


def test_the_accounts_word_ends_a_promise_and_the_steps_before_it() -> None:
    incident = Incident.open().delivered().at("14:40").by("csm-one", RESOLVE)
    answer = RecordAnswer(REF, "AP Director One", "14:45", "it is fine", solved=True)
    incident.at("14:46").by("csm-one", answer)
    assert incident.promised_at() is None
    assert incident.owed() == {StepKind.RCA}
    assert incident.ticket.of(Updates).waiting_drafts() == ()
    assert [e.why for e in incident.events(TextOver)] == ["confirmed"]
    incident.until("15:30")
    assert not incident.told("late")
    assert not incident.told("prompt_review")


def test_words_of_a_resolution_are_over_when_it_is_opened_again() -> None:
    incident = Incident.open().by("csm-one", RESOLVE, Reopen(REF, "seen again"))
    assert [e.number for e in incident.events(TextOver)] == [1]
    assert "csm-one" in [e.params.get("person") for e in incident.told("over_line")]
    incident.until("14:20")
    assert not incident.told("prompt_review")


def test_a_text_in_review_is_asked_for_each_business_day_until_it_is_released() -> None:
    form: dict[str, Any] = {
        "impacts": frozenset(),
        "signal": None,
        "category": Category.CONTRACT_POLICY,
    }
    incident = Incident.open(**form).by("csm-one", RESOLVE)
    for day, asked in ((23, 1), (24, 2), (25, 3)):
        incident.until("15:00", day)
        keys = {
            e.key
            for e in incident.told("prompt_review")
            if "review-again" in e.key or "review-still" in e.key
        }
        assert len({key.rpartition("/")[0] for key in keys}) == asked


def test_after_words_are_sent_back_the_account_is_not_forgotten() -> None:
    incident = Incident.open().delivered().staffed().at("14:50").by("csm-one", RESOLVE)
    incident.at("14:52").by("cs-manager-one", SendBack(REF, 1, "say which run"))
    assert telling(incident.ticket) is Telling.BACK
    incident.until("15:51:59")
    assert not incident.told("untold")
    incident.until("15:52")
    assert {e.params.get("person") for e in incident.told("untold")} >= {
        "csm-one",
        "cs-manager-one",
    }
    told = len(incident.told("untold"))
    assert len(incident.until("15:52", 24).told("untold")) == 2 * told
    fields = (("done", "Returned."), ("check", "See your statement."))
    again = DraftText(REF, DraftKind.RESOLUTION, fields, number=1)
    incident.by("csm-one", again).release().delivered()
    assert telling(incident.ticket) is Telling.TOLD
    assert not [p for p in incident.dues() if p.kind == "resolution_untold"]


def test_a_resolution_that_only_a_call_brings_asks_for_the_call_again_and_again() -> None:
    incident = Incident.nowhere().at("14:40").by("csm-one", RESOLVE).release()
    assert [e.params["person"] for e in incident.told("prompt_read")] == ["csm-one"]
    assert telling(incident.ticket) is Telling.BY_PHONE
    incident.until("15:40")
    assert incident.told("untold")
    incident.by("csm-one", CALL)
    resolution = resolution_of(incident.ticket)
    assert resolution.told_at == instant("15:40")
    assert resolution.told_by_phone
    incident.until("15:40", 24)
    assert incident.told("prompt_ask_again")
    assert not incident.told("reminder")


def test_a_resolved_ticket_without_an_account_closes_when_nothing_is_owed() -> None:
    incident = Incident.open(account_key=None).by("csm-one", RESOLVE)
    assert incident.status() is Status.RESOLVED
    incident.by("csm-one", RCA)
    assert incident.status() is Status.CLOSED
    routine = Incident.open(account_key=None, impacts=frozenset(), signal=None)
    assert routine.by("csm-one", RESOLVE).status() is Status.CLOSED


def test_words_of_a_resolution_that_was_reopened_are_not_released() -> None:
    incident = Incident.open().by("csm-one", RESOLVE, Reopen(REF, "seen again"))
    assert isinstance(incident.refused("cs-manager-one", incident.releasing()), WrongState)


def test_executives_have_a_new_message_at_the_end_and_quiet_edits_before() -> None:
    incident = resolved()
    keys = incident.planned()
    assert keys.count("brief/sponsor-one") == 1
    assert keys.count("brief-end/sponsor-one/0") == 1
    assert any(key.startswith("brief-edit/sponsor-one/") for key in keys)


def test_seen_is_pressed_and_by_executives_only() -> None:
    incident = Incident.open()
    assert isinstance(incident.refused("csm-one", MarkSeen(REF)), NotYours)
    incident.at("14:20").by("sponsor-one", MarkSeen(REF))
    assert incident.ticket.of(Executives).executives[0].seen_at == instant("14:20")


def test_two_questions_of_one_person_are_two_lines() -> None:
    incident = Incident.open()
    for clock in ("14:20", "14:21"):
        incident.at(clock).by("csm-one", AskQuestion(REF, "how long?"))
    assert len(incident.told("question_line")) == 2


def test_the_answer_of_the_account_by_phone_may_be_no() -> None:
    no = RecordAnswer(REF, "AP Director One", "17:00", "still twice", solved=False)
    incident = resolved().by("csm-one", no)
    assert incident.status() is Status.OPEN
    assert incident.events(CustomerSaid)[0].words == "still twice"


def test_a_commander_keeps_no_seat_on_a_tier_3_ticket() -> None:
    assert Incident.open().ticket.of(Roles).seat(Role.COMMANDER) is None


def test_a_word_that_we_write_down_is_by_phone_even_without_a_time() -> None:
    incident = Incident.open().by("csm-one", Resolve(REF, "Copies returned.", "Look at your list."))
    incident.by("csm-one", RecordAnswer(REF, "AP Director One", " ", "yes", solved=True))
    assert incident.ticket.of(Closure).resolution is not None
    assert resolution_of(incident.ticket).by_phone


def test_the_words_of_a_resolution_that_did_not_hold_are_not_released_beside_the_next() -> None:
    incident = Incident.open().staffed().delivered("ack").at("14:45").updated()
    resolve = Resolve(REF, "The copies were returned.", "See your statement.")
    incident.at("15:10").by("csm-one", resolve)
    waiting = incident.ticket.of(Updates).drafts[-1].number
    incident.at("15:20").by("csm-one", Reopen(REF, "they called"))
    incident.at("15:40").by(
        "csm-one", Resolve(REF, "All copies were returned.", "See the statement.")
    )
    old = incident.refused("cs-manager-one", incident.releasing(waiting))
    assert isinstance(old, OldButton)
    incident.release()


@pytest.mark.parametrize(
    ("zone", "at"),
    [
        ("America/New_York", "2026-11-24T16:52"),
        ("Asia/Tokyo", "2026-11-25T00:00"),
        ("Asia/Dubai", "2026-11-25T05:00"),
    ],
)
def test_an_account_is_asked_again_within_its_own_day(zone: str, at: str) -> None:
    incident = resolved()
    account = incident.ticket.account
    assert account is not None
    head = replace(incident.ticket.of(TicketHead), account=replace(account, zone=zone))
    there, ctx = incident.ticket.having(head), incident.ctx
    points = {point.kind: point.at for point in dues(there, ctx.policy, ctx.calendar)}
    assert points["confirm_remind"] == datetime.fromisoformat(f"{at}+00:00")
    assert points["confirm_remind"] < points["confirm_reopen"]
