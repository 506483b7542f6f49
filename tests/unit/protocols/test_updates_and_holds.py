"""Outward words: drafted by one, released by another; findings stay inside; holds bind."""

from __future__ import annotations

from datetime import timedelta

import pytest

from protocols.bridge.refusals import NotInTheBridge
from protocols.closure.events import MarkOpenedInError
from protocols.helpers.events import JoinBridge
from protocols.holds.events import ClearHold, ConfirmStopped, HoldKind, PlaceHold
from protocols.holds.refusals import ClearerIsPlacer, HoldInForce
from protocols.holds.state import Holds, HoldState
from protocols.investigation.events import RecordFinding
from protocols.kernel.endings import ending_of
from protocols.kernel.refusals import AlreadyDone, NotAllowed, OldButton, ReasonNeeded, WrongState
from protocols.ladder.events import StepKind
from protocols.people.directory import Directory
from protocols.promises.state import Promises
from protocols.scales import Signal, Tier
from protocols.tiers.events import ChangeTier
from protocols.updates.approval import text_hash
from protocols.updates.events import (
    DraftKind,
    DraftState,
    DraftText,
    ReviewReminded,
    SendBack,
    SuggestWords,
    TextDrafted,
    TextEdited,
    UseSuggested,
)
from protocols.updates.refusals import (
    AlreadyReleased,
    LegalMustRelease,
    NoNextUpdate,
    NothingToCorrect,
    SecondPersonNeeded,
    TextChanged,
    WordsRefused,
)
from protocols.updates.state import Updates
from tests.kit.rules_incident import DOING, KNOWN, REF, Incident, actor, instant, people

FINDING = "Worker nine replayed batch seventeen after a lost heartbeat"


def staffed() -> Incident:
    """Return an incident at T+43 with three roles taken."""
    return Incident.open().staffed().at("14:45")


def refused_draft(incident: Incident, known: str, reason: str = "") -> WordsRefused:
    fields = (("known", known), ("doing", DOING))
    next_at = incident.now + timedelta(hours=1)
    text = DraftText(REF, DraftKind.UPDATE, fields, next_at, reason)
    refusal = incident.refused("csm-two", text)
    assert isinstance(refusal, WordsRefused)
    return refusal


@pytest.mark.parametrize(
    "known",
    [
        "It will be checked again at 16:00.",
        "Payments have been stopped.",
        "It also touches Birch.",
        f"{FINDING}.",
    ],
    ids=["no zone", "not stopped", "another account", "a finding"],
)
def test_some_words_are_refused_whatever_the_reason(known: str) -> None:
    incident = staffed().by("engineer-one", RecordFinding(REF, "raw", FINDING))
    refusal = refused_draft(incident, known, "it is true")
    assert refusal.facts["has_refused"] is True


@pytest.mark.parametrize("known", ["It should be fixed.", "It failed because of a retry."])
def test_some_words_pass_with_a_reason_that_is_kept(known: str) -> None:
    incident = staffed()
    assert refused_draft(incident, known).facts["has_refused"] is False
    incident.draft(known=known, reason="the account asked for it")
    assert incident.ticket.of(Updates).drafts[0].asked_reason == "the account asked for it"


@pytest.mark.parametrize("minutes", [0, -1])
def test_an_update_names_a_next_one_in_the_future(minutes: int) -> None:
    incident = staffed()
    fields = (("known", KNOWN), ("doing", DOING))
    next_at = incident.now + timedelta(minutes=minutes)
    for at in (next_at, None):
        text = DraftText(REF, DraftKind.UPDATE, fields, at)
        assert isinstance(incident.refused("csm-two", text), NoNextUpdate)


@pytest.mark.parametrize("releaser", ["csm-one", "cs-manager-one", "support-one", "legal-one"])
def test_a_second_person_on_the_ticket_a_manager_or_legal_releases(releaser: str) -> None:
    incident = staffed().draft().release(releaser)
    assert incident.ticket.of(Updates).drafts[0].update_number == 1
    assert [e.params["draft"] for e in incident.told("update_customer")] == [1]


@pytest.mark.parametrize(
    ("person", "why"),
    [
        ("csm-two", SecondPersonNeeded),
        ("engineer-one", SecondPersonNeeded),
        ("support-two", NotInTheBridge),
        ("finance-one", NotInTheBridge),
    ],
)
def test_writer_investigator_and_strangers_do_not_release(person: str, why: type) -> None:
    incident = staffed().draft()
    assert isinstance(incident.refused(person, incident.releasing()), why)


