"""Words that correct what was sent: from the update that they are about, through a review."""

from __future__ import annotations

from protocols.updates.events import DraftKind, DraftState
from protocols.updates.state import Updates
from tests.unit.handlers.incident import Incident
from tests.unit.handlers.slack_side import words


def sent(incident: Incident, known: str = "412 payments were sent twice.") -> None:
    """Have an update drafted, released, and taken by Slack."""
    incident.draft(known=known)
    number = len(incident.ticket.of(Updates).drafts)
    incident.press("cs-manager-one", "update.release", *incident.bound(number))
    incident.taken(number)


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
