"""A question that was put with buttons ends, and one can say how: who did what, when."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from protocols.analysis.events import RecordRca
from protocols.bridge.events import GoOnInBridge, NoteShared
from protocols.bridge.state import BridgeState
from protocols.closure.events import (
    AnswerSolved,
    MarkOpenedInError,
    RateResolution,
    Reopen,
    Resolve,
)
from protocols.contact.events import AnswerPoc, OfferPoc
from protocols.deliveries.events import BuryDelivery
from protocols.engineering.events import TakeEngineering
from protocols.executives.events import AnswerQuestion, AskQuestion, MarkSeen
from protocols.helpers.events import SayOnIt
from protocols.holds.events import ClearHold, ConfirmStopped, HoldKind, PlaceHold
from protocols.kernel.endings import Became, edit_key, ending_of
from protocols.kernel.tables import rules_of
from protocols.naming.events import SetAccount
from protocols.people.people import Role
from protocols.replies.events import RecordCall, RecordReply
from protocols.roles.events import DeclineRole, TakeRole
from protocols.scales import Impact, Tier
from protocols.second_reviews.events import (
    AnswerSecondReview,
    AskSecondReview,
    DropSecondReview,
    ReviewTeam,
)
from protocols.status import Status
from protocols.subjects import KINDS
from protocols.targets.events import Acknowledge, SayBlocked, StartTriage
from protocols.tiers.events import ChangeTier
from protocols.updates.events import SendBack
from protocols.withdrawals.events import RecallText, Withdrawal, WithdrawWords
from protocols.withdrawals.standing import Leaving, objection
from templates.kit import catalogue, render, shelves
from templates.kit.environment import environment
from templates.kit.presenting import facts_of
from tests.kit.rules_incident import REF, Incident, customer, who, without_sponsors
from tests.unit.presenters.walking import LINKS

ASKS_LEGAL = AskSecondReview(REF, ReviewTeam.LEGAL, "May we say so?")
READING = {
    "account.add", "account.show",
    "analysis.open", "bridge.go", "certificate.post", "page.open", "portal.follow", "say.open",
    "ticket.certificate", "ticket.show", "ticket.timeline",
}  # fmt: skip
"""Buttons that only open or show something: they are true for as long as the message stands."""
TOOLS = {"card_in_error", "card", "card_tier4", "card_resolved", "show", "certificate",
         "triage", "triage_moved",
         "no_account_named", "people_missing",
         "did_you_mean", "stopped_release", "tickets", "timeline", "what_can_i_say",
         "queue", "home", "not_found", "why", "blocked_asked"}  # fmt: skip
"""Surfaces that ask nothing: they are edited as a whole, or are an answer to a press."""
ASKED_UNDER = {
    "account_named": {"account-named"},
    "solved_answered": {"ack", "acknowledged"},
    "account_wrote": {"heard"},
    "blocked_named": {"blocked-what"},
    "blocked_unanswered": {"blocked-late"},
    "bridge_shared": {"shared", "still-shared"},
    "business_blocked": {"blocked"},
    "contact_uncovered": {"uncovered"},
    "details_back": {"details-back"},
    "details_call": {"details-call"},
    "details_lost": {"details-lost"},
    "confirmed": {"confirmed"},
    "ask_again": {"ask-again"},
    "checklist_undone": {"checklist"},
    "sync_check": {"sync-check"},
    "escalation": {"escalation"},
    "escalation_late": {"escalation-late"},
    "escalation_owner": {"escalated-owner"},
    "escalation_reason": {"escalation-reason"},
    "escalation_untaken": {"escalation"},
    "engineer_ask": {"engineer"},
    "flag_ask": {"flag"},
    "flag_proposed": {"flag-proposed"},
    "engineer_asked": {"engineer"},
    "no_executive_told": {"no-executive"},
    "notice_call": {"call"},
    "nudge": {"asked"},
    "notice_over": {"over"},
    "notice_promise": {"missed", "near"},
    "notice_reply": {"answer"},
    "question_ask": {"question"},
    "question_line": {"question"},
    "own_words": {"own-words"},
    "prompt_ask_again": {"reminder"},
    "prompt_call_end": {"in-error"},
    "prompt_read": {"to-read"},
    "untold": {"untold"},
    "has_it": {"poc"},
    "left_open": {"clock"},
    "target_breached": {"clock"},
    "target_near": {"clock"},
    "answered_after": {"answered-after"},
    "reply_to_read": {"reply", "in-a-row"},
    "words_collected": {"heard-more"},
    "ack_customer_routine": {"ack"},
    "ack_partner": {"ack"},
    "acknowledged_customer": {"acknowledged"},
    "acknowledged_partner": {"acknowledged"},
    "heard": {"heard"},
    "brief_t3": {"brief", "brief-end"},
    "brief_t4": {"brief-tier4"},
    "bridge_lost": {"bridge-lost"},
    "cause_ask": {"cause"},
    "problem_here": {"cause"},
    "called_ask": {"called"},
    "holder_left": {"left"},
    "you_left": {"left"},
    "delivery_buried": {"buried"},
    "undelivered": {"buried"},
    "heads_up": {"heads-up"},
    "late_manager": {"late"},
    "lead_asked_again": {"called-again"},
    "ninth_person": {"crowded"},
    "opened": {"opened"},
    "overdue_update": {"overdue", "late"},
    "page_ask": {"page-asked"},
    "problem_report": {"answers"},
    "classify": {"classify"},
    "poc_offer": {"poc-offer"},
    "poc_offer_silent": {"offer-silent"},
    "shift_left": {"shift"},
    "prompt_acknowledge": {"acknowledge-prompt"},
    "prompt_call": {"acknowledge-prompt"},
    "prompt_first_update": {"prompt"},
    "prompt_page": {"page-prompt"},
    "prompt_review": {"review-asked", "review-again", "last-call"},
    "prompt_update": {"prompt"},
    "rca_reminder": {"rca"},
    "reminder": {"reminder"},
    "reopened_inside": {"reopened"},
    "resolution_customer": {"text"},
    "resolution_partner": {"text"},
    "responder_ask": {"called"},
    "review": {"review"},
    "reviewer_ask": {"called"},
    "road_lost": {"road-lost"},
    "role_ask": {"role"},
    "role_commander": {"role-taken"},
    "role_communicator": {"role-taken"},
    "role_investigator": {"role-taken"},
    "role_poc": {"poc"},
    "role_scribe": {"role-taken"},
    "rota_end": {"rota-end"},
    "second_review_ask": {"second-review"},
    "second_review_late": {"second-review-late"},
    "security_route": {"route"},
    "sent_back": {"sent-back"},
    "followed": {"followed"},
    "hold_still": {"hold-still"},
    "stop_rota_end": {"stop-rota-end"},
    "suggested": {"suggested"},
    "withdrawn_line": {"withdrawn"},
    "words_altered": {"altered"},
}
"""Which messages ask something by buttons, and how their keys begin."""
BY_THEMSELVES = {"decision": "state", "lowering_ask": "state", "stop_ask": "stop_settled"}
"""Messages whose own template, or one of its own, says what became of them."""
_BUTTON = re.compile(r"\]\(([\w.]+)[: |){]|[|(] ?(?:[\w ']+)\(([\w.]+)[: ]")


def buttons(path: str) -> set[str]:
    """Return the actions of a template, with those of the parts that it includes."""
    source, _, _ = shelves.loader().get_source(environment(outward=False, tight=False), path)
    found = {one or other for one, other in _BUTTON.findall(source)}
    for part in re.findall(r"{%-? include '([^']+)'", source):
        found |= buttons(part)
    return found


def asking() -> Iterator[str]:
    """Yield the name of every message that asks something by a button."""
    for surface in catalogue.messages().values():
        if surface.name not in TOOLS and buttons(surface.path) - READING:
            yield surface.name


def test_every_message_that_asks_by_buttons_has_a_rule_for_its_end() -> None:
    unruled = {name for name in asking() if name not in BY_THEMSELVES} - ASKED_UNDER.keys()
    assert unruled == set()
    ruled = {name for kind in KINDS for name in rules_of(kind).ends}
    assert {name for names in ASKED_UNDER.values() for name in names} == ruled


def said(incident: Incident, suffix: str) -> str:
    """Return what the message with this key says now; empty while its question stands."""
    ending = became(incident, suffix)
    if ending is None:
        return ""
    params = {"ending": ending, **ending.params}
    facts = facts_of(ending.template, params, incident.ticket, incident.ctx, LINKS)
    made = render.message(ending.template, facts)
    assert not any(block["type"] == "actions" for block in made.blocks)
    return re.sub(r"<!date\^[^|]*\|23 Nov 2026 (\d\d:\d\d) UTC>", r"\1", made.text)


def became(incident: Incident, suffix: str) -> Became | None:
    """Return what became of the question of the only message whose key begins so."""
    keys = [key for key in incident.planned() if key.startswith(suffix)]
    assert keys, f"nothing was posted under {suffix}"
    return ending_of(incident.ticket, keys[0], incident.last, incident.ctx)


@pytest.fixture
def asked() -> Incident:
    """Give an incident at T+15, with the leads called and the roles asked."""
    return Incident.open().delivered().until("14:18")


def _asked(incident: Incident, role: Role) -> str:
    found = incident.asked(role)
    assert found is not None
    return found


def test_a_role_says_who_took_it(asked: Incident) -> None:
    person = _asked(asked, Role.SCRIBE)
    assert said(asked, f"role/scribe/{person}") == ""
    asked.at("14:20").by("cs-manager-one", TakeRole(REF, Role.SCRIBE))
    assert said(asked, f"role/scribe/{person}") == (
        "✅ *BW-1001 · Acme: scribe.* CS Manager One has had it since 14:20."
    )


def test_a_role_says_who_declined_it_and_who_is_asked_now(asked: Incident) -> None:
    person = _asked(asked, Role.SCRIBE)
    asked.at("14:20").by(person, DeclineRole(REF, Role.SCRIBE))
    next_one = who(_asked(asked, Role.SCRIBE)).name
    words = said(asked, f"role/scribe/{person}")
    assert f"{who(person).name} cannot, said 14:20. {next_one} is asked now." in words


def test_a_role_says_that_no_answer_came_in_time(asked: Incident) -> None:
    person = _asked(asked, Role.SCRIBE)
    asked.until("14:23")
    next_one = who(_asked(asked, Role.SCRIBE)).name
    words = said(asked, f"role/scribe/{person}")
    assert words.endswith(f"No answer came in time. {next_one} is asked now.")


def test_every_question_says_that_the_ticket_was_resolved_or_opened_by_mistake(
    asked: Incident,
) -> None:
    person = _asked(asked, Role.SCRIBE)
    for end, words in (
        (Resolve(REF, "The second run was stopped.", "See your list."), "was resolved by CSM One"),
        (MarkOpenedInError(REF, "not_a_problem", "a test"), "was closed as opened by mistake"),
    ):
        over = Incident.open().delivered().until("14:18").at("14:20").by("csm-one", end)
        for suffix in (f"role/scribe/{person}", "heads-up/engineering-lead"):
            assert f"BW-1001 {words} " in said(over, suffix).replace(".", " ")


def test_whoever_was_called_reads_that_they_answered() -> None:
    incident = Incident.open().delivered().at("14:05").by("cs-manager-one", SayOnIt(REF))
    words = said(incident, "heads-up/cs-manager")
    assert words == "✅ *BW-1001 · Acme: CS manager.* CS Manager One answered 14:05."
    assert said(incident, "heads-up/engineering-lead") == ""


def test_who_is_called_after_a_ticket_has_ended_is_needed_until_they_answer() -> None:
    incident = Incident.open(account_key=None).delivered().at("14:20")
    incident.by("csm-one", Resolve(REF, "The second run was stopped.", "See your list."))
    incident.at("14:21").by("csm-one", RecordRca(REF, "in the records, RCA-77")).at("14:25")
    incident._apply(NoteShared(REF, incident.ticket.of(BridgeState).channel_id), incident.ctx)
    assert incident.status() is Status.CLOSED
    assert said(incident, "called/security") == ""
    assert said(incident, "heads-up/engineering-lead").endswith("was closed.")
    incident.at("14:26").by("security-one", SayOnIt(REF))
    assert "Security One answered 14:26." in said(incident, "called/security")


def test_an_offer_of_the_contact_says_who_has_it_or_who_is_asked_instead() -> None:
    incident = Incident.open().delivered().at("14:05")
    incident.by("csm-one", OfferPoc(REF, who("csm-two")))
    assert said(incident, "poc-offer/csm-two") == ""
    incident.at("14:06").by("csm-two", AnswerPoc(REF, accept=False))
    assert "CSM Two cannot, said 14:06." in said(incident, "poc-offer/csm-two")
    incident.by("csm-one", OfferPoc(REF, who("csm-two"))).by("csm-two", AnswerPoc(REF, accept=True))
    keys = [key for key in incident.planned() if key.startswith("poc-offer/csm-two")]
    assert "CSM Two has had it since 14:06." in said(incident, keys[-1])


def test_a_text_in_review_says_who_released_it_sent_it_back_or_changed_it() -> None:
    incident = Incident.open().delivered().staffed().at("14:40").draft()
    assert said(incident, "review/1/") == ""
    changed = Incident.open().delivered().staffed().at("14:40").draft().at("14:42")
    changed.draft(known="409 payments of your run of 23 November were submitted twice.", number=1)
    assert "CSM Two changed its words 14:42." in said(changed, "review/1/")
    back = Incident.open().delivered().staffed().at("14:40").draft()
    back.by("cs-manager-one", SendBack(REF, 1, "name the accounts"))
    assert "CS Manager One sent it back" in said(back, "review/1/")
    assert said(back, "sent-back/1/") == ""
    incident.at("14:45").release()
    assert said(incident, "review/1/") == (
        "✅ *BW-1001 · Acme: update 1.* CS Manager One released it 14:45."
    )


def recalled() -> Incident:
    """Return an incident whose first update was released at 14:45, and recalled a minute later."""
    incident = Incident.open().delivered().staffed().at("14:40").draft().at("14:45").release()
    return incident.at("14:46").by("cs-manager-one", RecallText(REF, 1))


def test_a_release_that_was_taken_back_is_no_release_any_more() -> None:
    incident, late = recalled(), recalled().delivered("text/1")
    words = said(incident, "review/1/")
    assert "CS Manager One took its release back 14:46." in words
    assert "CS Manager One took its release back too late." in said(late, "review/1/")
    incident._apply(WithdrawWords(REF, f"{REF}/text/1", Withdrawal.RECALLED), incident.ctx)
    words = said(incident, "review/1/")
    assert words.endswith("was taken back by CS Manager One 14:46. The newer message has it.")


def test_words_whose_time_has_passed_wait_for_their_writer_until_they_are_written_anew() -> None:
    incident = Incident.open().delivered().staffed().at("14:40").draft().at("14:45").release()
    passed = WithdrawWords(REF, f"{REF}/text/1", Withdrawal.TIME_PASSED)
    incident.at("15:50")._apply(passed, incident.ctx)
    assert said(incident, "withdrawn/text/1/csm-two") == ""
    incident.at("15:52").draft(number=1)
    assert "CSM Two changed its words 15:52." in said(incident, "withdrawn/text/1/csm-two")


def test_each_end_of_a_question_is_told_apart_from_the_one_that_was_said() -> None:
    incident = Incident.open().delivered().staffed().at("14:40").draft().at("14:45").release()
    turns = [became(incident, "review/1/")]
    incident.by("cs-manager-one", RecallText(REF, 1))
    turns.append(became(incident, "review/1/"))
    assert [end.turn for end in turns if end is not None] == ["", "recalled"]


def test_a_reminder_of_a_promise_says_that_the_account_has_heard() -> None:
    incident = Incident.open().delivered().staffed().until("14:48")
    assert said(incident, "prompt/1") == ""
    incident.draft().at("14:50").release().delivered()
    assert "kept it" in said(incident, "prompt/1")


def test_what_could_not_be_delivered_says_who_called_them() -> None:
    incident = Incident.open().delivered().staffed().at("14:40").draft().release()
    incident.by(customer(), *())
    incident._apply(BuryDelivery(REF, f"{REF}/text/1", "msg_too_long"), incident.ctx)
    assert said(incident, "buried/text/1/") == ""
    incident.at("14:50").by("csm-one", RecordCall(REF, "They wrote it down."))
    assert "CSM One called Acme 14:50." in said(incident, "buried/text/1/")


def resolved() -> Incident:
    """Give an incident whose account was asked whether it is solved."""
    incident = Incident.open().delivered().staffed().at("16:40")
    incident.by("csm-one", Resolve(REF, "The second run was stopped.", "Compare with your list."))
    return incident.release().delivered("text/1")


def test_the_accounts_question_keeps_its_words_and_says_what_they_answered() -> None:
    incident = resolved()
    assert said(incident, "text/1") == ""
    for solved, words in ((True, "solved"), (False, "open again")):
        answered = resolved().by(customer(), AnswerSolved(REF, solved))
        ending = became(answered, "text/1")
        assert ending is not None
        assert ending.keeps
        assert said(answered, "text/1") == f"BW-1001: {words}."


def test_the_line_that_thanks_the_account_says_how_it_rated_it() -> None:
    incident = (
        Incident.open()
        .delivered()
        .by("csm-one", Resolve(REF, "The second run was stopped.", "See your list."))
    )
    incident.release().delivered().by(customer(), AnswerSolved(REF, solved=True))
    assert said(incident, "confirmed/0") == ""
    incident.by(customer(), RateResolution(REF, 4))
    assert "you rated it 4 of 5" in said(incident, "confirmed/0")
    incident.by("csm-one", Reopen(REF, "two are missing"))
    assert "open again" in said(incident, "confirmed/0")


def edits(incident: Incident, suffix: str) -> Leaving:
    """Return the edit by which a message before the account says what became of its question."""
    ending = became(incident, suffix)
    assert ending is not None
    return Leaving(edit_key(REF, suffix, ending), edits=f"{REF}/{suffix}")


def objects(incident: Incident, edit: Leaving) -> Withdrawal | None:
    return objection(incident.ticket, edit, incident.ctx)


@pytest.mark.parametrize("suffix", ["text/1", "confirmed/0"])
def test_an_edit_before_the_account_does_not_leave_once_something_else_has_become_of_it(
    suffix: str,
) -> None:
    incident = resolved().by(customer(), AnswerSolved(REF, solved=True))
    incident.by(customer(), RateResolution(REF, 4))
    edit = edits(incident, suffix)
    assert objects(incident, edit) is None
    incident.by("csm-one", Reopen(REF, "two are missing"))
    assert objects(incident, edit) is Withdrawal.MOVED_ON
    assert objects(incident, edits(incident, suffix)) is None


def test_an_edit_before_the_account_does_not_leave_while_its_question_is_asked_again() -> None:
    incident = resolved().by("csm-one", Reopen(REF, "two are missing"))
    edit = edits(incident, "text/1")
    incident.by("csm-one", Resolve(REF, "The second run was stopped.", "Compare with your list."))
    assert objects(incident, edit) is Withdrawal.MOVED_ON


def test_each_turn_of_the_closure_is_said_anew_where_the_account_was_asked() -> None:
    incident = resolved()
    said_before = set()
    for solved in (True, False):
        if solved:
            incident.by(customer(), AnswerSolved(REF, solved=True))
        else:
            incident.by("csm-one", Reopen(REF, "two are missing"))
        said_before.add(edits(incident, "text/1").key)
    assert len(said_before) == 2


def test_a_receipt_of_a_ticket_that_is_open_again_has_its_button_again() -> None:
    incident = Incident.open(impacts=frozenset(), signal=None).delivered()
    incident.by("csm-one", Resolve(REF, "The export holds all rows.", "Compare with your list."))
    incident.delivered().by(customer(), AnswerSolved(REF, solved=True))
    assert "account.blocked" not in shown(incident, "ack")
    assert "portal.follow" not in shown(incident, "ack")
    incident.by("csm-one", Reopen(REF, "two are missing"))
    assert "account.blocked" in shown(incident, "ack")
    assert "portal.follow" in shown(incident, "ack")
    incident.by("csm-one", Resolve(REF, "The export holds all rows.", "Compare with your list."))
    assert became(incident, "ack") is None


def test_solved_stands_under_what_asked_and_a_receipt_only_has_its_buttons_taken() -> None:
    incident = Incident.open(impacts=frozenset(), signal=None).delivered()
    incident.by("csm-one", Acknowledge(REF))
    incident.by("csm-one", Resolve(REF, "The export holds all rows.", "Compare with your list."))
    incident.delivered().by(customer(), AnswerSolved(REF, solved=True))
    suffixes = ("ack", "acknowledged", "text/1", "confirmed/0")
    ends = {suffix: became(incident, suffix) for suffix in suffixes}
    says = [suffix for suffix, end in ends.items() if end is not None and not end.bare]
    assert says == ["text/1"]
    incident.by("csm-one", Reopen(REF, "two are missing"))
    again = {suffix: became(incident, suffix) for suffix in suffixes}
    says = [suffix for suffix, end in again.items() if end is not None and not end.bare]
    assert says == ["text/1", "confirmed/0"]


def test_a_receipt_keeps_its_button_where_the_ticket_was_never_closed() -> None:
    incident = Incident.open(impacts=frozenset(), signal=None).delivered()
    incident.by("csm-one", Resolve(REF, "The export holds all rows.", "Compare with your list."))
    incident.delivered().by(customer(), AnswerSolved(REF, solved=False))
    assert became(incident, "ack") is None


def shown(incident: Incident, suffix: str) -> str:
    """Return the blocks of the edit by which a message says what became of its question."""
    ending = became(incident, suffix)
    assert ending is not None
    params = {"ending": ending, **ending.params}
    facts = facts_of(ending.template, params, incident.ticket, incident.ctx, LINKS)
    return str(render.message(ending.template, facts).blocks)


def test_a_brief_says_where_the_newer_one_stands() -> None:
    incident = Incident.open().delivered().at("14:20")
    assert said(incident, "brief/sponsor-one") == ""
    incident.by("csm-one", ChangeTier(REF, Tier.SYSTEMIC, "nine accounts"))
    assert "Another message says where it stands." in said(incident, "brief/sponsor-one")


def test_a_brief_that_was_said_to_be_replaced_is_so_again_after_it_was_edited_in_between() -> None:
    incident = (
        resolved()
        .by(customer(), AnswerSolved(REF, solved=True))
        .by("csm-one", RecordRca(REF, "https://records.vendor.example/1"))
    )
    turns = [became(incident, "brief-end/sponsor-one/0")]
    incident.by("csm-one", Reopen(REF, "seen again"))
    assert became(incident, "brief-end/sponsor-one/0") is None
    incident.by("csm-one", Resolve(REF, "The second run was stopped.", "Compare with your list."))
    turns.append(became(incident, "brief-end/sponsor-one/0"))
    assert [end.turn for end in turns if end is not None] == ["", "replaced"]


def test_a_second_seen_names_who_saw_it_and_when() -> None:
    incident = Incident.open().delivered().at("14:20").by("sponsor-one", MarkSeen(REF))
    again = incident.at("14:30").refused("sponsor-one", MarkSeen(REF))
    assert again.facts == {"person": "Sponsor One", "done_at": incident.at("14:20").now}


def test_who_declines_late_hears_who_has_the_role(asked: Incident) -> None:
    person = _asked(asked, Role.SCRIBE)
    asked.by("cs-manager-one", TakeRole(REF, Role.SCRIBE))
    refused = asked.refused(person, DeclineRole(REF, Role.SCRIBE))
    assert (refused.code, refused.facts) == (
        "not_asked",
        {"person": "CS Manager One", "what": "has"},
    )
    assert asked.refused(person, TakeRole(REF, Role.SCRIBE)).code == "role_taken"


def test_a_hold_that_is_settled_names_who_settled_it() -> None:
    incident = Incident.open().delivered().at("14:20")
    incident.by("csm-one", PlaceHold(REF, HoldKind.TRANSACTION, "paid twice"))
    incident.by("cs-manager-one", ConfirmStopped(REF, 1, "Payments Operations One"))
    stopped = incident.refused("cs-manager-one", ConfirmStopped(REF, 1, "Payments Operations One"))
    assert stopped.facts["person"] == "Payments Operations One"
    incident.by("finance-one", ClearHold(REF, 1, "checked"))
    cleared = incident.refused("finance-one", ClearHold(REF, 1, "checked"))
    assert cleared.facts["person"] == "Finance One"


def tier_1() -> Incident:
    """Give a ticket of a partner that nobody has a bridge for."""
    return Incident.open(
        by="csm-two", account_key="birch", channel=None, impacts=frozenset(), signal=None
    ).at("14:10")


def test_an_account_whose_business_is_blocked_has_who_answered_it() -> None:
    press = SayBlocked(REF, "Partner Admin One", "C1", "1.1/blocked")
    for answer, words in (
        (Acknowledge(REF), "CSM Two has had it since 14:20."),
        (RecordCall(REF, "It blocks a deal."), "CSM Two called Birch 14:20."),
    ):
        incident = tier_1().by(customer("birch"), press)
        assert said(incident, "blocked/") == ""
        assert words in said(incident.at("14:20").by("csm-two", answer), "blocked/")
    late = tier_1().by(customer("birch"), press).until("14:41").by("csm-two", Acknowledge(REF))
    assert "CSM Two has had it" in said(late, "blocked-late/")


def test_what_an_account_wrote_stays_and_has_who_took_the_ticket() -> None:
    wrote = RecordReply(REF, "Partner Admin One", "Is it late?", "C1", "1.2")
    incident = tier_1().by(customer("birch"), wrote)
    assert said(incident, "heard/") == ""
    ending = became(incident.at("14:20").by("csm-two", Acknowledge(REF)), "heard/")
    assert ending is not None
    assert ending.keeps
    assert "CSM Two has had it since 14:20." in said(incident, "heard/")


def test_what_an_account_wrote_on_a_ticket_that_has_a_bridge_now_has_its_contact() -> None:
    wrote = RecordReply(REF, "Partner Admin One", "Is it late?", "C1", "1.2")
    incident = tier_1().by(customer("birch"), wrote)
    incident.by("csm-two", ChangeTier(REF, Tier.CRITICAL, "Their lawyers write."))
    assert "what they wrote.* CSM Two has it." in said(incident, "heard/")


def test_the_question_to_an_engineer_has_who_started_triage_or_how_it_ended() -> None:
    impacts = frozenset({Impact.PAYMENTS_BLOCKED})
    incident = Incident.open(impacts=impacts, signal=None).at("14:04")
    incident.by("engineer-one", TakeEngineering(REF))
    assert said(incident, "engineer/engineer-one/") == ""
    incident.at("14:06").by("engineer-one", StartTriage(REF))
    words = said(incident, "engineer/engineer-one/")
    assert words.endswith("the start of triage.* Done by Engineer One 14:06.")
    resolved = Incident.open(impacts=impacts, signal=None).at("14:04")
    resolved.by("csm-one", Resolve(REF, "The second run was stopped.", "See your list."))
    assert "was resolved by CSM One" in said(resolved, "engineer/engineer-one/")


def test_a_question_of_an_executive_has_who_answered_it() -> None:
    incident = Incident.open().at("14:20").by("sponsor-one", AskQuestion(REF, "Any other run?"))
    assert said(incident, "question/1/ask") == ""
    incident.at("14:25").by("csm-one", AnswerQuestion(REF, 1, "No other run."))
    for suffix in ("question/1", "question/1/ask"):
        words = said(incident, suffix)
        assert words == "✅ *BW-1001 · Acme: a question of Sponsor One.* CSM One answered 14:25."
    assert ending_of(incident.ticket, "question/1/answer", incident.last, incident.ctx) is None


def test_a_bridge_that_is_shared_no_more_has_who_said_so() -> None:
    incident = Incident.open().delivered().at("14:20")
    incident._apply(NoteShared(REF, incident.ticket.of(BridgeState).channel_id), incident.ctx)
    assert said(incident, "shared/") == ""
    incident.at("14:25").by("cs-manager-one", GoOnInBridge(REF))
    words = said(incident, "shared/")
    assert "CS Manager One says that it is not shared any more, as of 14:25." in words
    assert words.endswith("Bridgewatch posts there again.")


def test_that_no_executive_was_told_ends_with_the_ticket() -> None:
    nobody = Incident.open(directory=without_sponsors(duty=False)).at("14:20")
    assert said(nobody, "no-executive/") == ""
    nobody.by("csm-one", Resolve(REF, "The second run was stopped.", "See your list."))
    assert "was resolved by CSM One" in said(nobody, "no-executive/")


def test_that_an_account_is_named_has_who_called_it() -> None:
    incident = Incident.open(account_key=None, channel=None).at("14:10")
    incident.by("csm-one", SetAccount(REF, "acme"))
    assert said(incident, "account-named/contact") == ""
    incident.at("14:15").by("csm-one", RecordCall(REF, "They know."))
    assert "CSM One called Acme 14:15." in said(incident, "account-named/contact")


def test_what_the_account_reads_of_being_heard_asks_nothing_and_stays_as_it_is() -> None:
    incident = Incident.heard("The October statement is missing deals.").until("14:03")
    before = len(incident.history)
    incident.by("csm-one", Acknowledge(REF))
    since = tuple(incident.history[before:])
    assert ending_of(incident.ticket, "heard/C0ACMESUP1/1.2", since, incident.ctx) is not None
    assert ending_of(incident.ticket, "heard", since, incident.ctx) is None


def test_a_question_to_another_team_says_who_answered_it() -> None:
    incident = Incident.open().by("csm-one", ASKS_LEGAL)
    assert said(incident, "second-review/1/0/") == ""
    incident.by("legal-one", AnswerSecondReview(REF, 1, "Yes."))
    assert "a question to another team" in said(incident, "second-review/1/0/")
    assert "Legal One answered" in said(incident, "second-review/1/0/")


def test_a_question_to_another_team_that_is_dropped_is_not_needed_any_more() -> None:
    incident = Incident.open().by("csm-one", ASKS_LEGAL)
    incident.by("csm-one", DropSecondReview(REF, 1, "Found in the records."))
    assert "not needed any more" in said(incident, "second-review/1/0/")