def test_the_refusal_names_who_can_release() -> None:
    incident = staffed().draft()
    refusal = incident.refused("csm-two", incident.releasing())
    assert "CS Manager One" in str(refusal.facts["people"])
    assert "Engineer One" not in str(refusal.facts["people"])


def test_without_a_directory_any_other_member_releases() -> None:
    incident = Incident.open(directory=Directory())
    incident.by("csm-two", JoinBridge(REF)).draft().release("support-two")
    assert incident.ticket.of(Updates).drafts[0].state is DraftState.RELEASED


def test_a_second_release_of_one_text_is_refused() -> None:
    incident = staffed().draft().release()
    refusal = incident.refused("csm-one", incident.releasing())
    assert isinstance(refusal, AlreadyReleased)
    assert refusal.facts == {"person": "CS Manager One", "released_at": instant("14:45")}


def test_an_edit_voids_what_was_read() -> None:
    incident = staffed().draft()
    read = incident.releasing()
    incident.at("14:46").draft(known="37 of the second copies have settled.", number=1)
    assert isinstance(incident.refused("cs-manager-one", read), TextChanged)
    assert incident.release().ticket.of(Updates).drafts[0].released_by is not None


def test_another_promised_time_is_another_text() -> None:
    incident = staffed().draft()
    read = incident.releasing()
    incident.draft(next_in=timedelta(hours=2), number=1)
    assert isinstance(incident.refused("cs-manager-one", read), TextChanged)


def test_only_the_writer_edits() -> None:
    incident = staffed().draft()
    fields = (("known", KNOWN), ("doing", DOING))
    edit = DraftText(REF, DraftKind.UPDATE, fields, incident.now + timedelta(hours=1), number=1)
    assert isinstance(incident.refused("csm-one", edit), NotAllowed)


def test_the_investigator_drafts_no_update() -> None:
    incident = staffed()
    fields = (("known", KNOWN), ("doing", DOING))
    text = DraftText(REF, DraftKind.UPDATE, fields, incident.now + timedelta(hours=1))
    assert isinstance(incident.refused("engineer-one", text), NotAllowed)


def test_whoever_suggested_the_words_that_were_used_does_not_release_them() -> None:
    incident = staffed().draft()
    better = (("known", "37 of the second copies have settled."), ("doing", DOING))
    incident.by("cs-manager-one", SuggestWords(REF, 1, better))
    assert isinstance(incident.refused("csm-one", UseSuggested(REF, 1)), NotAllowed)
    incident.by("csm-two", UseSuggested(REF, 1))
    assert isinstance(incident.refused("cs-manager-one", incident.releasing()), SecondPersonNeeded)
    incident.release("csm-one")
    assert incident.ticket.of(Updates).drafts[0].field("known") == better[0][1]
    assert incident.ticket.of(Updates).drafts[0].edited_by.key == "csm-two"


@pytest.mark.parametrize("first", ["sent back", "suggested"])
def test_words_suggested_for_a_text_that_came_back_are_offered_until_they_are_used(
    first: str,
) -> None:
    incident = staffed().draft()
    better = (("known", "37 of the second copies have settled."), ("doing", DOING))
    acts = [SendBack(REF, 1, "say how many"), SuggestWords(REF, 1, better)]
    incident.by("cs-manager-one", *(acts if first == "sent back" else reversed(acts)))
    key = next(key for key in incident.planned() if key.startswith("suggested/1/"))
    assert ending_of(incident.ticket, key, incident.last, incident.ctx) is None
    incident.by("csm-two", UseSuggested(REF, 1))
    assert ending_of(incident.ticket, key, incident.last, incident.ctx) is not None


def test_suggested_words_are_checked_like_any() -> None:
    incident = staffed().draft()
    worse = (("known", "Payments have been stopped."), ("doing", DOING))
    incident.by("cs-manager-one", SuggestWords(REF, 1, worse))
    assert isinstance(incident.refused("csm-two", UseSuggested(REF, 1)), WordsRefused)


def test_a_text_goes_back_with_a_reason_and_returns_when_edited() -> None:
    incident = staffed().draft()
    assert isinstance(incident.refused("csm-one", SendBack(REF, 1, " ")), ReasonNeeded)
    incident.by("csm-one", SendBack(REF, 1, "say what it means for them"))
    assert isinstance(incident.refused("cs-manager-one", incident.releasing()), OldButton)
    assert [e.params["person"] for e in incident.told("sent_back")] == ["csm-two"]
    incident.at("14:48").draft(number=1, next_in=timedelta(minutes=57)).release()


