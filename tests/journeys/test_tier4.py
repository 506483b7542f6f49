"""Tier 3 to Tier 4 and back: what stops, what is owed from then, what waits for a release."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from protocols.bridge.state import BridgeState
from protocols.ladder.events import StepKind, StepState
from protocols.ladder.state import Ladder
from protocols.notices.events import Reach
from protocols.outreach.state import Outreach, OutreachTold
from protocols.people.people import Role
from protocols.updates.state import Updates
from tests.kit.journey import CUSTOMER, SHARED, STATUS_PAGE, Journey, journey
from tests.kit.journey import KNOWN as KNOWN_TO_ACME

PLATFORM = "The platform is failing for several customers"
SECURITY = "A security incident, suspected or confirmed"
SAME = "same double submission in nine accounts"
KNOWN = "Payment runs of several accounts were submitted twice."
DOING = "We are separating the affected payments."


@pytest.fixture
def raised(desk: Journey) -> Journey:
    """Give a desk on which Acme's ticket was raised to Tier 4 by the engineering lead."""
    desk.opened()
    desk.acme_was_acknowledged()
    desk.takes_up()
    desk.minute(20)
    raises(desk)
    return desk


def raises(desk: Journey, *boxes: str, who: str = "engineering-lead-one", why: str = SAME) -> None:
    """Type the raise, and say in the form that comes up what it is for."""
    before = desk.view_id(who)
    desk.types(who, "/bridge", f"tier 4 {why}")
    desk.sees(lambda: desk.view_id(who) not in ("", before), "the form")
    desk.person(who).view.choose("impacts", list(boxes or [PLATFORM]))
    desk.submits(who)


def state(desk: Journey, kind: StepKind) -> StepState | None:
    """Return how a step stands."""
    step = desk.ticket.of(Ladder).step(kind)
    return step.state if step is not None else None


def test_raising_supersedes_the_ladder_and_asks_for_a_commander(desk_in_slack: Journey) -> None:
    play = desk_in_slack
    play.opened()
    play.acme_was_acknowledged()
    play.takes_up()
    play.minute(20)
    said = play.answered("engineering-lead-one", lambda: raises(play))
    assert "BW-1001 is Tier 4 now." in said
    assert play.has_line(f'▶ Tier 3 to Tier 4, by Engineering Lead One: "{SAME}".')
    assert state(play, StepKind.BLAST_RADIUS) is StepState.SUPERSEDED
    assert state(play, StepKind.COMMANDER) is StepState.OWED
    card = play.card()
    assert "Tier 4" in card.splitlines()[0]
    assert "incident commander, by" in card
    assert "A promise made is kept" in card
    assert any("commander" in told for told in play.told("engineering-lead-one"))
    assert any("Tier 4" in told for told in play.told("sponsor-one"))
    assert any("Tier 4" in told for told in play.told("security-one"))
    play.hears(SHARED)
    play.hears(STATUS_PAGE)


def test_a_commander_takes_command_and_the_topic_says_so(raised: Journey) -> None:
    raised.press("engineering-lead-one", "Take commander")
    assert raised.holder(Role.COMMANDER) == "engineering-lead-one"
    assert raised.is_done(StepKind.COMMANDER)
    assert any("You command BW-1001" in told for told in raised.told("engineering-lead-one"))
    topics = [call.args["topic"] for call in raised.slack.calls("conversations.setTopic")]
    assert "commander: Engineering Lead One" in topics[-1]


def test_no_commander_within_fifteen_minutes_is_late(raised: Journey) -> None:
    raised.minute(35.5)
    assert "LATE" in raised.card()
    assert any("LATE" in told or "late" in told for told in raised.told("cs-manager-one"))


def test_a_promise_survives_the_raise(raised: Journey) -> None:
    raised.minute(60.2)
    raised.hears(SHARED, "We said you would hear from us by Mon 23 Nov 2026, 10:02 EST")


def test_the_status_page_opens_only_with_released_words(raised: Journey) -> None:
    raised.press("engineering-lead-one", "Take commander")
    raised.form("csm-two", "Status page", known=KNOWN, doing=DOING)
    raised.hears(STATUS_PAGE)
    waiting = raised.ticket.of(Updates).waiting_drafts()
    assert len(waiting) == 1
    raised.press("engineering-lead-one", "Release")
    [page] = raised.hears(STATUS_PAGE, KNOWN)
    assert "Acme" not in page
    assert raised.is_done(StepKind.STATUS_PAGE)
    raised.hears(SHARED)


def test_without_a_webhook_the_commander_puts_the_text_on_the_page_and_says_so(
    migrated_sqlite_url: str,
) -> None:
    with journey(migrated_sqlite_url, BRIDGEWATCH_STATUSPAGE_URL="") as desk:
        desk.opened()
        desk.acme_was_acknowledged()
        desk.takes_up()
        raises(desk)
        desk.press("engineering-lead-one", "Take commander")
        desk.form("csm-two", "Status page", known=KNOWN, doing=DOING)
        desk.press("engineering-lead-one", "Release")
        assert KNOWN in desk.told("engineering-lead-one")[-1]
        waits = "▶ status text released, not yet on the page: Engineering Lead One puts it up"
        assert waits in desk.card()
        assert not desk.is_done(StepKind.STATUS_PAGE)
        desk.press("engineering-lead-one", "It is on the page", None)
        assert desk.is_done(StepKind.STATUS_PAGE)
        assert waits not in desk.card()
        timeline = desk.types("csm-one", "/bridge", "timeline")
        assert "Engineering Lead One said that the status text is on the page" in timeline


