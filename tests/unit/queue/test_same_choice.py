"""The queue and ``why`` name the same clock, whichever figure of a range has passed. D4, D8."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from protocols.queue.queued import queued
from protocols.replies.events import RecordCall
from protocols.scales import CATEGORIES, Category, Severity
from protocols.targets.events import Acknowledge, SayBlocked
from protocols.time.targets import Measure
from templates.clock.facts import due_next, why_facts
from templates.kit.scene import Scene
from templates.queue.words import line
from tests.kit.rules_incident import REF, Incident, customer, instant
from tests.unit.presenters.walking import LINKS

HOURS = range(1, 200, 7)
RANGE: dict[str, Any] = {"severity": Severity.LOW, "category": Category.DEAL_REGISTRATION}
RANGE |= {"impacts": frozenset(), "signal": None}


def names(incident: Incident) -> tuple[object, object]:
    """Return the clock that ``why`` names, and the one that the queue goes by."""
    binds = due_next(Scene(incident.ticket, incident.ctx, LINKS, {}))
    entry = queued(incident.ticket, incident.ctx.policy, incident.ctx.calendar)
    assert entry is not None
    assert entry.clock is not None
    assert binds is not None
    return (binds.measure, binds.breach_at), (entry.clock.measure, entry.clock.breach_at)


def why(incident: Incident) -> dict[str, Any]:
    return why_facts(incident.ticket, incident.ctx, LINKS)


def test_why_and_the_queue_name_the_answer_to_what_blocks_an_account() -> None:
    incident = Incident.open(severity=Severity.LOW, impacts=frozenset(), signal=None)
    incident.by("csm-one", Acknowledge(REF)).at("15:00")
    incident.by(customer(), SayBlocked(REF, "AP Director One", "C1", "1.1"))
    wanted = (Measure.BLOCKED, instant("15:30"))
    assert names(incident) == (wanted, wanted)
    lines = why(incident)["clocks"]
    assert [line.rule for line in lines if line.binds] == ["It blocks my business (D45)"]


def test_once_a_person_has_answered_no_clock_of_what_blocks_them_is_named() -> None:
    incident = Incident.open(severity=Severity.LOW, impacts=frozenset(), signal=None)
    incident.at("15:00").by(customer(), SayBlocked(REF, "AP Director One", "C1", "1.1"))
    incident.by("csm-one", RecordCall(REF, "They cannot pay a supplier."))
    lines = why(incident)["clocks"]
    assert all(line.name != Measure.BLOCKED.value for line in lines)


@pytest.mark.parametrize(
    ("day", "at", "said"),
    [
        (24, "14:01", ("resolution (target)", instant("14:02", 24))),
        (24, "14:03", ("resolution (breach)", instant("14:02", 25))),
        (25, "14:03", ("resolution", instant("14:02", 25))),
    ],
)
def test_of_a_range_the_queue_and_why_say_the_same_figure(
    day: int, at: str, said: tuple[str, datetime]
) -> None:
    incident = Incident.open(**RANGE).at("14:30").by("csm-one", Acknowledge(REF)).at(at, day)
    entry = queued(incident.ticket, incident.ctx.policy, incident.ctx.calendar)
    assert entry is not None
    shown = line(entry, 1, incident.ctx)
    facts = why(incident)
    assert (shown.waits_for, shown.due_at) == said
    assert facts["binding_at"] == shown.due_at
    figure = shown.waits_for.removeprefix("resolution")
    assert facts["binding_name"] == f"resolve{figure}"


@pytest.mark.parametrize("severity", Severity)
@pytest.mark.parametrize("category", CATEGORIES)
def test_why_names_the_clock_that_the_queue_goes_by(category: Category, severity: Severity) -> None:
    form: dict[str, Any] = {"account_key": "birch", "impacts": frozenset(), "signal": None}
    incident = Incident.open(**form, category=category, severity=severity)
    incident.by("csm-one", Acknowledge(REF))
    opened_at = incident.now
    for hours in HOURS:
        incident.at(opened_at + timedelta(hours=hours))
        told, ordered = names(incident)
        assert told == ordered, f"{hours} hours later"
