"""A release is taken back by whoever made it, as long as it has not arrived."""

from __future__ import annotations

from datetime import timedelta

from protocols.scales import Tier
from protocols.tiers.events import ChangeTier
from protocols.updates.approval import hash_of
from protocols.updates.events import DraftKind, DraftText, ReleaseText
from protocols.updates.state import Updates
from tests.unit.handlers.incident import REF, Incident


def test_its_releaser_recalls_a_release_by_the_cards_button(incident: Incident) -> None:
    incident.draft()
    incident.press("cs-manager-one", "update.release", *incident.bound())
    incident.press("cs-manager-one", "update.recall", "1")
    assert incident.ticket.of(Updates).drafts[0].recalled_at is not None
    assert "It is held back, unless it had left already" in incident.told


def test_a_release_is_recalled_by_a_typed_word_too(incident: Incident) -> None:
    incident.draft()
    incident.press("cs-manager-one", "update.release", *incident.bound())
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
    incident.press("cs-manager-one", "update.release", *incident.bound())
    fields = (("known", "Some payments were sent twice."), ("doing", "We are separating them."))
    next_at = incident.desk.at + timedelta(hours=1)
    incident.ask("csm-two", DraftText(REF, DraftKind.OUTREACH, fields, next_at))
    hashed = hash_of(incident.ticket.of(Updates).drafts[1])
    incident.ask("cs-manager-one", ReleaseText(REF, 2, hashed))
    assert "Recalled." in incident.bridge("cs-manager-one", "recall").text
    assert incident.ticket.of(Updates).drafts[0].recalled_at is not None


def test_somebody_else_reads_who_may_recall_a_release(incident: Incident) -> None:
    incident.draft()
    incident.press("cs-manager-one", "update.release", *incident.bound())
    incident.press("csm-one", "update.recall", "1")
    assert incident.ticket.of(Updates).drafts[0].recalled_at is None
    assert "who released it, or Legal" in incident.told


def test_nothing_is_recalled_where_nothing_is_on_its_way(incident: Incident) -> None:
    assert "no released text of BW-1001 is on its way" in incident.bridge("csm-one", "recall").text


def test_what_has_arrived_is_not_recalled(incident: Incident) -> None:
    incident.draft()
    incident.press("cs-manager-one", "update.release", *incident.bound())
    incident.taken(1)
    incident.press("cs-manager-one", "update.recall", "1")
    assert "has had these words since" in incident.told


def test_of_a_status_text_it_is_not_said_that_it_goes_to_the_account(incident: Incident) -> None:
    form = incident.form("csm-one", "status_page.open")
    incident.send("csm-one", form, known="Runs are late.", doing="We look.")
    incident.press("cs-manager-one", "update.release", *incident.bound())
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
    incident.press("cs-manager-one", "update.release", *incident.bound())
    assert "It goes out once accounts are listed." in incident.told
    assert "Nothing was recalled" in incident.bridge("cs-manager-one", "recall").text
