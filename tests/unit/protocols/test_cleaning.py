"""What rules see of typed words: numbers masked over the whole form, outward words in one form."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta
from typing import get_type_hints

import pytest

from protocols.closure.events import Resolve
from protocols.decisions.events import AskDecision
from protocols.decisions.refusals import AnswersUnclear
from protocols.kernel.command import Command
from protocols.kernel.refusals import AlreadyDone
from protocols.masked.events import NumberMasked
from protocols.masked.rules import FREE_TEXT, cleaned
from protocols.subjects import COMMANDS
from protocols.timeline.events import AddNote
from protocols.updates.approval import text_hash
from protocols.updates.events import DraftKind, DraftText, SuggestWords, UseSuggested
from protocols.updates.refusals import WordsRefused
from protocols.updates.state import Updates
from protocols.words.answers.meaning import Meaning, meaning_of
from tests.kit.rules_incident import DOING, REF, Incident

TYPED = " *412*  payments\r\n\r\nwere\u200b sent _twice_ – “all” of ｔｈｅm. "
FORM = '412 payments\nwere sent twice - "all" of them.'
NOT_TYPED = {
    "problem",
    "number",
    *("reference", "key", "error", "kind", "channel_id", "channel_name", "message_ts", "codes"),
    *("team_id", "account_key", "poc", "source", "source_link", "text_hash", "name"),
    *(
        "fields",
        "options",
        "person",
        "behind",
        "duplicate_of",
        "about",
        "notice",
        "account",
        "team",
        "cause",
        "row",
        "other",
        "ticket",
        "thread_ts",
        "actions_done",
        "actions_waived",
    ),
}
"""Fields that are looked up, or that are masked by a rule of their own."""


def staffed() -> Incident:
    return Incident.open().staffed().at("14:45")


def drafted(incident: Incident, known: str, doing: str = DOING) -> DraftText:
    texts = (("known", known), ("doing", doing))
    return DraftText(REF, DraftKind.UPDATE, texts, incident.now + timedelta(hours=1))


def test_a_draft_keeps_the_form_that_was_checked_and_hashed() -> None:
    incident = staffed()
    incident.by("csm-two", drafted(incident, TYPED))
    [draft] = incident.ticket.of(Updates).drafts
    assert draft.fields == (("known", FORM), ("doing", DOING))
    assert draft.text_hash == text_hash(draft.kind, draft.fields, draft.next_at)


def test_suggested_words_are_kept_and_used_in_their_form() -> None:
    incident = staffed().draft()
    suggested = SuggestWords(REF, 1, (("known", TYPED), ("doing", DOING)))
    incident.by("csm-one", suggested)
    assert incident.ticket.of(Updates).drafts[0].suggested[0] == ("known", FORM)
    incident.by("csm-two", UseSuggested(REF, 1))
    assert incident.ticket.of(Updates).drafts[0].field("known") == FORM


def test_the_words_of_a_resolution_are_kept_in_their_form() -> None:
    incident = staffed()
    incident.by("csm-two", Resolve(REF, TYPED, " Open *your*  list. "))
    draft = incident.ticket.of(Updates).drafts[-1]
    assert (draft.field("done"), draft.field("check")) == (FORM, "Open your list.")


def test_a_number_over_two_fields_of_an_update_is_refused_in_both() -> None:
    incident = staffed()
    refusal = incident.refused("csm-two", drafted(incident, "It was 4111 1111", "1111 1111."))
    assert isinstance(refusal, WordsRefused)
    told = refusal.facts["findings"]
    assert isinstance(told, tuple)
    assert [(name, code) for name, _, code in told] == [("known", "number"), ("doing", "number")]


def test_a_number_over_summary_and_description_is_masked_and_told() -> None:
    incident = Incident.open(summary="Paid with 4111 1111", description="1111 1111 twice")
    assert "1111 1111" not in repr(incident.history)
    [masked] = incident.events(NumberMasked)
    assert masked.ending == "1111"


def test_a_number_masked_before_the_form_was_filled_is_told_too() -> None:
    incident = Incident.open(summary="Paid with [card number ending 1111 masked]")
    assert [event.ending for event in incident.events(NumberMasked)] == ["1111"]


def test_a_mask_in_a_note_is_not_told_again() -> None:
    note = AddNote(REF, "It is [card number ending 1111 masked].")
    assert cleaned(note) == (note, ())


def test_every_text_of_a_command_is_masked_or_looked_up() -> None:
    texts = {
        field.name
        for command in COMMANDS
        for field in fields(command)
        if "str" in str(get_type_hints(command)[field.name])
    }
    assert texts - FREE_TEXT <= NOT_TYPED | {"accounts"}


@pytest.mark.parametrize(
    "command",
    [
        SuggestWords(REF, 1, (("known", "4111 1111 1111 1111"), ("doing", "x"))),
        AskDecision(REF, "q", ("4111111111111111", "No"), Incident.open().now, "d"),
    ],
)
def test_lists_of_texts_are_masked_in_their_places(command: Command) -> None:
    kept, found = cleaned(command)
    assert [hit.last4 for hit in found] == ["1111"]
    assert "4111" not in repr(kept)
    assert len(repr(kept)) > len(repr(command))


def asked(question: str = "Shall we go on?", *options: str) -> AskDecision:
    due_at = Incident.open().at("15:30").now
    return AskDecision(REF, question, options or ("Yes", "No"), due_at, "We wait")


def test_a_question_in_disguise_is_the_same_question() -> None:
    incident = staffed().by("cs-manager-one", asked())
    again = asked("Shall\u200b we  go on?")
    assert isinstance(incident.refused("cs-manager-one", again), AlreadyDone)


@pytest.mark.parametrize("options", [("Yes", "Y\u200bes"), ("Yes", "*Yes*"), ("Yes", "\u200b")])
def test_answers_that_only_differ_in_what_nobody_sees_are_unclear(
    options: tuple[str, ...],
) -> None:
    command = asked("Shall we go on?", *options)
    assert isinstance(staffed().refused("cs-manager-one", command), AnswersUnclear)


@pytest.mark.parametrize("text", ["thank\u200bs!", "*Thanks*", "ｔｈａｎｋｓ 🙏", "Thank\nyou"])
def test_thanks_in_any_form_opens_nothing_again(text: str) -> None:
    assert meaning_of(text) is Meaning.THANKS


def test_a_draft_of_an_older_version_leaves_in_the_form_that_is_checked() -> None:
    [draft] = staffed().draft().ticket.of(Updates).drafts
    older = replace(draft, fields=(("known", TYPED), ("doing", DOING)))
    assert older.field("known") == FORM
