"""Words for the account: drafted by one, checked, reviewed, released by another."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from handlers.kit import edge
from handlers.slack.updates import objecting
from protocols.fixed_texts.state import FixedTexts
from protocols.holds.events import HoldKind, PlaceHold
from protocols.scales import Tier
from protocols.tiers.events import ChangeTier
from protocols.updates.approval import hash_of
from protocols.updates.events import DraftKind, DraftState, DraftText, ReleaseText, TextStopped
from protocols.updates.refusals import WordsRefused
from protocols.updates.state import Updates
from tests.kit.tickets import with_fields
from tests.unit.handlers.desk_in_memory import ACMES_TEAM, TEAM, slack_id
from tests.unit.handlers.incident import REF, Incident
from tests.unit.handlers.slack_side import below, in_utc, words


@pytest.fixture
def incident() -> Incident:
    made = Incident()
    made.staff()
    return made


def bound(incident: Incident, number: int = 1) -> tuple[str, str]:
    draft = incident.ticket.of(Updates).draft(number)
    assert draft is not None
    return str(number), hash_of(draft)


def test_the_form_offers_the_policys_times_in_the_accounts_zone(incident: Incident) -> None:
    form = incident.form("csm-two", "update.draft")
    shown = words(form.view)
    assert "In 60 minutes, 10:02 EST (15:02 UTC)" in shown
    assert "In 30 minutes, 09:32 EST (14:32 UTC)" in shown
    assert "In 2 hours, 11:02 EST (16:02 UTC)" in shown
    assert form.stands("next") == "in_60"


def test_what_is_promised_is_what_the_form_showed(incident: Incident) -> None:
    form = incident.form("csm-two", "update.draft")
    incident.later(7)
    incident.send("csm-two", form, known="412 were sent twice.", doing="We separate them.")
    assert incident.ticket.of(Updates).drafts[0].next_at == datetime(
        2026, 11, 23, 15, 2, tzinfo=UTC
    )


def test_a_draft_goes_into_review_and_its_writer_reads_who_releases(incident: Incident) -> None:
    form = incident.form("csm-two", "update.draft")
    answer = incident.send("csm-two", form, known="412 were sent twice.", doing="We look.")
    draft = incident.ticket.of(Updates).drafts[0]
    assert (draft.kind, draft.state) == (DraftKind.UPDATE, DraftState.REVIEW)
    assert "CS Manager One" in answer.text
    assert "CSM Two" not in answer.text


def test_another_time_brings_a_field_for_it_and_keeps_the_words(incident: Incident) -> None:
    form = incident.form("csm-two", "update.draft")
    form.fill("known", "412 payments were sent twice.")
    incident.slack.change("csm-two", form, "next", "other")
    name, given = incident.desk.interactive.calls[-1]
    assert (name, given["view_hash"]) == ("update", "1.a")
    assert form.stands("known") == "412 payments were sent twice."
    assert form.stands("next") == "other"
    at = datetime(2026, 11, 23, 18, 30, tzinfo=UTC)
    incident.send("csm-two", form, doing="We look.", next_at=int(at.timestamp()))
    assert incident.ticket.of(Updates).drafts[0].next_at == at


def test_going_back_to_an_offered_time_takes_the_field_away(incident: Incident) -> None:
    form = incident.form("csm-two", "update.draft")
    incident.slack.change("csm-two", form, "next", "other")
    incident.slack.change("csm-two", form, "next", "in_30")
    assert all(block != "next_at" for block, _ in form.state)


def test_another_time_without_a_time_is_told_under_the_field(incident: Incident) -> None:
    form = incident.form("csm-two", "update.draft")
    incident.slack.change("csm-two", form, "next", "other")
    answer = incident.send("csm-two", form, known="412.", doing="We look.")
    assert "Every update says when the next one comes" in answer.errors["next_at"]


def test_a_time_that_has_passed_is_told_under_the_field(incident: Incident) -> None:
    form = incident.form("csm-two", "update.draft")
    incident.later(90)
    answer = incident.send("csm-two", form, known="412.", doing="We look.")
    assert "must lie in the future" in answer.errors["next"]
    assert incident.ticket.of(Updates).drafts == ()


def test_what_a_check_asks_may_stand_with_a_reason(incident: Incident) -> None:
    form = incident.form("csm-two", "update.draft")
    known = "It happened because of a retry, we think."
    answer = incident.send("csm-two", form, known=known, doing="We look.")
    assert answer.body["response_action"] == "update"
    assert "names a cause" in answer.text
    assert form.stands("known") == known
    assert form.stands("doing") == "We look."
    again = incident.send("csm-two", form)
    assert "names a cause" in again.text
    assert form.stands("known") == known
    incident.send("csm-two", form, asked_reason="The account has published it")
    assert incident.ticket.of(Updates).drafts[0].asked_reason == "The account has published it"


def test_a_refused_objection_has_no_way_round(incident: Incident) -> None:
    form = incident.form("csm-two", "update.draft")
    answer = incident.send("csm-two", form, known="It was seen at 14:10.", doing="We look.")
    assert "time without" in answer.text
    assert all(block != "asked_reason" for block, _ in form.state)


def test_several_objections_stand_under_their_own_fields(incident: Incident) -> None:
    form = incident.form("csm-two", "update.draft")
    incident.send(
        "csm-two", form, known="Seen at 14:10. R03 spike.", doing="It should be fixed by noon."
    )
    assert "time without" in below(form, "known")
    assert "raw code" in below(form, "known")
    assert "forecast" in below(form, "doing")
    assert "What we know:" not in below(form, "known")


def test_a_cause_is_refused_when_legal_holds_it_since_the_form_was_opened(
    incident: Incident,
) -> None:
    form = incident.form("csm-two", "update.draft")
    incident.ask("cs-manager-one", PlaceHold(REF, HoldKind.DISCLOSURE, "legal threat"))
    answer = incident.send("csm-two", form, known="It was caused by a retry.", doing="We look.")
    assert "Legal holds it" in answer.text
    assert incident.ticket.of(Updates).drafts == ()


def test_the_investigator_writes_no_update(incident: Incident) -> None:
    form = incident.form("engineer-one", "update.draft")
    answer = incident.send("engineer-one", form, known="412.", doing="We look.")
    assert "other than the investigator" in next(iter(answer.errors.values()))


def test_a_second_person_releases_what_they_read(incident: Incident) -> None:
    incident.draft()
    incident.press("cs-manager-one", "update.release", *bound(incident))
    assert incident.ticket.of(Updates).drafts[0].state is DraftState.RELEASED
    assert "It goes to Acme now" in incident.told


def test_the_writer_does_not_release(incident: Incident) -> None:
    incident.draft()
    incident.press("csm-two", "update.release", *bound(incident))
    assert incident.ticket.of(Updates).drafts[0].state is DraftState.REVIEW
    assert "someone else must release it" in incident.told
    assert "CS Manager One" in incident.told


def test_a_text_that_changed_after_it_was_read_is_not_released(incident: Incident) -> None:
    incident.draft()
    read = bound(incident)
    form = incident.form("csm-two", "update.draft", "1")
    incident.send("csm-two", form, known="413 payments were sent twice.")
    incident.press("cs-manager-one", "update.release", *read)
    assert incident.ticket.of(Updates).drafts[0].state is DraftState.REVIEW
    assert "The text changed after you opened it (CSM Two" in incident.told


def test_a_button_of_an_earlier_version_shows_the_text_with_one_of_today(
    incident: Incident,
) -> None:
    incident.draft()
    draft = incident.ticket.of(Updates).drafts[0]
    earlier = replace(draft, text_hash="0123456789abcdef")
    incident.desk.tickets[REF] = with_fields(incident.ticket, drafts=(earlier,))
    incident.press("cs-manager-one", "update.release", "1", "0123456789abcdef")
    assert "This button is from an earlier version. Read it again" in incident.told
    *_, (_, shown), _ = incident.desk.interactive.calls
    assert "|".join((REF, *bound(incident))) in json.dumps(shown)
    incident.press("cs-manager-one", "update.release", *bound(incident))
    assert incident.ticket.of(Updates).drafts[0].state is DraftState.RELEASED


def test_the_second_of_two_releases_hears_who_was_first(incident: Incident) -> None:
    incident.draft()
    incident.press("cs-manager-one", "update.release", *bound(incident))
    incident.press("csm-one", "update.release", *bound(incident))
    said = "CS Manager One released it at 14:02 UTC; it does not go out a second time"
    assert said in in_utc(incident.told)


def test_people_outside_release_nothing(incident: Incident) -> None:
    incident.draft()
    incident.press("U0STRANGER", "update.release", *bound(incident), team=ACMES_TEAM)
    assert incident.ticket.of(Updates).drafts[0].state is DraftState.REVIEW
    assert "This is for Bridgewatch Payments staff" in incident.told


def test_under_a_hold_on_the_cause_only_legal_releases(incident: Incident) -> None:
    incident.draft()
    incident.ask("cs-manager-one", PlaceHold(REF, HoldKind.DISCLOSURE, "legal threat"))
    incident.press("csm-one", "update.release", *bound(incident))
    assert "Legal has held this ticket" in incident.told
    incident.press("legal-one", "update.release", *bound(incident))
    assert incident.ticket.of(Updates).drafts[0].state is DraftState.RELEASED


def test_a_review_shows_the_whole_text_and_carries_its_hash(incident: Incident) -> None:
    incident.draft(known="412 payments were sent twice.")
    incident.press("cs-manager-one", "update.review", "1")
    assert "412 payments were sent twice." in incident.told
    assert f'"value": "{"|".join((REF, *bound(incident)))}"' in incident.sent


def test_a_review_of_nothing_is_an_old_button(incident: Incident) -> None:
    incident.press("cs-manager-one", "update.review", "outreach")
    assert "earlier state" in incident.told


def test_suggested_words_are_taken_over_by_the_writer_and_released(incident: Incident) -> None:
    incident.draft()
    form = incident.form("cs-manager-one", "update.suggest", "1")
    answer = incident.send("cs-manager-one", form, known="412 payments left our system twice.")
    assert "CSM Two has your words" in answer.text
    incident.press("csm-two", "update.use_suggested", "1")
    draft = incident.ticket.of(Updates).drafts[0]
    assert draft.field("known") == "412 payments left our system twice."
    assert draft.field("doing") == "We are separating the affected payments."
    incident.press("cs-manager-one", "update.release", *bound(incident))
    assert "Words of yours are in this text" in incident.told
    incident.press("csm-one", "update.release", *bound(incident))
    assert incident.ticket.of(Updates).drafts[0].state is DraftState.RELEASED


def test_only_the_writer_takes_suggested_words_over(incident: Incident) -> None:
    incident.draft()
    form = incident.form("cs-manager-one", "update.suggest", "1")
    incident.send("cs-manager-one", form, known="412 payments left our system twice.")
    incident.press("csm-one", "update.use_suggested", "1")
    assert "This needs the writer" in incident.told


def test_suggested_words_pass_the_checks_too(incident: Incident) -> None:
    incident.draft()
    form = incident.form("cs-manager-one", "update.suggest", "1")
    incident.send("cs-manager-one", form, known="It was seen at 14:10.")
    incident.press("csm-two", "update.use_suggested", "1")
    assert "time without a zone" in words(incident.desk.interactive.calls[-1][1])
    assert incident.ticket.of(Updates).drafts[0].field("known") == "412 payments were sent twice."


def test_a_text_comes_back_with_the_reason_and_its_words(incident: Incident) -> None:
    incident.draft()
    form = incident.form("cs-manager-one", "update.send_back", "1")
    answer = incident.send("cs-manager-one", form, why="One number is open")
    assert "Sent back to CSM Two" in answer.text
    anew = incident.form("csm-two", "update.draft", "1")
    assert anew.stands("known") == "412 payments were sent twice."
    assert "One number is open" in words(anew.view)


def test_another_than_the_writer_does_not_open_their_text(incident: Incident) -> None:
    incident.draft()
    before = incident.opened()
    incident.press("csm-one", "update.draft", "1")
    assert incident.opened() == before
    assert "This needs the writer" in incident.told


def sent(incident: Incident, known: str = "412 payments were sent twice.") -> None:
    """Have an update drafted, released, and taken by Slack."""
    incident.draft(known=known)
    number = len(incident.ticket.of(Updates).drafts)
    incident.press("cs-manager-one", "update.release", *bound(incident, number))
    incident.taken(number)


def test_we_are_late_is_offered_and_sent_from_the_reminder_on(incident: Incident) -> None:
    incident.press("csm-one", "say.open")
    assert "fixed.late" not in incident.sent
    incident.press("csm-one", "fixed.late")
    assert "can go from 14:47 UTC on" in in_utc(incident.told)
    incident.later(46)
    incident.press("csm-one", "say.open")
    assert "fixed.late" in incident.sent
    question = incident.form("csm-one", "fixed.late")
    assert "Acme reads at once:" in words(question.view)
    assert "late" not in [text.name for text in incident.ticket.of(FixedTexts).fixed_texts]
    incident.send("csm-one", question)
    assert "they hear from us by" in incident.told
    other = incident.own(question)
    assert "CSM One sent it at 14:48 UTC" in in_utc(incident.send("cs-manager-one", other).text)
    incident.later(6)
    incident.press("csm-one", "fixed.late")
    assert "was told once that we are late" in incident.told


def test_without_an_update_that_was_sent_there_is_nothing_to_correct(incident: Incident) -> None:
    incident.draft()
    before = incident.opened()
    incident.press("csm-two", "update.correct")
    assert incident.opened() == before
    assert "no update of BW-1001 is with Acme yet" in incident.told
    answer = incident.bridge("csm-two", "correct")
    assert "Nothing to correct" in answer.text


def test_a_correction_starts_from_what_was_sent_and_goes_into_review(incident: Incident) -> None:
    sent(incident)
    form = incident.form("csm-two", "update.correct")
    assert "Corrects update 1 to Acme" in words(form.view)
    assert form.stands("wrong") == "412 payments were sent twice."
    assert all(block != "corrects" for block, _ in form.state)
    answer = incident.send("csm-two", form, wrong="412 payments", right="414 payments")
    draft = incident.ticket.of(Updates).drafts[-1]
    assert (draft.kind, draft.corrects) == (DraftKind.CORRECTION, 1)
    assert draft.fields == (("wrong", "412 payments"), ("right", "414 payments"))
    assert "CS Manager One" in answer.text


def test_the_typed_way_opens_the_same_form(incident: Incident) -> None:
    sent(incident)
    incident.bridge("csm-two", "correct")
    assert "Corrects update 1 to Acme" in words(incident.slack.shown().view)


def test_of_several_updates_the_newest_is_meant_until_another_is_chosen(
    incident: Incident,
) -> None:
    sent(incident)
    sent(incident, "37 have settled.")
    form = incident.form("csm-two", "update.correct")
    assert form.stands("corrects") == "2"
    assert form.stands("wrong") == "37 have settled."
    form.fill("right", "38 have settled.")
    incident.slack.change("csm-two", form, "corrects", "1")
    assert "Corrects update 1 to Acme" in words(form.view)
    assert form.stands("wrong") == "412 payments were sent twice."
    assert form.stands("right") == "38 have settled."
    incident.send("csm-two", form)
    assert incident.ticket.of(Updates).drafts[-1].corrects == 1


def test_words_typed_over_what_was_sent_stay_when_another_update_is_chosen(
    incident: Incident,
) -> None:
    sent(incident)
    sent(incident, "37 have settled.")
    form = incident.form("csm-two", "update.correct")
    form.fill("wrong", "37")
    incident.slack.change("csm-two", form, "corrects", "1")
    assert form.stands("wrong") == "37"
    assert form.stands("corrects") == "1"


def test_a_correction_that_came_back_is_written_anew_as_the_same_text(incident: Incident) -> None:
    sent(incident)
    form = incident.form("csm-two", "update.correct")
    incident.send("csm-two", form, right="414 payments")
    back = incident.form("cs-manager-one", "update.send_back", "2")
    incident.send("cs-manager-one", back, why="One number is open")
    anew = incident.form("csm-two", "update.draft", "2")
    assert "One number is open" in words(anew.view)
    assert anew.stands("right") == "414 payments"
    incident.send("csm-two", anew, right="415 payments")
    assert len(incident.ticket.of(Updates).drafts) == 2
    draft = incident.ticket.of(Updates).drafts[1]
    assert (draft.state, draft.corrects) == (DraftState.REVIEW, 1)
    assert draft.field("right") == "415 payments"


def test_a_correction_keeps_its_update_while_a_check_asks_for_a_reason(
    incident: Incident,
) -> None:
    sent(incident)
    sent(incident, "37 have settled.")
    form = incident.form("csm-two", "update.correct")
    incident.slack.change("csm-two", form, "corrects", "1")
    incident.send("csm-two", form, right="We think 414 were sent twice.")
    assert form.stands("corrects") == "1"
    incident.send("csm-two", form, asked_reason="The account asked for our view")
    assert incident.ticket.of(Updates).drafts[-1].corrects == 1


def stops(incident: Incident) -> list[TextStopped]:
    return [e for e in incident.desk.journal[REF] if isinstance(e, TextStopped)]


HASTY = "The cause was a bad deploy at 14:40; Elm has it too."


def test_a_stopped_text_is_on_record_by_the_checks_and_not_by_its_words(incident: Incident) -> None:
    incident.draft(known=HASTY)
    [stopped] = stops(incident)
    assert (stopped.kind, stopped.by.key, stopped.asked) == (DraftKind.UPDATE, "csm-two", False)
    assert set(stopped.codes) == {"cause", "zone", "other_account"}
    assert "deploy" not in repr(incident.desk.journal[REF])
    assert incident.ticket.of(Updates).drafts == ()


REFUSED = WordsRefused(findings=(("known", "named", "cause"),), has_refused=True)
GESTURE = edge.Submission(slack_id("csm-two"), TEAM, "D1")


def test_the_same_delivery_of_a_stopped_text_counts_once(incident: Incident) -> None:
    for _ in range(2):
        objecting.kept(incident.desk, GESTURE, REF, REFUSED, DraftKind.UPDATE)
    assert [stopped.codes for stopped in stops(incident)] == [("cause",)]


def test_a_text_that_cannot_be_put_on_record_is_refused_all_the_same(incident: Incident) -> None:
    incident.desk.saves = False
    objecting.kept(incident.desk, GESTURE, REF, REFUSED, DraftKind.UPDATE)
    incident.desk.saves = True
    assert stops(incident) == []


def test_words_a_check_only_asks_about_are_on_record_as_asked(incident: Incident) -> None:
    incident.draft(known="We hope that all is well.")
    assert stops(incident)[0].asked


def test_stopped_texts_stand_on_the_timeline_and_are_counted(incident: Incident) -> None:
    incident.draft(known=HASTY)
    timeline = incident.bridge("csm-two", "timeline").text
    assert "a check stopped words of CSM Two for the update: a cause" in timeline
    certificate = str(incident.bridge("csm-two", "certificate").body)
    assert "Texts stopped by a check:* 1 (" in certificate
    assert "a time without zone" in certificate


def test_the_certificate_counts_what_was_released_and_no_press_that_was_refused(
    incident: Incident,
) -> None:
    incident.draft()
    number, hashed = bound(incident)
    for person in ("csm-two", "cs-manager-one", "cs-manager-one"):  # its writer, a second, again
        incident.press(person, "update.release", number, hashed)
    certificate = str(incident.bridge("csm-two", "certificate").body)
    assert "Texts released by a second person:* 1." in certificate


def test_its_releaser_recalls_a_release_by_the_cards_button(incident: Incident) -> None:
    incident.draft()
    incident.press("cs-manager-one", "update.release", *bound(incident))
    incident.press("cs-manager-one", "update.recall", "1")
    assert incident.ticket.of(Updates).drafts[0].recalled_at is not None
    assert "It is held back, unless it had left already" in incident.told


def test_a_release_is_recalled_by_a_typed_word_too(incident: Incident) -> None:
    incident.draft()
    incident.press("cs-manager-one", "update.release", *bound(incident))
    answer = incident.bridge("cs-manager-one", "recall")
    assert "Recalled." in answer.text
    assert incident.ticket.of(Updates).drafts[0].recalled_at is not None


def test_a_typed_word_recalls_what_was_released_last(incident: Incident) -> None:
    for known in ("412 payments were sent twice.", "Nothing else was sent twice."):
        incident.draft(known=known)
    for number in (2, 1):
        incident.later(1)
        hashed = hash_of(incident.ticket.of(Updates).drafts[number - 1])
        incident.ask("cs-manager-one", ReleaseText(REF, number, hashed))
    for recalled in ([True, False], [True, True]):
        incident.bridge("cs-manager-one", "recall")
        assert [d.recalled_at is not None for d in incident.ticket.of(Updates).drafts] == recalled


def test_a_released_outreach_hides_no_release_from_a_typed_word(incident: Incident) -> None:
    incident.draft()
    incident.press("cs-manager-one", "update.release", *bound(incident))
    fields = (("known", "Some payments were sent twice."), ("doing", "We are separating them."))
    next_at = incident.desk.at + timedelta(hours=1)
    incident.ask("csm-two", DraftText(REF, DraftKind.OUTREACH, fields, next_at))
    hashed = hash_of(incident.ticket.of(Updates).drafts[1])
    incident.ask("cs-manager-one", ReleaseText(REF, 2, hashed))
    assert "Recalled." in incident.bridge("cs-manager-one", "recall").text
    assert incident.ticket.of(Updates).drafts[0].recalled_at is not None


def test_somebody_else_reads_who_may_recall_a_release(incident: Incident) -> None:
    incident.draft()
    incident.press("cs-manager-one", "update.release", *bound(incident))
    incident.press("csm-one", "update.recall", "1")
    assert incident.ticket.of(Updates).drafts[0].recalled_at is None
    assert "who released it, or Legal" in incident.told


def test_nothing_is_recalled_where_nothing_is_on_its_way(incident: Incident) -> None:
    assert "no released text of BW-1001 is on its way" in incident.bridge("csm-one", "recall").text


def test_what_has_arrived_is_not_recalled(incident: Incident) -> None:
    incident.draft()
    incident.press("cs-manager-one", "update.release", *bound(incident))
    incident.taken(1)
    incident.press("cs-manager-one", "update.recall", "1")
    assert "has had these words since" in incident.told


def test_of_a_status_text_it_is_not_said_that_it_goes_to_the_account(incident: Incident) -> None:
    form = incident.form("csm-one", "status_page.open")
    incident.send("csm-one", form, known="Runs are late.", doing="We look.")
    incident.press("cs-manager-one", "update.release", *bound(incident))
    assert "Released. It goes to the status page now." in incident.told
    incident.taken(1)
    incident.press("cs-manager-one", "update.recall", "1")
    assert "Not recalled. It has been on the status page since" in incident.told


def test_an_outreach_to_nobody_yet_is_not_recalled_by_a_typed_word(
    incident: Incident,
) -> None:
    incident.ask("cs-manager-one", ChangeTier(REF, Tier.SYSTEMIC, "nine accounts"))
    form = incident.form("csm-one", "outreach.draft")
    incident.send("csm-one", form, known="Runs are late.", doing="We look.")
    incident.press("cs-manager-one", "update.release", *bound(incident))
    assert "It goes out once accounts are listed." in incident.told
    assert "Nothing was recalled" in incident.bridge("cs-manager-one", "recall").text


def on_tier(incident: Incident, tier: Tier) -> None:
    incident.desk.tickets[REF] = with_fields(incident.ticket, tier=tier)


def test_one_press_puts_the_offered_words_in_the_place_of_the_stopped_ones(
    incident: Incident,
) -> None:
    form = incident.form("csm-two", "update.draft")
    known = "412 payments went twice. It should be fixed soon."
    answer = incident.send("csm-two", form, known=known, doing="Seen at 14:10, we look.")
    assert "We tell you when it is done." in answer.text
    incident.slack.press_in("csm-two", form, "update.use_this:known.0", f"{REF}|known|0")
    assert form.stands("known") == "412 payments went twice. We tell you when it is done."
    assert form.stands("doing") == "Seen at 14:10, we look."
    incident.slack.press_in("csm-two", form, "update.use_this:doing.0", f"{REF}|doing|0")
    assert form.stands("doing") == "Seen at 14:10 EST (19:10 UTC), we look."
    assert "Use this" not in words(form.view)
    incident.send("csm-two", form)
    assert incident.ticket.of(Updates).drafts[0].state is DraftState.REVIEW


def test_one_press_suggests_the_offered_words_where_a_release_is_stopped(
    incident: Incident,
) -> None:
    incident.draft()
    stopped = known_since(incident, "412 payments went twice, as with Birch.")
    incident.press("cs-manager-one", "update.release", *stopped)
    offered = json.dumps(incident.desk.interactive.calls[-2][1])
    assert "update.suggest_this" in offered
    assert "the other party" in offered
    incident.press("cs-manager-one", "update.suggest_this", "1")
    assert "CSM Two has your words" in incident.told
    incident.press("csm-two", "update.use_suggested", "1")
    [draft] = incident.ticket.of(Updates).drafts
    assert draft.field("known") == "412 payments went twice, as with the other party."
    incident.press("csm-one", "update.release", *bound(incident))
    assert incident.ticket.of(Updates).drafts[0].state is DraftState.RELEASED


def known_since(incident: Incident, known: str) -> tuple[str, str]:
    """Have a text in review hold words that a check learned of since; return what is read of it."""
    [draft] = incident.ticket.of(Updates).drafts
    fields = (("known", known), *(each for each in draft.fields if each[0] != "known"))
    changed = replace(draft, fields=fields)
    changed = replace(changed, text_hash=hash_of(changed))
    incident.desk.tickets[REF] = with_fields(incident.ticket, drafts=(changed,))
    return "1", changed.text_hash


def test_what_stops_words_stands_right_below_the_field_that_they_are_in(
    incident: Incident,
) -> None:
    form = incident.form("csm-two", "update.draft")
    incident.send("csm-two", form, known="412.", doing="It should be fixed soon.")
    assert "is a forecast" in below(form, "doing")
    assert "Use this" in below(form, "doing")
    assert below(form, "known") == ""


def test_a_form_that_stops_words_keeps_a_chosen_time_and_what_is_typed_since(
    incident: Incident,
) -> None:
    form = incident.form("csm-two", "update.draft")
    incident.slack.change("csm-two", form, "next", "in_30")
    incident.send("csm-two", form, known="We think so.", doing="We look.")
    form.fill("doing", "We look again.")
    incident.slack.press_in("csm-two", form, "update.use_this:known.0", f"{REF}|known|0")
    assert (form.stands("next"), form.stands("doing")) == ("in_30", "We look again.")


@pytest.mark.parametrize("tier", [Tier.ROUTINE, Tier.ELEVATED])
def test_below_tier_3_a_cause_goes_into_review_and_another_account_does_not(
    incident: Incident, tier: Tier
) -> None:
    on_tier(incident, tier)
    form = incident.form("csm-two", "update.draft")
    answer = incident.send("csm-two", form, known="It came back due to Birch.", doing="We look.")
    assert "is another account" in answer.text
    assert "names a cause" not in answer.text
    answer = incident.send("csm-two", form, known="It came back due to a typo.")
    assert incident.ticket.of(Updates).drafts[0].state is DraftState.REVIEW
    assert ("Worth a look" in answer.text) is (tier is Tier.ELEVATED)


def test_what_legal_holds_stays_in_on_every_tier(incident: Incident) -> None:
    incident.ask("cs-manager-one", PlaceHold(REF, HoldKind.DISCLOSURE, "legal threat"))
    on_tier(incident, Tier.ROUTINE)
    form = incident.form("csm-two", "update.draft")
    answer = incident.send("csm-two", form, known="It was due to a typo.", doing="We look.")
    assert "Legal holds it" in answer.text


def test_suggested_words_that_a_check_stops_come_in_the_form_with_what_is_offered(
    incident: Incident,
) -> None:
    incident.draft()
    modal = incident.form("cs-manager-one", "update.suggest", "1")
    incident.send("cs-manager-one", modal, known="We think that 412 were sent twice.")
    form = incident.form("csm-two", "update.use_suggested", "1")
    assert form.stands("known") == "We think that 412 were sent twice."
    assert "We say only what has been checked." in words(form.view)
