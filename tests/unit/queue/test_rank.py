"""Which ticket comes first: total, stable, and never lower for being worse. S85-S88, D8."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocols.escalation.events import Escalate, TakeEscalation
from protocols.queue.queued import First, Queued, Turn, queued
from protocols.queue.rank import Band, band, in_order, rank
from protocols.replies.events import RecordCall
from protocols.scales import Category, Impact, Severity
from protocols.targets.events import SayBlocked
from protocols.time.targets import Measure
from templates.queue.words import reasons
from tests.kit.queues import LEVELS, NOW, PLAIN, clock, entries, queues
from tests.kit.rules_incident import REF, Incident, customer

MINUTES = st.integers(-2000, 2000)


def goes_before(one: Queued, other: Queued) -> bool:
    return rank(one, NOW) < rank(other, NOW)


@given(queues(), st.randoms(use_true_random=False), MINUTES)
def test_the_order_is_one_whichever_way_the_tickets_come(
    found: tuple[Queued, ...], chance: Any, minutes: int
) -> None:
    now = NOW + timedelta(minutes=minutes)
    shuffled = list(found)
    chance.shuffle(shuffled)
    assert in_order(shuffled, now) == in_order(found, now)
    assert len({rank(entry, now) for entry in found}) == len(found)


@given(entries(), st.sampled_from(tuple(Severity)))
def test_a_worse_severity_never_stands_lower(entry: Queued, other: Severity) -> None:
    worse, better = sorted((entry.severity, other), key=tuple(Severity).index)
    assert rank(replace(entry, severity=worse), NOW) <= rank(replace(entry, severity=better), NOW)


@given(entries(), st.sampled_from(LEVELS), st.sampled_from(LEVELS))
def test_a_higher_program_level_never_stands_lower(entry: Queued, one: str, other: str) -> None:
    higher, lower = sorted((one, other), key=LEVELS.index, reverse=True)
    assert rank(replace(entry, level=higher), NOW) <= rank(replace(entry, level=lower), NOW)


@given(entries(), st.integers(0, 900))
def test_a_longer_time_in_queue_never_stands_lower(entry: Queued, minutes: int) -> None:
    waited = replace(entry, since_at=entry.since_at - timedelta(minutes=minutes))
    assert rank(waited, NOW) <= rank(entry, NOW)


@given(entries(), MINUTES, st.integers(0, 900))
def test_a_ticket_never_sinks_as_time_goes_by(entry: Queued, minutes: int, more: int) -> None:
    now = NOW + timedelta(minutes=minutes)
    assert rank(entry, now + timedelta(minutes=more)) <= rank(entry, now)


@given(entries())
def test_a_category_that_obliges_us_never_stands_lower(entry: Queued) -> None:
    obliging = replace(entry, category=Category.COMMISSION_PAYMENT)
    assert rank(obliging, NOW) <= rank(entry, NOW)


@given(entries(1001), entries(1002))
def test_a_blocked_business_goes_before_everything_else(one: Queued, other: Queued) -> None:
    blocked = replace(one, turn=Turn.OURS, first=First.BUSINESS)
    assert goes_before(blocked, replace(other, first=First.NO))


@pytest.mark.parametrize(("left", "expected"), [
    (61, Band.IN_TIME), (60, Band.NEAR), (25, Band.NEAR), (24, Band.NEARER), (1, Band.NEARER),
    (0, Band.LATE), (-20, Band.LATE),
])  # fmt: skip
def test_a_ticket_is_lifted_before_its_breach(left: int, expected: Band) -> None:
    entry = replace(PLAIN, clock=clock(NOW + timedelta(minutes=left)))
    assert band(entry, NOW) is expected


def test_a_low_ticket_near_its_breach_goes_before_a_high_one_in_time() -> None:
    near = replace(PLAIN, severity=Severity.LOW, clock=clock(NOW + timedelta(minutes=20)))
    high = replace(PLAIN, severity=Severity.HIGH, clock=clock(NOW + timedelta(hours=3)))
    assert goes_before(near, high)


def opened(**changes: Any) -> Incident:
    form: dict[str, Any] = {"impacts": frozenset(), "signal": None, "severity": Severity.MEDIUM}
    return Incident.open(**{**form, **changes})


def standing(incident: Incident) -> Queued:
    found = queued(incident.ticket, incident.ctx.policy, incident.ctx.calendar, 1001)
    assert found is not None
    return found


def test_a_fresh_ticket_stands_in_the_queue_of_its_category_with_its_first_clock() -> None:
    found = standing(opened(category=Category.COMMISSION_PAYMENT))
    assert (found.team, found.stage, found.first) == ("Channel Finance", "submitted", First.NO)
    assert found.clock is not None
    assert found.clock.measure in {Measure.REPLY, Measure.ACKNOWLEDGE}
    assert found.clock.near_at < found.clock.nearer_at < found.clock.breach_at


def test_an_account_that_says_it_is_blocked_is_first_and_stays_so_once_it_is_answered() -> None:
    incident = opened()
    incident.by(customer(), SayBlocked(REF, "AP Director One", "C1", "1.1"))
    assert standing(incident).first is First.BUSINESS
    incident.by("csm-one", RecordCall(REF, "Spoke with them"))
    assert standing(incident).first is First.BUSINESS


@pytest.mark.parametrize(("category", "expected"), [
    (Category.PORTAL_ACCESS, First.ACCESS),
    (Category.DEAL_REGISTRATION, First.DEAL),
    (Category.MARKETING_ASSETS, First.NO),
])  # fmt: skip
def test_critical_access_and_deals_are_blocked_completely(
    category: Category, expected: First
) -> None:
    assert standing(opened(category=category, severity=Severity.CRITICAL)).first is expected
    assert standing(opened(category=category, severity=Severity.HIGH)).first is First.NO


def test_a_ticket_with_a_bridge_is_first_by_its_tier() -> None:
    found = standing(opened(impacts=frozenset({Impact.FUNDS_MOVED_WRONGLY})))
    assert (found.first, found.stage) == (First.TIER, "escalated")


def test_an_escalated_ticket_says_so_with_its_row_and_without_anybodys_words() -> None:
    incident = opened().by("csm-one", Escalate(REF, "Their board meets on Friday."))
    said = list(reasons(standing(incident), incident.now))
    assert "Escalated, nobody leads it: asked for by a colleague" in said
    incident.by("cs-manager-one", TakeEscalation(REF))
    assert "Escalated, asked for by a colleague" in reasons(standing(incident), incident.now)
