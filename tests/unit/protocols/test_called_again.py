"""Leads who have not come are asked again, each time with a message of its own."""

from __future__ import annotations

from protocols.bridge.events import BringInNow
from protocols.scales import Impact, Tier
from protocols.tiers.events import ChangeTier
from tests.kit.rules_incident import REF, Incident


def test_asked_by_a_press_and_later_by_the_clock_they_are_told_twice() -> None:
    incident = Incident.open(impacts=frozenset({Impact.PAYMENTS_BLOCKED}), signal=None)
    incident.by("csm-one", ChangeTier(REF, Tier.CRITICAL, "two runs went out twice"))
    incident.at("14:05").by("csm-one", BringInNow(REF)).until("14:30")
    asked = [key for key in incident.planned() if key.startswith("called-again/cs-manager/")]
    assert len(asked) == 2
    assert len(set(asked)) == 2
