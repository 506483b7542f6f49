"""A card that a person deletes stands there anew; a pin is set again, and told once. S184, D41.

Proves: F28.
"""

from __future__ import annotations

from protocols.bridge.roads import card_key, pin_key
from protocols.bridge.state import BridgeState
from protocols.losses.cards import PINNED_AGAIN
from protocols.losses.events import BridgeCardGone, NoteBridgeLost, NoteCardGone
from protocols.people.people import ENGINE
from tests.kit.rules_incident import REF, Incident
from tests.unit.protocols.test_lost_bridges import opened

GONE = NoteCardGone(REF, "deleted")
UNPINNED = NoteCardGone(REF, "pin")


def test_a_card_that_was_deleted_is_posted_anew_and_pinned_and_the_bridge_is_told() -> None:
    incident = opened()
    first = card_key(incident.ticket)
    incident.by(ENGINE, GONE)
    ticket = incident.ticket
    assert card_key(ticket) != first
    keys = {effect.key: effect for effect in incident.last_effects}
    assert keys[card_key(ticket)].template == "card"
    assert card_key(ticket) in keys[pin_key(ticket)].needs
    [line] = incident.told("card_gone")
    assert card_key(ticket) in line.needs


def test_what_is_told_after_it_waits_for_the_new_card() -> None:
    incident = opened().by(ENGINE, GONE)
    incident.until("15:10")
    later = [effect for effect in incident.last_effects if effect.template == "card"]
    assert later
    assert all(card_key(incident.ticket) in effect.needs for effect in later)


def test_a_pin_is_set_again_three_times_and_told_once() -> None:
    incident = opened()
    for _ in range(PINNED_AGAIN + 2):
        incident.by(ENGINE, UNPINNED)
    assert len(incident.events(BridgeCardGone)) == PINNED_AGAIN
    assert len(incident.told("card_gone")) == 1
    assert incident.ticket.of(BridgeState).pins_lost == PINNED_AGAIN


def test_a_card_that_is_seen_gone_twice_is_gone_once() -> None:
    seen = NoteCardGone(REF, "deleted", 0)
    incident = opened().by(ENGINE, seen).by(ENGINE, seen)
    assert len(incident.events(BridgeCardGone)) == 1
    incident.by(ENGINE, NoteCardGone(REF, "deleted", 1))
    assert len(incident.events(BridgeCardGone)) == 2


def test_a_pin_that_is_seen_gone_twice_is_gone_once() -> None:
    seen = NoteCardGone(REF, "pin", 0)
    incident = opened().by(ENGINE, seen).by(ENGINE, seen)
    assert len(incident.events(BridgeCardGone)) == 1


def test_in_a_bridge_that_is_lost_nothing_is_posted_anew() -> None:
    incident = opened()
    channel = incident.ticket.of(BridgeState).channel_id
    incident.by(ENGINE, NoteBridgeLost(REF, channel, "archived")).by(ENGINE, GONE)
    assert incident.events(BridgeCardGone) == []


def test_before_there_is_a_bridge_there_is_no_card_to_lose() -> None:
    incident = Incident.open().by(ENGINE, GONE)
    assert incident.events(BridgeCardGone) == []
