"""Where a check stops words, what could stand there instead is one press away."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from protocols.holds.events import HoldKind, PlaceHold
from protocols.scales import Tier
from protocols.updates.approval import hash_of
from protocols.updates.events import DraftState
from protocols.updates.state import Updates
from tests.kit.tickets import with_fields
from tests.unit.handlers.incident import REF, Incident
from tests.unit.handlers.slack_side import below, words


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
    incident.press("csm-one", "update.release", *incident.bound())
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
