"""What stands in a form becomes the one form of outward words; what fills a form is masked."""

from __future__ import annotations

import pytest

from protocols.outreach.state import Outreach
from protocols.status import Status
from protocols.updates.state import Updates
from tests.unit.handlers.desk_in_memory import BRIDGE_CHANNEL
from tests.unit.handlers.incident import REF, Incident

CARD = "4111 1111 1111 1111"
MASK = "[card number ending 1111 masked]"
DOING = "We look."


def test_a_cause_in_disguise_is_asked_about_under_its_field(incident: Incident) -> None:
    form = incident.form("csm-two", "update.draft")
    answer = incident.send("csm-two", form, known="Late be\u200bcause of us.", doing=DOING)
    assert "names a cause" in answer.text
    assert incident.ticket.of(Updates).drafts == ()


def test_another_account_is_refused_by_its_telling_part(incident: Incident) -> None:
    form = incident.form("csm-two", "update.draft")
    answer = incident.send("csm-two", form, known="*Cedar* has\nit, too.", doing=DOING)
    assert "is another account" in answer.text


@pytest.mark.parametrize("empty", ["\u200b", " \ufeff \n", "\u3164"])
def test_words_that_nobody_sees_are_no_words(incident: Incident, empty: str) -> None:
    form = incident.form("csm-two", "update.draft")
    answer = incident.send("csm-two", form, known=empty, doing=DOING)
    assert answer.errors == {"known": "Fill this in."}
    assert incident.ticket.of(Updates).drafts == ()


def test_a_resolution_that_nobody_sees_is_not_made(incident: Incident) -> None:
    form = incident.form("csm-one", "ticket.resolve")
    answer = incident.send("csm-one", form, done="Returned.", how_to_check="\u200b")
    assert answer.errors == {"how_to_check": "Fill this in."}
    assert incident.ticket.status is Status.OPEN


def test_a_field_without_suggested_words_keeps_what_was_written(incident: Incident) -> None:
    incident.draft()
    before = incident.ticket.of(Updates).drafts[0].field("known")
    form = incident.form("cs-manager-one", "update.suggest", "1")
    incident.send("cs-manager-one", form, known="\u200b", doing="_We_  look again.")
    assert incident.ticket.of(Updates).drafts[0].suggested == (
        ("known", before),
        ("doing", "We look again."),
    )


def test_a_long_message_fills_a_finding_with_its_number_masked(incident: Incident) -> None:
    text = f"{'x ' * 1495}{CARD} and more"
    incident.slack.message_shortcut(
        "csm-one", "finding.record", channel=BRIDGE_CHANNEL, text=text, author="csm-two"
    )
    stands = str(incident.slack.shown().stands("finding"))
    assert "4111" not in stands
    assert len(stands) <= 3000


@pytest.mark.parametrize("before", [120, 135, 140, 149])
def test_a_long_story_fills_the_form_with_its_number_masked(
    incident: Incident, before: int
) -> None:
    incident.slack.slash("csm-one", "/ticket", f"{'x' * before} {CARD} was charged")
    modal = incident.slack.shown()
    assert "4111" not in str(modal.stands("summary"))
    assert MASK in str(modal.stands("description"))


def test_words_that_come_back_because_they_are_too_long_hold_no_number(incident: Incident) -> None:
    answer = incident.slack.slash("csm-one", "/ticket", f"{CARD} {'A long story. ' * 300}")
    assert "4111" not in answer.body["text"]
    assert MASK in answer.body["text"]


def test_a_long_reason_fills_the_form_of_a_tier_with_its_number_masked(incident: Incident) -> None:
    incident.bridge("csm-one", f"tier 4 {'x' * 290} {CARD}")
    assert "4111" not in str(incident.slack.shown().stands("reason"))


def test_a_verb_with_a_sign_that_nobody_sees_is_that_verb(incident: Incident) -> None:
    answer = incident.bridge("csm-one", "note\u200b It waits")
    assert answer.body["text"] == f"On the timeline of {REF}."


def test_impacted_accounts_are_named_in_any_form(incident: Incident) -> None:
    form = incident.form("csm-one", "outreach.accounts")
    incident.send("csm-one", form, accounts="bir\u200bch\r\n Cedar\u00a0 *Resellers*\u2028")
    assert incident.ticket.of(Outreach).impacted == ("birch", "cedar")
