"""What a check stopped is on record by the checks, never by its words."""

from __future__ import annotations

from handlers.kit import edge
from handlers.slack.updates import objecting
from protocols.updates.events import DraftKind, TextStopped
from protocols.updates.refusals import WordsRefused
from protocols.updates.state import Updates
from tests.unit.handlers.desk_in_memory import TEAM, slack_id
from tests.unit.handlers.incident import REF, Incident


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
    number, hashed = incident.bound()
    for person in ("csm-two", "cs-manager-one", "cs-manager-one"):  # its writer, a second, again
        incident.press(person, "update.release", number, hashed)
    certificate = str(incident.bridge("csm-two", "certificate").body)
    assert "Texts released by a second person:* 1." in certificate
