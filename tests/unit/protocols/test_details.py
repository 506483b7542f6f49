"""Ask for details: clocks stop once the account has our questions, and its answer starts them.

Source: S83, S84; D33, D45.
"""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import timedelta
from typing import Any

import pytest

from protocols.answers.refusals import WordsOfABridge
from protocols.closure.events import Reopen, Resolve
from protocols.deliveries.events import BuryDelivery
from protocols.details.events import (
    DetailsAnswered,
    DetailsAsked,
    DetailsBack,
    DetailsReminded,
    DetailsToCall,
    GoOn,
)
from protocols.details.refusals import NothingAsked, TooManyQuestions
from protocols.details.state import Details
from protocols.kernel.effects import Dm, Effect
from protocols.kernel.refusals import ReasonNeeded
from protocols.ladder.measures import facts_of
from protocols.people.people import ENGINE
from protocols.replies.events import RecordCall, RecordReply, RecordWords
from protocols.scales import Impact, Severity, Tier
from protocols.targets.events import LeftOpen
from protocols.ticket import Ticket
from protocols.tiers.events import ChangeTier
from protocols.time.targets import Measure, Target, targets
from protocols.updates.events import DraftKind, DraftState, DraftText
from protocols.updates.state import Updates
from protocols.withdrawals.events import Withdrawal
from protocols.withdrawals.standing import Leaving, objection
from templates.kit import render
from templates.kit.presenting import facts_of as words_of
from tests.kit.rules_incident import REF, SHARED, Incident, customer, instant, who
from tests.unit.presenters.walking import LINKS

QUESTIONS = "Which batch was it?\nWho saw it first?"
ASK = DraftText(REF, DraftKind.DETAILS, (("questions", QUESTIONS),))
ANSWER = RecordReply(REF, "AP Director One", "Batch 14, seen by our clerk.", "C1", "2.1")


def tier_1(**changes: Any) -> Incident:
    form = {"impacts": frozenset(), "signal": None, "severity": Severity.MEDIUM, **changes}
    return Incident.open(**form)


def tier_2() -> Incident:
    blocked = frozenset({Impact.PAYMENTS_BLOCKED})
    return tier_1(impacts=blocked, severity=Severity.HIGH)


def asked(incident: Incident, at: str = "15:00") -> Incident:
    """Let the owner ask, and Slack take it."""
    number = len(incident.ticket.of(Updates).drafts) + 1
    return incident.at(at).by("csm-one", ASK).delivered(f"text/{number}")


def resolve_clock(incident: Incident) -> Target:
    found = targets(incident.ctx.policy, facts_of(incident.ticket), incident.ctx.calendar)
    return next(t for t in found if t.measure is Measure.RESOLVE and t.applies)


def test_the_clocks_stop_when_slack_has_taken_the_questions_and_not_before() -> None:
    incident = tier_1().at("15:00").by("csm-one", ASK)
    assert [effect.template for effect in incident.last_effects] == ["details_asked"]
    assert not incident.ticket.of(Details).waits
    incident.at("15:02").delivered("text/1")
    assert resolve_clock(incident).stopped_since_at == instant("15:02")


def test_the_answer_starts_them_where_they_stopped() -> None:
    before = resolve_clock(tier_1()).due_at
    incident = asked(tier_1()).at("16:00").by(customer(), ANSWER)
    after = resolve_clock(incident)
    assert before is not None
    assert after.due_at == before + timedelta(hours=1)
    assert after.paused_for == timedelta(hours=1)


def test_thanks_and_words_beside_the_thread_and_of_others_are_no_answer() -> None:
    beside = RecordReply(REF, "AP Director One", "Batch 14 it was", "C1", "2.1", apart=True)
    incident = asked(tier_1()).at("16:00").by(customer(), beside)
    incident.by(customer(), RecordReply(REF, "AP Director One", "Thank you!", "C1", "2.2"))
    incident.by(customer("birch"), RecordReply(REF, "Somebody", "Batch 15.", "C1", "2.3"))
    assert incident.ticket.of(Details).waits


