"""A ticket keeps the figures that it was opened under. Source: D13."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import yaml

from bot.engine.facts import Facts
from bot.files.policy import DEFAULT_POLICY
from protocols.policy.policy import Policy
from protocols.timeline.events import AddNote
from store.read import upcoming
from tests.contract.ports.asking import ROUTINE, ask
from tests.contract.ports.houses import MovedClock, RealHouse, acquainted

EDITED = {"tier1": {"reply": "1 business hour", "resolve": "1 business day"}}
FIRST, SECOND = "BW-1001", "BW-1002"


def edited() -> Facts:
    """Return what is known after somebody edited the policy file and started the bot anew."""
    values: dict[str, Any] = yaml.safe_load(DEFAULT_POLICY.read_text(encoding="utf-8")) | EDITED
    return acquainted(Policy.from_mapping(values))


def dues(house: RealHouse, reference: str) -> Mapping[str, timedelta]:
    """Return how long after the opening each due point of the clocks falls."""
    with house.database.read() as conn:
        points = upcoming.of_ticket(conn, reference)
    began = house.clock.at
    return {point.key: point.due_at - began for point in points}


def test_an_edited_policy_touches_new_tickets_only(real: RealHouse) -> None:
    ask(real, ROUTINE)
    before = dues(real, FIRST)
    after = RealHouse(real.database, clock=MovedClock(real.clock.at), facts=edited())
    ask(after, AddNote(FIRST, "looked at again"))
    ask(after, replace(ROUTINE, summary="Another question"))
    assert dues(after, FIRST) == before
    assert min(dues(after, SECOND).values()) < min(before.values())
    after.desks.close()
