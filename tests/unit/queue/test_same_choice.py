"""The queue and ``why`` name the same clock, whichever figure of a range has passed. D4, D8."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from protocols.queue.queued import queued
from protocols.scales import CATEGORIES, Category, Severity
from protocols.targets.events import Acknowledge
from templates.clock.facts import due_next
from templates.kit.scene import Scene
from tests.kit.rules_incident import REF, Incident
from tests.unit.presenters.walking import LINKS

HOURS = range(1, 200, 7)


@pytest.mark.parametrize("severity", Severity)
@pytest.mark.parametrize("category", CATEGORIES)
def test_why_names_the_clock_that_the_queue_goes_by(category: Category, severity: Severity) -> None:
    form: dict[str, Any] = {"account_key": "birch", "impacts": frozenset(), "signal": None}
    incident = Incident.open(**form, category=category, severity=severity)
    incident.by("csm-one", Acknowledge(REF))
    opened_at = incident.now
    for hours in HOURS:
        incident.at(opened_at + timedelta(hours=hours))
        binds = due_next(Scene(incident.ticket, incident.ctx, LINKS, {}))
        entry = queued(incident.ticket, incident.ctx.policy, incident.ctx.calendar)
        assert entry is not None
        assert entry.clock is not None
        assert binds is not None
        told = (binds.measure, binds.breach_at)
        assert told == (entry.clock.measure, entry.clock.breach_at), f"{hours} hours later"