def test_what_they_said_by_phone_is_an_answer() -> None:
    incident = asked(tier_1()).at("16:00")
    incident.by("csm-one", RecordWords(REF, "AP Director One", "15:55", "Batch 14."))
    assert not incident.ticket.of(Details).waits


def test_an_answer_that_was_read_late_counts_from_when_it_was_written() -> None:
    late = RecordReply(
        REF, "AP Director One", "Batch 14.", "C1", "2.1", written_at=instant("15:30")
    )
    incident = asked(tier_1()).at("18:00").by(customer(), late)
    assert resolve_clock(incident).paused_for == timedelta(minutes=30)


def test_an_answer_that_came_before_we_heard_that_they_have_the_questions_counts() -> None:
    incident = tier_1().at("15:00").by("csm-one", ASK)
    incident.at("15:04").by(customer(), ANSWER)
    taken = incident._taken(f"{REF}/text/1")
    early = type(taken)(REF, taken.key, instant("15:01"), "C0ACME0001", "acme-support", "1.2")
    incident.at("15:06").by(ENGINE, early)
    assert [e.answered_at for e in incident.events(DetailsAnswered)] == [instant("15:04")]
    assert not incident.ticket.of(Details).waits


def test_questions_after_questions_wait_in_one_pause() -> None:
    incident = asked(asked(tier_1()), "15:30")
    assert [pause.from_at for pause in incident.ticket.of(Details).pauses] == [instant("15:00")]
    assert len(incident.events(DetailsAsked)) == 2


def asked_twice() -> Incident:
    """Ask two questions at 15:00, and one more at 15:30, none of which is answered."""
    later = DraftText(REF, DraftKind.DETAILS, (("questions", "Which account paid it?"),))
    return asked(tier_2()).at("15:30").by("csm-one", later).delivered("text/2")


def shown(incident: Incident, effect: Effect) -> str:
    facts = words_of(effect.template or "", effect.params, incident.ticket, incident.ctx, LINKS)
    message = render.message(effect.template or "", facts)
    return json.dumps(message.blocks, ensure_ascii=False)


def test_the_first_questions_say_that_the_time_to_resolve_stops() -> None:
    incident = tier_1().at("15:00").by("csm-one", ASK)
    assert "The time to resolve stops until" in shown(incident, incident.last_effects[0])


def test_questions_after_questions_say_that_the_time_to_resolve_stands_still() -> None:
    incident = asked(tier_1()).at("15:30").by("csm-one", ASK)
    [asking] = [each for each in incident.last_effects if each.template == "details_asked"]
    assert "The time to resolve stands still until" in shown(incident, asking)


def opened_again() -> Incident:
    """Ask on a ticket that is open again: its time to resolve was met, and stays met."""
    incident = tier_1().at("15:00")
    incident.by("csm-one", Resolve(REF, "The copies are returned.", "Look at your list."))
    return incident.at("16:00").by("csm-one", Reopen(REF, "Too early."))


def test_questions_say_nothing_of_a_time_to_resolve_that_was_met() -> None:
    incident = opened_again().by("csm-one", ASK)
    [asking] = [each for each in incident.last_effects if each.template == "details_asked"]
    assert "time to resolve" not in shown(incident, asking)


def test_questions_say_nothing_of_a_time_to_resolve_that_has_passed() -> None:
    incident = tier_1().at("15:00", 11, 12).by("csm-one", ASK)
    [asking] = [each for each in incident.last_effects if each.template == "details_asked"]
    assert "time to resolve" not in shown(incident, asking)


def test_a_reminder_says_nothing_of_a_clock_that_does_not_stand() -> None:
    incident = asked(opened_again(), "16:10").until("16:11", 24)
    [reminder] = incident.told("details_reminder")
    assert "time to resolve" not in shown(incident, reminder)


