"""Somebody or something goes in mid-incident, at a real bot: it is noticed, and seen to.

Proves: F28.
"""

from __future__ import annotations

import pytest

from protocols.account.events import RouteKind
from protocols.account.state import Road
from protocols.bridge.state import BridgeState
from tests.kit.journey import BRIDGE, SHARED, Journey
from tests.kit.waiting import until


@pytest.fixture
def bridge(desk: Journey) -> Journey:
    """Give a desk with Acme's Tier 3 ticket open, its bridge set up."""
    desk.opened()
    desk.acme_was_acknowledged()
    return desk


def road(desk: Journey) -> RouteKind:
    return desk.ticket.of(Road).route.kind


def test_a_communicator_whose_account_is_closed_gives_way_to_the_next(bridge: Journey) -> None:
    bridge.minute(5)
    bridge.takes_up()
    was = bridge.holder("communicator")
    assert was == "csm-two"
    bridge.slack.set_kind(was, "deactivated")
    until(lambda: bridge.holder("communicator") == "", 30, what="a free seat")
    bridge.settle()
    assert bridge.asked("communicator") != was
    assert any("CSM Two is gone" in words for words in bridge.told("cs-manager-one"))
    assert was not in bridge.here()


def test_words_go_by_mail_while_the_shared_channel_is_archived_or_without_the_bot(
    bridge: Journey,
) -> None:
    bridge.slack.person("csm-one").archive(SHARED)
    until(lambda: road(bridge) is RouteKind.MAIL, 30, what="the road by mail")
    bridge.settle()
    assert any("go by mail" in words for words in bridge.told("csm-one"))


def test_a_channel_that_the_bot_is_invited_to_again_is_the_road_again(bridge: Journey) -> None:
    bridge.slack.person("csm-one").kick(SHARED, "U0DRILLBOT")
    until(lambda: road(bridge) is RouteKind.MAIL, 30, what="the road by mail")
    bridge.slack.person("csm-one").invite(SHARED, "U0DRILLBOT")
    until(lambda: road(bridge) is RouteKind.CHANNEL, 30, what="the road by the channel")
    bridge.settle()
    assert any("shared channel from now on" in words for words in bridge.told("csm-one"))


def test_a_bridge_that_is_archived_by_hand_is_made_anew_by_a_button(bridge: Journey) -> None:
    bridge.slack.person("csm-one").archive(BRIDGE)
    until(lambda: bridge.ticket.of(BridgeState).lost_at is not None, 30, what="the lost bridge")
    bridge.settle()
    bridge.press("csm-one", "New bridge", None)
    until(lambda: bridge.ticket.of(BridgeState).channel_name != BRIDGE, 30, what="a new bridge")
    bridge.settle()
    anew = bridge.ticket.of(BridgeState).channel_name
    assert anew == f"{BRIDGE}-2"
    assert "BW-1001" in bridge.card(anew)
    assert bridge.person("csm-one").id in bridge.slack.channel(anew).members


def pinned(desk: Journey) -> str:
    """Return the stamp of the message that is pinned in the bridge; "" where none is."""
    pins = desk.slack.channel(BRIDGE).pins
    return str(pins[0]["message_ts"]) if pins else ""


def stands_anew(desk: Journey, was: str) -> bool:
    return pinned(desk) not in ("", was)


def test_a_card_that_a_person_deletes_is_posted_anew_pinned_and_kept(bridge: Journey) -> None:
    was = pinned(bridge)
    bridge.slack.person("csm-one").remove(BRIDGE, was)
    bridge.sees(lambda: stands_anew(bridge, was), "the card anew")
    bridge.settle()
    assert sum("It is posted anew" in line for line in bridge.lines()) == 1
    bridge.takes_up()
    found = bridge.slack.channel(BRIDGE).messages[pinned(bridge)]
    assert "CSM Two" in str(found["blocks"]), "the new card is brought up to date"


def test_a_pin_that_a_person_takes_off_is_set_again_and_told_once(bridge: Journey) -> None:
    was = pinned(bridge)
    for _ in range(2):
        bridge.slack.person("csm-one").unpin(BRIDGE, was)
        bridge.sees(lambda: pinned(bridge) == was, "the pin")
        bridge.settle()
    assert sum("The pin of the card was taken off" in line for line in bridge.lines()) == 1


def test_a_card_and_a_pin_that_went_unheard_are_missed_by_the_next_look(bridge: Journey) -> None:
    was = pinned(bridge)
    bridge.slack.mishap("lost", "pin_removed", 1)
    bridge.slack.person("csm-one").unpin(BRIDGE, was)
    bridge.settle()
    assert pinned(bridge) == ""
    bridge.bot.program.missed.read()
    bridge.sees(lambda: pinned(bridge) == was, "the pin")
    bridge.settle()
    bridge.slack.mishap("lost", "message.groups", 1)
    bridge.slack.person("csm-one").remove(BRIDGE, was)
    bridge.settle()
    bridge.bot.program.missed.read()
    bridge.sees(lambda: stands_anew(bridge, was), "the card anew")
    bridge.settle()
    bridge.bot.program.missed.read()
    bridge.settle()
    assert sum("It is posted anew" in line for line in bridge.lines()) == 1
