"""Deliveries that are told to their ticket as one change, whatever their order."""

from __future__ import annotations

from itertools import permutations

import pytest

from protocols.bridge.addresses import Bridge
from protocols.kernel.effects import Effect
from protocols.kernel.plan import behind_their_needs
from tests.kit.rules_incident import Incident

SET_UP = ("bridge", "ack", "vendor", "brief/sponsor-one")


def effect(key: str, *needs: str) -> Effect:
    return Effect(key, "slack", "chat.postMessage", Bridge(), needs=needs)  # type: ignore[arg-type]


@pytest.mark.parametrize("order", list(permutations(SET_UP)), ids="-".join)
def test_in_no_order_does_anything_stand_before_what_it_needs(order: tuple[str, ...]) -> None:
    incident = Incident.open().delivered_together(*order)
    keys = [each.key for each in incident.effects]
    for place, each in enumerate(incident.effects):
        assert set(each.needs).isdisjoint(keys[place:]), each.key
    assert incident.planned().count("opened") == 1


@pytest.mark.parametrize("order", [SET_UP, SET_UP[::-1]], ids=["as-planned", "backwards"])
def test_told_together_the_ticket_is_what_it_is_when_told_one_by_one(
    order: tuple[str, ...],
) -> None:
    together = Incident.open().delivered_together(*order)
    apart = Incident.open()
    for key in order:
        apart.delivered(key)
    assert together.ticket == apart.ticket


def test_what_needs_nothing_beside_it_keeps_its_place() -> None:
    given = [effect("b", "a"), effect("x", "elsewhere"), effect("a"), effect("c", "b")]
    assert [each.key for each in behind_their_needs(given)] == ["x", "a", "b", "c"]


def test_what_waits_for_itself_is_not_lost() -> None:
    given = [effect("a", "b"), effect("b", "a"), effect("c")]
    assert {each.key for each in behind_their_needs(given)} == {"a", "b", "c"}