def test_who_is_told_that_questions_are_lost_hears_of_no_clock_that_stands() -> None:
    incident = asked(tier_1()).at("15:30").by("csm-one", ASK)
    for key in ("text/2", "text/2/by-mail"):
        error = "channel_not_found" if key == "text/2" else "550 no such user"
        incident.by(ENGINE, BuryDelivery(REF, f"{REF}/{key}", error))
    [lost] = incident.told("details_lost")
    assert "no clock stands still" not in shown(incident, lost)


def test_a_reminder_names_all_that_is_not_answered_by_the_day_it_was_asked() -> None:
    incident = asked_twice().until("15:31", 24)
    [reminder] = incident.told("details_reminder")
    words = shown(incident, reminder)
    places = [words.index(each) for each in ("15:00", "Which batch", "15:30", "Which account")]
    assert places == sorted(places)


def test_who_has_the_ticket_calls_for_all_that_is_not_answered() -> None:
    incident = asked_twice().until("19:31")
    [call] = incident.told("details_call")
    words = shown(incident, call)
    assert "Which batch was it?" in words
    assert "Which account paid it?" in words
    assert "and again since" in words


def test_a_reply_answers_all_that_was_asked() -> None:
    incident = asked_twice().at("16:00").by(customer(), ANSWER)
    assert not incident.ticket.of(Details).waits
    asked(incident, "16:30")
    waiting = incident.ticket.of(Details).asked
    assert waiting is not None
    assert waiting.texts == (3,)


def test_a_reminder_does_not_leave_once_one_of_its_questions_may_not_be_said() -> None:
    incident = asked_twice().until("15:31", 24)
    leaving = Leaving(f"{REF}/details-reminder/2/1", channel_id=SHARED.channel_id)
    assert objection(incident.ticket, leaving, incident.ctx) is None
    first = incident.ticket.of(Updates).drafts[0]
    now_barred = replace(first, fields=(("questions", "Is it 4111 1111 1111 1111?"),))
    updates = incident.ticket.of(Updates)
    drafts = (now_barred, *updates.drafts[1:])
    ticket = incident.ticket.having(replace(updates, drafts=drafts))
    assert objection(ticket, leaving, incident.ctx) is Withdrawal.CHECKS


def test_an_account_that_is_silent_is_reminded_twice_and_then_it_is_its_owners_again() -> None:
    incident = asked(tier_1()).until("23:00", 1, 12)
    spoken = [
        (event.NAME, f"{event.at:%a %H:%M}")
        for event in incident.history
        if isinstance(event, DetailsReminded | DetailsToCall | DetailsBack)
    ]
    assert spoken == [
        ("DetailsReminded", "Tue 15:00"),
        ("DetailsReminded", "Fri 15:00"),
        ("DetailsBack", "Tue 15:00"),
    ]
    assert len(incident.told("details_reminder")) == 2
    assert [effect.to for effect in incident.told("details_back")] == [Dm(who("csm-one"))]
    assert incident.events(LeftOpen) == []
    incident.until("23:00", 3, 12)
    assert len(incident.told("details_back")) == 3


def test_nobody_is_reminded_at_night() -> None:
    incident = asked(tier_1(), at="22:30")
    assert incident.due_at("details_remind").hour == 14


def test_an_account_of_tier_2_is_called_after_four_hours() -> None:
    incident = asked(tier_2()).until("19:01")
    assert [effect.to for effect in incident.told("details_call")] == [Dm(who("csm-one"))]


def test_who_has_called_is_not_asked_to_call() -> None:
    incident = (
        asked(tier_2()).at("16:00").by("csm-one", RecordCall(REF, "Voicemail.")).until("20:00")
    )
    assert incident.told("details_call") == []
    assert incident.ticket.of(Details).waits