def test_the_same_words_in_review_again_are_shown_and_reminded_again() -> None:
    incident = staffed().draft().until("14:50")
    incident.by("csm-one", SendBack(REF, 1, "are you sure?"))
    incident.draft(number=1, next_in=timedelta(minutes=55))
    hashes = {draft.text_hash for draft in incident.events(TextDrafted)}
    assert hashes == {incident.events(TextEdited)[0].text_hash}
    assert len([e for e in incident.told("review") if e.to != incident.told("card")[0].to]) == 2
    incident.until("14:55")
    assert [e for e in incident.last if isinstance(e, ReviewReminded)]


def test_a_text_whose_promised_time_passed_is_not_released() -> None:
    incident = staffed().draft(next_in=timedelta(minutes=10)).at("14:55")
    assert isinstance(incident.refused("cs-manager-one", incident.releasing()), NoNextUpdate)


def test_with_the_cause_held_by_legal_only_legal_releases() -> None:
    incident = Incident.open(signal=Signal.LEGAL_THREAT).staffed().at("14:45").draft()
    press = incident.releasing()
    assert isinstance(incident.refused("cs-manager-one", press), LegalMustRelease)
    incident.by("legal-one", press)
    assert incident.ticket.of(Updates).drafts[0].state is DraftState.RELEASED


def test_a_hold_placed_after_the_words_wins() -> None:
    incident = staffed().draft(known="It failed because of a retry.", reason="asked for")
    incident.at("14:50").by("csm-one", PlaceHold(REF, HoldKind.DISCLOSURE, "lawyers"))
    assert isinstance(incident.refused("legal-one", incident.releasing()), HoldInForce)


def test_a_hold_that_the_words_do_not_touch_leaves_them_releasable() -> None:
    incident = staffed().draft().at("14:50")
    incident.by("csm-one", PlaceHold(REF, HoldKind.TRANSACTION, "stop them")).release()


def test_payments_are_said_to_be_stopped_only_while_they_are() -> None:
    incident = staffed().by("csm-one", PlaceHold(REF, HoldKind.TRANSACTION, "stop them"))
    refused_draft(incident, "Payments have been stopped.")
    incident.by("csm-one", ConfirmStopped(REF, 1, "Payments Operations One"))
    incident.draft(known="Payments have been stopped.")
    incident.by("finance-one", ClearHold(REF, 1, "all is right"))
    assert isinstance(incident.refused("cs-manager-one", incident.releasing()), WordsRefused)


def test_words_that_became_a_finding_since_are_not_released() -> None:
    incident = staffed().draft(known=f"{FINDING}.")
    incident.by("engineer-one", RecordFinding(REF, "raw", FINDING))
    assert isinstance(incident.refused("cs-manager-one", incident.releasing()), WordsRefused)


def test_a_delivered_update_keeps_the_promise_and_makes_the_next() -> None:
    incident = staffed().updated()
    assert [p.kept_at is not None for p in incident.ticket.of(Promises).promises] == [True, False]
    assert incident.told("delivered_line")
    assert incident.step(StepKind.FIRST_UPDATE).settled_at == incident.now


def correction(incident: Incident, about: int = 0) -> DraftText:
    fields = (("wrong", "412 payments"), ("right", "414 payments"))
    next_at = incident.now + timedelta(hours=1)
    return DraftText(REF, DraftKind.CORRECTION, fields, next_at, corrects=about)


def test_a_correction_is_about_an_update_that_is_with_the_account() -> None:
    incident = staffed()
    assert isinstance(incident.refused("csm-two", correction(incident)), NothingToCorrect)
    incident.draft().release()
    assert isinstance(incident.refused("csm-two", correction(incident)), NothingToCorrect)
    incident.delivered()
    assert isinstance(incident.refused("csm-two", correction(incident, 2)), OldButton)
    incident.by("csm-two", correction(incident))
    assert incident.ticket.of(Updates).drafts[-1].corrects == 1


def test_a_correction_is_released_by_another_and_is_the_next_update_in_the_channel() -> None:
    incident = staffed().updated()
    incident.by("csm-two", correction(incident))
    press = incident.releasing()
    assert isinstance(incident.refused("csm-two", press), SecondPersonNeeded)
    incident.by("cs-manager-one", press)
    [told] = incident.told("correction")
    assert told.arguments["reply_broadcast"] is True
    incident.delivered()
    draft = incident.ticket.of(Updates).drafts[-1]
    assert (draft.update_number, draft.state) == (2, DraftState.DELIVERED)
    assert incident.promised_at() == draft.next_at


def test_an_approval_is_bound_to_the_update_that_is_corrected() -> None:
    fields = (("wrong", "412 payments"), ("right", "414 payments"))
    hashes = {text_hash(DraftKind.CORRECTION, fields, None, about) for about in (0, 1, 2)}
    assert len(hashes) == 3