def test_the_outreach_has_its_list_and_a_released_text(raised: Journey) -> None:
    raised.press("engineering-lead-one", "Take commander")
    form = raised.opens("engineering-lead-one", "Add accounts")
    assert form.options("picked", "elm") == ["Elm"]
    form.choose("picked", ["Elm", "Fern"])
    form.choose("accounts", "Grove")
    raised.submits("engineering-lead-one")
    assert set(raised.ticket.of(Outreach).impacted) >= {"elm", "fern", "grove"}
    form = raised.form("engineering-lead-one", "Add accounts", accounts="Elm\nNowhere")
    assert "Nowhere" in " ".join(form.errors.values())
    raised.closes_all("engineering-lead-one")
    form = raised.opens("engineering-lead-one", "Add accounts")
    assert "4 listed: Acme, Elm, Fern, Grove." in form.words
    raised.submits("engineering-lead-one")
    assert form.errors
    raised.closes_all("engineering-lead-one")
    form = raised.opens("csm-two", "Draft outreach")
    since = int(datetime(2026, 11, 23, 13, 10, tzinfo=UTC).timestamp())
    form.fill({"known": KNOWN, "doing": DOING, "since_at": since})
    raised.submits("csm-two")
    raised.press("engineering-lead-one", "Release")
    raised.settle()
    for name in ("elm", "fern", "grove"):
        [words] = raised.hears(f"controller.one@{name}.example", KNOWN)
        assert "Service notice BW-1001" in words
        assert "Acme" not in words
    raised.hears(SHARED)
    assert raised.ticket.of(OutreachTold).at(Reach.TOLD) == ("elm", "fern", "grove")
    assert raised.is_done(StepKind.OUTREACH)
    assert "outreach: 3 of 3 told" in raised.card()


def test_a_manager_asks_security_agrees_and_what_was_not_done_opens_again(
    raised: Journey,
) -> None:
    said = raised.types("csm-one", "/bridge", "tier 3 only Acme after all")
    assert "Tier unchanged." in said
    assert int(raised.ticket.tier) == 4
    raised.press("security-one", "Join", None)
    said = raised.types("cs-manager-one", "/bridge", "tier 3 only Acme after all")
    assert "stays Tier 4 until one of them agrees" in said
    assert int(raised.ticket.tier) == 4
    raised.press("security-one", "Agree to Tier 3", None)
    assert int(raised.ticket.tier) == 3
    assert state(raised, StepKind.BLAST_RADIUS) is StepState.OWED
    assert state(raised, StepKind.SCOPE) is StepState.DONE
    assert raised.has_line("▶ Tier 4 to Tier 3")
    assert "Tier 3" in raised.card().splitlines()[0]


def test_a_ticket_opened_at_tier_four_asks_incident_response_at_once(desk: Journey) -> None:
    form = desk.form_from_message(words="Nothing works.")
    desk.fills(form, impact_platform=[PLATFORM])
    assert "*Tier 4, Systemic,*" in form.words
    assert "no other account and no status page" in form.words
    form.submit()
    desk.settle()
    desk.closes_all("csm-one")
    desk.hears(SHARED, "We have your report.")
    desk.hears(STATUS_PAGE)
    name = desk.ticket.of(BridgeState).channel_name
    assert "Tier 4" in desk.card(name)
    assert name in ("bw-1001-acme", "bw-1001-tier4")
    assert any("commander" in told for told in desk.told("engineering-lead-one"))
    assert desk.told("security-one")


def test_raised_for_security_nothing_more_is_said_in_the_shared_channel(desk: Journey) -> None:
    desk.opened()
    desk.acme_was_acknowledged()
    desk.takes_up()
    desk.minute(20)
    raises(desk, SECURITY, why="strange logins since noon")
    card = desk.card()
    assert "security" in card.splitlines()[0]
    assert "go to AP Director One only, by mail" in card
    assert desk.has_line("BW-1001 is a security matter")
    assert any("security matter" in told for told in desk.told("csm-one"))
    assert any("Tier 4 (security)" in told for told in desk.told("security-one"))
    desk.hears(CUSTOMER, "has been escalated")
    desk.drafts()
    desk.press("cs-manager-one", "Release")
    [update] = desk.hears(CUSTOMER, KNOWN_TO_ACME)
    assert "Next update by" in update
    asked = desk.person("ap-director-one").sees(SHARED, "We have your report.")
    assert asked is not None
    desk.person("ap-director-one").say(SHARED, "Any news?", asked.ts)
    desk.settle()
    assert desk.has_line("answers by mail or phone, not there")
    desk.hears(SHARED)
