"""Everything outward leaves once for one wish: a double press and two people at once send one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest

from protocols.analysis.events import RecordRca
from protocols.bridge.events import (
    BringInNow,
    GoOnInBridge,
    InvitePerson,
    KeepNinth,
    NoteJoined,
    NoteLeft,
    NoteShared,
    NoteUnshared,
    StartCall,
)
from protocols.checklist.events import SaySynced, SettleActions
from protocols.classification.events import Classify
from protocols.clock.events import FallDue
from protocols.closure.events import (
    AnswerSolved,
    AskAgain,
    CloseUnconfirmed,
    MarkOpenedInError,
    NameCause,
    RateResolution,
    RecordAnswer,
    Reopen,
    Resolve,
)
from protocols.closure.refusals import AskedToday
from protocols.contact.events import AnswerPoc, ListShift, OfferPoc, TakeShift
from protocols.decisions.events import AskDecision, Decide
from protocols.deliveries.events import BuryDelivery, TakeDelivery, ToldThem, TryAgain
from protocols.details.events import GoOn
from protocols.engineering.events import (
    DeclineEngineering,
    RecordEngineeringTicket,
    TakeEngineering,
)
from protocols.escalation.events import EndEscalation, Escalate, TakeEscalation
from protocols.executives.events import AnswerQuestion, AskQuestion, MarkSeen
from protocols.fixed_texts.events import FixedTextSent, SendFixed
from protocols.fixed_texts.refusals import AlreadySent, AskFirst
from protocols.fixed_texts.repeating import repeatable
from protocols.fixed_texts.state import FixedTexts
from protocols.flags.events import AnswerFlag, ClearFlag, SetFlag, TakeFlag
from protocols.following.events import FollowTicket, UnfollowTicket
from protocols.helpers.events import AskEngineering, JoinBridge, SayOnIt
from protocols.holds.events import ClearHold, ConfirmStopped, HoldKind, PlaceHold
from protocols.holds.refusals import HoldInForce
from protocols.investigation.events import (
    ConfirmExposure,
    ConfirmScope,
    RecordFinding,
    RecordIsolation,
)
from protocols.kernel.command import Command
from protocols.kernel.refusals import AlreadyDone, Refusal, WrongState
from protocols.kernel.tables import rules_of
from protocols.losses.events import (
    MakeBridgeAnew,
    NoteBridgeBack,
    NoteBridgeLost,
    NoteBridgeRenamed,
    NoteCardGone,
    TakeStock,
)
from protocols.naming.events import SetAccount
from protocols.notices.events import HearNotice, HearNoticeReply
from protocols.outreach.events import AddImpacted, CallImpacted
from protocols.people.people import ENGINE
from protocols.problems.events import AnswerRest, HearAnswered, TakeAnswer
from protocols.program_records.events import LinkRecord, RenewRecord, UnlinkRecord
from protocols.promises.state import Promises
from protocols.relations.events import (
    HearLink,
    HearMerge,
    HearSplit,
    LinkTickets,
    MergeTickets,
    UndoMerge,
    UnlinkTickets,
)
from protocols.replies.events import (
    CustomerSaid,
    ReadAnswer,
    RecordAlteration,
    RecordCall,
    RecordOwnWords,
    RecordReply,
    RecordWords,
)
from protocols.roles.events import AssignRole, DeclineRole, TakeRole
from protocols.routing.events import ChangeTicket
from protocols.scales import Impact, NoticedBy, Signal, Tier
from protocols.second_reviews.events import (
    AnswerSecondReview,
    AskSecondReview,
    DropSecondReview,
)
from protocols.status_page.events import SayOnPage
from protocols.targets.events import (
    Acknowledge,
    SayBlocked,
    SayWhatIsBlocked,
    SendClock,
    StartTriage,
    TakeUpTargets,
)
from protocols.ticket import Ticket
from protocols.tiers.events import AnswerLowering, ChangeTier
from protocols.timeline.events import AddNote, NoteEdited
from protocols.triage.events import AlterNote, NoteCardDeleted, WriteUnderCard
from protocols.updates.events import (
    DraftKind,
    DraftText,
    NoteStopped,
    ReleaseText,
    SendBack,
    SuggestWords,
    UseSuggested,
)
from protocols.updates.refusals import AlreadyReleased
from protocols.verification.events import RecordVerified
from protocols.withdrawals.events import RecallText, WithdrawWords
from tests.kit.rules_incident import DOING, KNOWN, REF, Incident, customer, instant

Opened = Callable[[], Incident]
HOLDING = SendFixed(REF, "holding")
NO_CHANGE = SendFixed(REF, "no_change")
LATE = SendFixed(REF, "late", sure=True)
ACKNOWLEDGE = SendFixed(REF, "acknowledgment")
RESOLVE = Resolve(REF, "The second copies were returned.", "See your statement.")


def staffed() -> Incident:
    return Incident.open().staffed().at("14:50")


def test_a_holding_line_that_mail_refused_too_may_be_said_again() -> None:
    incident = staffed().by("csm-one", HOLDING)
    for key, error in (("holding/1", "token_revoked"), ("holding/1/by-mail", "550 no such user")):
        incident.by(ENGINE, BuryDelivery(REF, f"{REF}/{key}", error))
    incident.at("15:00").by("csm-one", HOLDING)
    assert [text.key for text in incident.ticket.of(FixedTexts).fixed_texts][
        -1
    ] == f"{REF}/holding/2"


def drafted() -> Incident:
    return staffed().draft()


def updated() -> Incident:
    return staffed().updated().at("15:10")


def resolved() -> Incident:
    return staffed().by("csm-one", RESOLVE).release().delivered()


def on_tier_2() -> Incident:
    return Incident.open(impacts=frozenset({Impact.PAYMENTS_BLOCKED}), signal=None)


def on_tier_2_escalated() -> Incident:
    return on_tier_2().by("csm-one", Escalate(REF, "They go live tomorrow."))


def heard() -> Incident:
    return Incident.heard("We paid V-201 twice.")


def answered_in_words() -> Incident:
    return resolved().by(customer(), RecordReply(REF, "AP Director One", "Hm.", "C1", "1.1"))


def found_by_us() -> Incident:
    return Incident.open(noticed_by=NoticedBy.US).staffed()


def unanswered() -> Incident:
    """Return a ticket that silence opened again, with attempts on two days."""
    analysed = resolved().by("csm-one", RecordRca(REF, "https://desk.vendor.example/rca"))
    incident = analysed.until("17:00", 30)
    for day, month in ((30, 11), (1, 12)):
        incident.at("17:01", day, month).by("csm-one", RecordCall(REF, "no answer"))
    return incident


def on_tier_4() -> Incident:
    incident = staffed()
    change = ChangeTier(REF, Tier.SYSTEMIC, "in nine accounts")
    fields = (("known", "Runs are delayed."), ("doing", DOING))
    page = DraftText(REF, DraftKind.STATUS_PAGE, fields, incident.now + timedelta(hours=1))
    return incident.by("csm-one", change, page)


@dataclass(frozen=True)
class Outward:
    """One press that brings words to the account, and what the second hears."""

    state: Opened
    command: Command
    refusal: type[Refusal]
    by: str = "csm-one"


def release_of(incident: Incident) -> ReleaseText:
    return incident.releasing()


OUTWARD = {
    "acknowledge": Outward(found_by_us, ACKNOWLEDGE, AlreadySent),
    "ask again": Outward(unanswered, AskAgain(REF), AskedToday),
    "holding": Outward(staffed, HOLDING, AlreadySent),
    "holding after an update": Outward(updated, HOLDING, AlreadySent),
    "no change": Outward(updated, NO_CHANGE, AlreadySent),
    "we are late": Outward(staffed, LATE, AlreadySent),
    "release": Outward(drafted, release_of(drafted()), AlreadyReleased),
    "release of a status text": Outward(
        on_tier_4, release_of(on_tier_4()), AlreadyReleased, "cs-manager-one"
    ),
    "resolve": Outward(staffed, RESOLVE, WrongState),
    "re-open": Outward(resolved, Reopen(REF, "they called"), WrongState),
    "solved by phone": Outward(
        resolved, RecordAnswer(REF, "AP Director One", "16:00", "yes", True), WrongState
    ),
    "not solved by phone": Outward(
        resolved, RecordAnswer(REF, "AP Director One", "16:00", "no", False), WrongState
    ),
    "solved in their words": Outward(
        answered_in_words, ReadAnswer(REF, "1.1", solved=True), WrongState
    ),
    "not solved in their words": Outward(
        answered_in_words, ReadAnswer(REF, "1.1", solved=False), WrongState
    ),
    "close": Outward(unanswered, CloseUnconfirmed(REF, "no answer"), WrongState, "cs-manager-one"),
    "opened by mistake": Outward(
        staffed, MarkOpenedInError(REF, "wrong_account", "not theirs"), WrongState
    ),
    "how the time counts": Outward(on_tier_2, SendClock(REF), AlreadySent),
    "take it": Outward(on_tier_2, Acknowledge(REF), AlreadyDone),
    "escalate": Outward(on_tier_2, Escalate(REF, "They go live tomorrow."), AlreadyDone),
    "lead it": Outward(on_tier_2_escalated, TakeEscalation(REF), AlreadyDone, "cs-manager-one"),
    "raise the tier": Outward(
        staffed, ChangeTier(REF, Tier.SYSTEMIC, "in nine accounts"), AlreadyDone
    ),
    "classify": Outward(
        heard,
        Classify(REF, Tier.CRITICAL, frozenset({Impact.FUNDS_MOVED_WRONGLY})),
        AlreadyDone,
    ),
    "draft": Outward(
        staffed,
        DraftText(REF, DraftKind.UPDATE, (("known", KNOWN), ("doing", DOING)), instant("16:00")),
        AlreadyDone,
        "csm-two",
    ),
    "answer": Outward(
        on_tier_2,
        DraftText(REF, DraftKind.ANSWER, (("answer", "Your file has arrived."),)),
        AlreadyDone,
    ),
    "ask for details": Outward(
        on_tier_2,
        DraftText(REF, DraftKind.DETAILS, (("questions", "Which batch?"),)),
        AlreadyDone,
    ),
}
"""Each command of which words for the account follow; the table below keeps it whole."""

INWARD = {
    *(FallDue, TakeDelivery, BuryDelivery),
    *(ConfirmScope, BringInNow, JoinBridge, SayOnIt, NoteJoined, NoteLeft),
    *(InvitePerson, KeepNinth, StartCall, ConfirmExposure, NoteShared),
    *(TakeRole, DeclineRole, AssignRole, OfferPoc, AnswerPoc, ListShift, TakeShift),
    *(RecordFinding, RecordIsolation, PlaceHold, ConfirmStopped, ClearHold),
    *(SuggestWords, UseSuggested, SendBack, SayOnPage, AddImpacted, CallImpacted, HearNotice),
    HearNoticeReply,
    *(AddNote, RecordReply, RecordWords, RecordCall, NoteEdited),
    *(RecordOwnWords, RecordAlteration),
    *(NoteStopped, MarkSeen, AskQuestion, AskDecision, Decide),
    *(SetAccount, AskEngineering, NoteUnshared, GoOnInBridge, AnswerQuestion),
    *(
        SettleActions,
        GoOn,
        RecordVerified,
        StartTriage,
        TakeUpTargets,
        SayBlocked,
        SayWhatIsBlocked,
        TakeStock,
        NoteBridgeLost,
    ),
    *(NoteCardGone, NoteCardDeleted, TryAgain, ToldThem),
    *(NoteBridgeBack, NoteBridgeRenamed, MakeBridgeAnew),
    SaySynced,
    *(TakeEngineering, DeclineEngineering, RecordEngineeringTicket),
    *(RecordRca, AnswerSolved, RateResolution, AnswerLowering, RecallText, WithdrawWords),
    *(SetFlag, ClearFlag, TakeFlag, AnswerFlag),
    *(ChangeTicket, WriteUnderCard, AlterNote, EndEscalation),
    *(LinkRecord, UnlinkRecord, RenewRecord, AskSecondReview, AnswerSecondReview, DropSecondReview),
    *(LinkTickets, UnlinkTickets, HearLink, MergeTickets, UndoMerge, HearMerge, HearSplit),
    *(FollowTicket, UnfollowTicket),
    NameCause,
    *(AnswerRest, TakeAnswer, HearAnswered),  # test_problems says that each is answered once
}
"""Commands of one of ours that send the account nothing, and those that the account sends."""


def test_every_command_is_known_to_be_outward_or_not() -> None:
    outward = {type(one.command) for one in OUTWARD.values()}
    known = outward | INWARD
    new = [kind.__name__ for kind in rules_of(Ticket).decides if kind not in known]
    assert not new, f"{new}: does it send words to an account? Then it leaves once: add it above"


@pytest.mark.parametrize("name", OUTWARD)
def test_what_leaves_by_a_press_leaves_once(name: str) -> None:
    one = OUTWARD[name]
    incident = one.state().by(one.by, one.command)
    assert isinstance(incident.refused(one.by, one.command), one.refusal)
    other = "cs-manager-one" if one.by == "csm-one" else one.by
    assert isinstance(incident.refused(other, one.command), one.refusal)


@pytest.mark.parametrize("name", ["acknowledge", "holding", "no change", "we are late"])
def test_the_second_hears_who_sent_it_and_when(name: str) -> None:
    one = OUTWARD[name]
    incident = one.state().by("csm-one", one.command)
    sent_at = incident.now
    refusal = incident.at(sent_at + timedelta(minutes=2)).refused("cs-manager-one", one.command)
    assert (refusal.facts["person"], refusal.facts["sent_at"]) == ("CSM One", sent_at)


def test_the_holding_line_leaves_once_between_two_updates() -> None:
    incident = staffed().by("csm-one", HOLDING).at("15:30")
    assert isinstance(incident.refused("csm-two", HOLDING), AlreadySent)
    incident.updated().at("15:40").by("csm-two", HOLDING)
    assert isinstance(incident.at("16:20").refused("csm-one", HOLDING), AlreadySent)
    assert len(incident.told("holding")) == 2


def test_an_update_in_between_does_not_make_two_presses_of_one() -> None:
    incident = staffed().draft().by("csm-one", HOLDING)
    incident.at("14:51").release().delivered().at("14:52")
    assert isinstance(incident.refused("csm-two", HOLDING), AlreadySent)


def test_a_holding_line_that_was_refused_for_good_may_be_sent_again() -> None:
    incident = staffed().by("csm-one", HOLDING)
    incident.by("cs-manager-one", BuryDelivery(REF, f"{REF}/holding/1", "gone"))
    incident.by("csm-one", HOLDING)
    assert [e.key for e in incident.told("holding")] == [f"{REF}/holding/{n}" for n in (1, 2)]


def test_the_holding_line_keeps_the_promise_that_binds() -> None:
    incident = staffed().by("csm-one", HOLDING)
    assert incident.promised_at() == instant("15:02")
    assert [e.next_at for e in incident.events(FixedTextSent)][-1] == instant("15:02")


def test_the_time_that_it_names_is_a_promise_where_none_binds() -> None:
    incident = found_by_us().at("14:10").by("csm-one", HOLDING)
    assert incident.promised_at() == instant("15:02")
    incident.by("csm-one", ACKNOWLEDGE)
    assert [p.number for p in incident.ticket.of(Promises).promises] == [1]
    assert incident.until("15:02").told("late")
    lapsed = staffed().until("15:18")
    assert lapsed.promised_at() is None
    lapsed.by("csm-one", HOLDING)
    assert lapsed.promised_at() is not None


def test_a_promise_that_has_just_passed_is_told_before_the_line() -> None:
    incident = staffed().until("15:00").at("15:02:30").by("csm-one", HOLDING)
    sent = [e.template for e in incident.last_effects if e.reports]
    assert sent == ["late", "holding"]
    assert incident.promised_at() == instant("15:17:30")


def test_released_words_are_not_said_again_once_a_check_stands_against_them() -> None:
    incident = staffed()
    incident.by("csm-one", PlaceHold(REF, HoldKind.TRANSACTION, "copies"))
    incident.by("csm-one", ConfirmStopped(REF, 1, "Payments Operations One"))
    incident.draft(known="Payments have been stopped.", doing="Payments have been stopped.")
    incident.release().delivered()
    assert repeatable(incident.ticket, "known", incident.ctx)
    incident.by("finance-one", ClearHold(REF, 1, "settled")).at("15:10")
    assert not repeatable(incident.ticket, "known", incident.ctx)
    assert isinstance(incident.refused("csm-two", NO_CHANGE), Refusal)
    incident.by("csm-two", HOLDING)


def test_a_hold_on_the_cause_stops_no_change_and_never_the_holding_line() -> None:
    incident = staffed().draft(doing="We repair what was caused by a retry.", reason="they know")
    incident.release().delivered().at("15:10")
    incident.by("csm-one", PlaceHold(REF, HoldKind.DISCLOSURE, "legal threat"))
    assert isinstance(incident.refused("csm-two", NO_CHANGE), HoldInForce)
    incident.by("csm-two", HOLDING)


def test_no_change_may_follow_itself_after_its_time() -> None:
    incident = updated().by("csm-one", NO_CHANGE)
    incident.at("15:14:59")
    assert isinstance(incident.refused("csm-one", NO_CHANGE), AlreadySent)
    incident.at("15:15").by("csm-one", NO_CHANGE)


def test_we_are_late_is_asked_about_ahead_of_the_time_and_only_then() -> None:
    unasked = SendFixed(REF, "late")
    refusal = staffed().refused("csm-two", unasked)
    assert isinstance(refusal, AskFirst)
    assert refusal.facts["promised_at"] == instant("15:02")
    assert staffed().at("15:04").by("csm-two", unasked).told("late")


def test_the_account_says_twice_that_it_is_solved_and_reads_it_once() -> None:
    incident = resolved()
    for _ in range(2):
        incident.by(customer(), AnswerSolved(REF, solved=True))
    assert len(incident.told("confirmed")) == 1


def test_the_account_is_heard_when_it_says_twice_what_is_wrong() -> None:
    incident = resolved()
    for words in ("One is missing.", "Two are missing."):
        incident.by(customer(), AnswerSolved(REF, solved=False, words=words))
    assert len(incident.told("reopened")) == 1
    assert [e.words for e in incident.events(CustomerSaid)] == [
        "One is missing.",
        "Two are missing.",
    ]


def test_under_legals_hold_the_holding_line_goes_all_the_same() -> None:
    incident = Incident.open(signal=Signal.LEGAL_THREAT).staffed().at("14:50")
    assert incident.by("csm-one", HOLDING).told("holding")