def test_a_correction_may_be_about_any_update_and_about_a_correction() -> None:
    incident = staffed().updated().updated()
    incident.by("csm-two", correction(incident, 1)).release().delivered()
    assert incident.ticket.of(Updates).drafts[-1].corrects == 1
    incident.by("csm-two", correction(incident))
    assert incident.ticket.of(Updates).drafts[-1].corrects == 3


def test_a_hold_is_asked_then_stopped_then_cleared_by_another() -> None:
    incident = staffed().by("engineer-one", PlaceHold(REF, HoldKind.TRANSACTION, "duplicates"))
    assert incident.ticket.of(Holds).holds[0].state is HoldState.ASKED
    again = PlaceHold(REF, HoldKind.TRANSACTION, "again")
    assert isinstance(incident.refused("csm-one", again), AlreadyDone)
    nameless = ConfirmStopped(REF, 1, " ")
    assert isinstance(incident.refused("engineer-one", nameless), ReasonNeeded)
    incident.by("engineer-one", ConfirmStopped(REF, 1, "Payments Operations One"))
    assert incident.ticket.of(Holds).holds[0].stopped_by == "Payments Operations One"
    clear = ClearHold(REF, 1, "copies returned")
    assert isinstance(incident.refused("engineer-one", clear), ClearerIsPlacer)
    assert isinstance(incident.refused("csm-one", clear), NotAllowed)
    incident.by("finance-one", clear)
    assert not incident.ticket.of(Holds).holds_in_force(HoldKind.TRANSACTION)
    assert isinstance(incident.refused("finance-one", clear), AlreadyDone)
    words = [e.params["word"] for e in incident.told("hold_line")]
    assert words == ["asked", "stopped", "cleared"]


@pytest.mark.parametrize("kind", [HoldKind.DISCLOSURE, HoldKind.RETENTION])
def test_a_hold_that_nobody_has_to_carry_out_is_told_once(kind: HoldKind) -> None:
    incident = staffed().by("engineer-one", PlaceHold(REF, kind, "counsel asks"))
    assert [e.params["word"] for e in incident.told("hold_line")] == ["stopped"]


def test_whoever_is_named_as_able_to_clear_need_not_be_on_the_ticket() -> None:
    incident = staffed().by("csm-one", PlaceHold(REF, HoldKind.TRANSACTION, "duplicates"))
    refusal = incident.refused("csm-one", ClearHold(REF, 1, "fine"))
    assert "Payments Operations One" in str(refusal.facts["people"])
    incident.by("payments-operations-one", ClearHold(REF, 1, "checked"))


@pytest.mark.parametrize(
    ("kind", "clearer", "other"),
    [
        (HoldKind.DISCLOSURE, "legal-one", "cs-manager-one"),
        (HoldKind.RETENTION, "compliance-one", "cs-manager-one"),
    ],
)
def test_other_holds_bind_at_once_and_have_clearers_of_their_own(
    kind: HoldKind, clearer: str, other: str
) -> None:
    incident = staffed().by("csm-one", PlaceHold(REF, kind, "needed"))
    assert incident.ticket.of(Holds).holds[0].state is HoldState.STOPPED
    clear = ClearHold(REF, 1, "over")
    assert isinstance(incident.refused(other, clear), NotAllowed)
    incident.by(clearer, clear)


def test_the_words_for_the_status_page_are_released_by_commander_manager_or_legal() -> None:
    incident = staffed().by("csm-one", ChangeTier(REF, Tier.SYSTEMIC, "nine accounts"))
    fields = (("known", KNOWN), ("doing", DOING))
    incident.by("csm-two", DraftText(REF, DraftKind.STATUS_PAGE, fields, None))
    assert isinstance(incident.refused("support-one", incident.releasing()), NotAllowed)
    incident.release().delivered()
    assert StepKind.STATUS_PAGE not in incident.owed()


@pytest.mark.parametrize("kind", [DraftKind.RESOLUTION, DraftKind.DISREGARD])
def test_words_of_an_end_are_not_written_before_it(kind: DraftKind) -> None:
    text = DraftText(REF, kind, (("done", "Copies returned."),))
    assert isinstance(staffed().refused("csm-one", text), WrongState)


def test_a_draft_of_a_ticket_opened_in_error_is_not_released() -> None:
    incident = staffed().draft()
    incident.by("csm-one", MarkOpenedInError(REF, "not_a_problem", "a test run"))
    assert isinstance(incident.refused("cs-manager-one", incident.releasing()), WrongState)


def test_everyone_of_the_directory_is_one_of_us() -> None:
    assert all(actor(person.key).who.name == person.name for person in people().people)
