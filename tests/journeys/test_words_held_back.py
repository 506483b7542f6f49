"""Words that were released and have not left: held, recalled, sent by another road, told of."""

from __future__ import annotations

from pathlib import Path

import pytest

from drill.reading import Seen
from protocols.account.events import RouteKind
from protocols.account.state import Road
from protocols.fixed_texts.events import SendFixed
from protocols.updates.events import DraftState, ReleaseText
from protocols.updates.state import Updates
from store.read import deliveries
from tests.kit.journey import BRIDGE, KNOWN, PROCESSOR, SHARED, Journey, journey

POLICY = Path(__file__).parents[2] / "protocols" / "policy" / "policy.yaml"
AP_DIRECTOR = "ap.director.one@acme.example"


def released_into_a_pause(desk: Journey) -> Seen:
    """Bring an incident to a release that Acme's channel does not take yet.

    Returns the review as it read before.
    """
    desk.opened()
    desk.acme_was_acknowledged()
    desk.takes_up()
    desk.drafts()
    desk.slack.fault(
        "chat.postMessage", "429", count=1, only_if="submitted twice", retry_after_s="20"
    )
    person = desk.person("cs-manager-one")
    read = desk.reads("csm-one", KNOWN)
    desk.sees(lambda: person.sees(BRIDGE, KNOWN), "the review")
    person.press("Release", channel=BRIDGE)
    desk.sees(lambda: "On its way to Acme" in desk.card(), "the card")
    desk.sees(lambda: state_of(desk, "BW-1001/text/1") == "pending", "the pause")
    return read


def state_of(desk: Journey, key: str) -> str:
    with desk.bot.database.read() as conn:
        rows = deliveries.of_ticket(conn, "BW-1001")
    return next((row.state for row in rows if row.key == key and row.last_error), "")


def test_a_hold_placed_after_the_release_keeps_unsent_words_in(desk: Journey) -> None:
    released_into_a_pause(desk)
    held = desk.person("cs-manager-one")
    held.command("/bridge", "hold", channel=BRIDGE)
    desk.sees(lambda: held.has_view, "the form")
    held.view.choose("kind", "The cause")
    held.view.choose("reason", "their lawyer wrote")
    held.view.submit()
    desk.sees(lambda: desk.has_line("Legal's hold was placed after its release"), "the line")
    desk.settle()
    assert desk.ticket.of(Updates).drafts[0].state is DraftState.REVIEW
    assert "On its way" not in desk.card()
    desk.hears(SHARED)


def test_a_release_is_recalled_by_the_one_who_gave_it(desk: Journey) -> None:
    released_into_a_pause(desk)
    said = desk.answered("cs-manager-one", lambda: desk.press("cs-manager-one", "Recall it"))
    assert "Recalled." in said
    assert desk.has_line("was not sent to Acme")
    desk.hears(SHARED)
    desk.slack.clear_faults()
    desk.press("csm-one", "Release")
    desk.hears(SHARED, KNOWN)
    assert desk.has_line("✅ Update 1 is with Acme")


def test_neither_the_holding_line_nor_an_older_button_brings_recalled_words(
    desk: Journey,
) -> None:
    read = released_into_a_pause(desk)
    desk.bot.does("csm-one", SendFixed("BW-1001", "holding"))
    assert desk.answered("cs-manager-one", lambda: desk.press("cs-manager-one", "Recall it"))
    desk.slack.clear_faults()
    assert desk.has_line("The holding line was not sent to Acme")
    told = desk.answered("csm-one", lambda: desk.presses_old("csm-one", read, "Release"))
    assert "Its release was taken back at" in told
    desk.walk(seconds=30)
    desk.hears(SHARED)
    assert desk.ticket.of(Updates).drafts[0].state is DraftState.REVIEW


def test_a_channel_that_takes_our_words_no_more_keeps_nobody_waiting(desk: Journey) -> None:
    # Not "not_in_channel": Slack's list has the bot there, and the road would be found again.
    desk.slack.fault("chat.postMessage", "error", error="restricted_action", only_if="your report")
    desk.opened()
    desk.hears(AP_DIRECTOR, "We have your report.")
    desk.hears(PROCESSOR, "priority matter")
    assert desk.ticket.of(Road).route.kind is RouteKind.MAIL
    assert desk.has_line("does not take our words for Acme any more")
    assert "NOT delivered" not in desk.card()


def test_an_acknowledgment_that_died_is_red_at_once_and_the_update_begins_the_thread(
    desk: Journey,
) -> None:
    desk.slack.fault("chat.postMessage", "error", error="invalid_blocks", only_if="your report")
    desk.opened()
    desk.hears(PROCESSOR, "priority matter")
    assert "NOT delivered to Acme:* the acknowledgment. Call them" in desk.card()
    assert any(
        "the acknowledgment could not be delivered" in m for m in desk.told("cs-manager-one")
    )
    desk.takes_up()
    desk.drafts()
    desk.press("cs-manager-one", "Release")
    desk.hears(SHARED, KNOWN)
    shown = desk.person("ap-director-one").sees(SHARED, KNOWN)
    assert shown is not None
    assert desk.ticket.of(Road).thread_ts == shown.ts
    assert "NOT delivered to Acme:* the acknowledgment" in desk.card()


@pytest.fixture
def impatient(tmp_path: Path) -> str:
    """Give a policy by which words go by mail after one second without Slack."""
    path = tmp_path / "policy.yaml"
    path.write_text(POLICY.read_text().replace("mail_after: 2m", "mail_after: 1s"))
    return str(path)


@pytest.mark.parametrize("error", ["token_revoked", "account_inactive"])
def test_released_words_go_by_mail_when_slack_has_put_the_app_out(
    migrated_sqlite_url: str, impatient: str, error: str
) -> None:
    with journey(migrated_sqlite_url, BRIDGEWATCH_POLICY=impatient) as desk:
        desk.opened()
        desk.acme_was_acknowledged()
        desk.takes_up()
        desk.drafts()
        for method in ("chat.postMessage", "chat.update", "conversations.history", "auth.test"):
            desk.slack.fault(method, "error", error=error, count=0)
        draft = desk.ticket.of(Updates).drafts[0]
        release = ReleaseText("BW-1001", draft.number, draft.text_hash)
        desk.bot.does("cs-manager-one", release)
        lifeline = desk.bot.program.lifeline
        assert lifeline is not None
        desk.sees(lambda: lifeline.look() or has_mail(desk, AP_DIRECTOR, KNOWN), "their mail")
        desk.sees(lambda: has_mail(desk, AP_DIRECTOR, KNOWN), "the words by mail")
        lost = "words for Acme go by mail from now on"
        desk.sees(lambda: lifeline.look() or has_mail(desk, "cs.manager.one", lost), "who is told")
        desk.sees(
            lambda: desk.ticket.of(Updates).drafts[0].state is DraftState.DELIVERED,
            "their delivery",
        )
        desk.slack.clear_faults()
        desk.settle()
        desk.hears(AP_DIRECTOR, KNOWN)
        desk.hears(SHARED)


def has_mail(desk: Journey, address: str, words: str) -> bool:
    return any(
        address in " ".join(mail["to"]) and words in f"{mail['subject']} {mail['text']}"
        for mail in desk.slack.mails
    )
