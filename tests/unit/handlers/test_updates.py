"""Words for the account: drafted by one, checked, reviewed, released by another."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from handlers.slack import promises
from protocols.bridge.events import NoteJoined
from protocols.fixed_texts.state import FixedTexts
from protocols.holds.events import HoldKind, PlaceHold
from protocols.scales import Impact
from protocols.updates.events import DraftKind, DraftState
from protocols.updates.state import Updates
from tests.kit import rules_incident as rules
from tests.kit.tickets import with_fields
from tests.unit.handlers.desk_in_memory import ACMES_TEAM
from tests.unit.handlers.incident import REF, Incident
from tests.unit.handlers.slack_side import below, in_utc, words


def test_the_form_offers_the_policys_times_in_the_accounts_zone(incident: Incident) -> None:
    form = incident.form("csm-two", "update.draft")
    shown = words(form.view)
    assert "In 60 minutes, 10:02 EST (15:02 UTC)" in shown
    assert "In 30 minutes, 09:32 EST (14:32 UTC)" in shown
    assert "In 2 hours, 11:02 EST (16:02 UTC)" in shown
    assert form.stands("next") == "in_60"


@pytest.mark.parametrize("impact", [Impact.FUNDS_MOVED_WRONGLY, Impact.PLATFORM_FAILING])
def test_each_time_that_is_offered_says_another_reason_for_it(impact: Impact) -> None:
    made = rules.Incident.open(impacts=frozenset({impact}))
    notes = [each.note for each in promises.choices(made.ticket, made.ctx, made.now)]
    assert len(notes) == len(set(notes))
    assert "When nothing can change sooner" in notes


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
    incident.press("cs-manager-one", "update.release", *incident.bound())
    assert incident.ticket.of(Updates).drafts[0].state is DraftState.RELEASED
    assert "It goes to Acme now" in incident.told


def test_the_writer_does_not_release(incident: Incident) -> None:
    incident.draft()
    incident.press("csm-two", "update.release", *incident.bound())
    assert incident.ticket.of(Updates).drafts[0].state is DraftState.REVIEW
    assert "someone else must release it" in incident.told
    assert "CS Manager One" in incident.told


def test_a_text_that_changed_after_it_was_read_is_not_released(incident: Incident) -> None:
    incident.draft()
    read = incident.bound()
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
    assert "|".join((REF, *incident.bound())) in json.dumps(shown)
    incident.press("cs-manager-one", "update.release", *incident.bound())
    assert incident.ticket.of(Updates).drafts[0].state is DraftState.RELEASED


def test_the_second_of_two_releases_hears_who_was_first(incident: Incident) -> None:
    incident.draft()
    incident.press("cs-manager-one", "update.release", *incident.bound())
    incident.press("csm-one", "update.release", *incident.bound())
    said = "CS Manager One released it at 14:02 UTC; it does not go out a second time"
    assert said in in_utc(incident.told)


def test_people_outside_release_nothing(incident: Incident) -> None:
    incident.draft()
    incident.press("U0STRANGER", "update.release", *incident.bound(), team=ACMES_TEAM)
    assert incident.ticket.of(Updates).drafts[0].state is DraftState.REVIEW
    assert "This is for Bridgewatch Payments staff" in incident.told


@pytest.mark.parametrize(
    ("writer", "releaser"), [("csm-two", "Legal"), ("legal-one", "someone else in Legal")]
)
def test_the_form_under_a_hold_on_the_cause_says_that_legal_releases(
    incident: Incident, writer: str, releaser: str
) -> None:
    incident.ask("csm-one", NoteJoined(REF, incident.who(writer)))
    assert "after someone else releases it" in words(incident.form(writer, "update.draft").view)
    incident.ask("cs-manager-one", PlaceHold(REF, HoldKind.DISCLOSURE, "legal threat"))
    assert f"after {releaser} releases it" in words(incident.form(writer, "update.draft").view)


def test_under_a_hold_on_the_cause_only_legal_releases(incident: Incident) -> None:
    incident.draft()
    incident.ask("cs-manager-one", PlaceHold(REF, HoldKind.DISCLOSURE, "legal threat"))
    incident.press("csm-one", "update.release", *incident.bound())
    assert "Legal has held this ticket" in incident.told
    incident.press("legal-one", "update.release", *incident.bound())
    assert incident.ticket.of(Updates).drafts[0].state is DraftState.RELEASED


def test_a_review_shows_the_whole_text_and_carries_its_hash(incident: Incident) -> None:
    incident.draft(known="412 payments were sent twice.")
    incident.press("cs-manager-one", "update.review", "1")
    assert "412 payments were sent twice." in incident.told
    assert f'"value": "{"|".join((REF, *incident.bound()))}"' in incident.sent


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
    incident.press("cs-manager-one", "update.release", *incident.bound())
    assert "Words of yours are in this text" in incident.told
    incident.press("csm-one", "update.release", *incident.bound())
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