def test_questions_that_no_road_takes_stop_no_clock_and_the_owner_is_told() -> None:
    incident = tier_1().at("15:00").by("csm-one", ASK)
    for key in ("text/1", "text/1/by-mail"):
        error = "channel_not_found" if key == "text/1" else "550 no such user"
        incident.by(ENGINE, BuryDelivery(REF, f"{REF}/{key}", error))
    assert [effect.to for effect in incident.told("details_lost")] == [Dm(who("csm-one"))]
    assert not incident.ticket.of(Details).waits
    incident.at("15:20").by("csm-one", RecordCall(REF, "Asked by phone."))
    assert incident.ticket.of(Details).waits


def test_resolving_ends_the_wait_and_a_reopened_ticket_waits_for_nothing() -> None:
    incident = (
        asked(tier_1()).at("16:00").by("csm-one", Resolve(REF, "Returned.", "Look at your list."))
    )
    assert incident.ticket.of(Details).pauses[-1].until_at == instant("16:00")
    incident.at("16:30").by("csm-one", Reopen(REF, "Too early."))
    assert not incident.ticket.of(Details).waits


def test_a_bridge_waits_for_nobody() -> None:
    incident = asked(tier_2()).at("16:00")
    incident.by("csm-one", ChangeTier(REF, Tier.CRITICAL, "Funds moved wrongly."))
    assert incident.ticket.of(Details).pauses[-1].until_at == instant("16:00")
    assert isinstance(incident.refused("csm-one", ASK), WordsOfABridge)


def test_questions_that_have_not_left_when_it_gets_a_bridge_do_not_leave() -> None:
    incident = tier_2().at("16:00").by("csm-one", ASK)
    incident.by("csm-one", ChangeTier(REF, Tier.CRITICAL, "Funds moved wrongly."))
    leaving = Leaving(f"{REF}/text/1", channel_id=SHARED.channel_id)
    assert objection(incident.ticket, leaving, incident.ctx) is Withdrawal.MOVED_ON


def test_a_reminder_does_not_leave_once_they_have_answered() -> None:
    incident = asked(tier_1()).until("15:01", 24)
    leaving = Leaving(f"{REF}/details-reminder/1/1", channel_id=SHARED.channel_id)
    assert objection(incident.ticket, leaving, incident.ctx) is None
    incident.by(customer(), ANSWER)
    assert objection(incident.ticket, leaving, incident.ctx) is Withdrawal.MOVED_ON


def test_one_goes_on_without_the_answer_with_a_reason() -> None:
    incident = asked(tier_1()).at("16:00")
    assert isinstance(incident.refused("csm-one", GoOn(REF, " ")), ReasonNeeded)
    incident.by("csm-one", GoOn(REF, "Found in the records."))
    assert resolve_clock(incident).paused_for == timedelta(hours=1)
    assert isinstance(incident.refused("csm-one", GoOn(REF, "Again.")), NothingAsked)


@pytest.mark.parametrize("text", [" \n ", "\n".join(f"Question {each}?" for each in range(6))])
def test_nothing_and_too_much_is_not_asked(text: str) -> None:
    command = DraftText(REF, DraftKind.DETAILS, (("questions", text),))
    assert isinstance(tier_1().refused("csm-one", command), TooManyQuestions)


def test_where_a_second_person_is_needed_they_are_asked_for_one() -> None:
    incident = tier_1().at("15:00").by("cs-manager-one", ASK)
    draft = incident.ticket.of(Updates).drafts[-1]
    assert draft.state is DraftState.REVIEW
    assert incident.told("review")


def test_no_two_slices_of_a_ticket_are_kept_under_one_name() -> None:
    open_fields = [
        each.name
        for kind, layout in Ticket.slices.items()
        if not layout.under
        for each in fields(kind)
    ]
    assert sorted(open_fields) == sorted(set(open_fields))
    kept = [layout.under for layout in Ticket.slices.values() if layout.under]
    assert not set(kept) & set(open_fields)
    assert len(kept) == len(set(kept))
