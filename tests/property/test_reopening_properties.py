"""However often one is opened again: what was met stays met, an owed analysis its date. D33."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from protocols.analysis.events import RcaDelivered
from protocols.closure.events import Reopen
from protocols.closure.state import Closure
from protocols.kernel.refusals import Refusal
from protocols.ladder.measures import answered_at
from protocols.routing.events import ChangeTicket
from protocols.scales import Severity, Tier
from protocols.tiers.events import ChangeTier
from tests.kit.rules_incident import REF, Incident, customer
from tests.unit.protocols.test_closure import NO, RCA, RESOLVE, YES, resolved

Act = Callable[[Incident], object]


@cache
def _told() -> Incident:
    return resolved()


def _lowered(incident: Incident) -> object:
    return incident.by("cs-manager-one", ChangeTier(REF, Tier.ELEVATED, "less")).agreed()


def _released(incident: Incident) -> object:
    return incident.by("engineering-lead-one", RESOLVE).release().delivered()


ACTS: dict[str, Act] = {
    "we open it": lambda one: one.by("csm-one", Reopen(REF, "seen again")),
    "they open it": lambda one: one.by(customer(), NO),
    "it is solved": lambda one: one.by(customer(), YES),
    "resolved": lambda one: one.by("csm-one", RESOLVE),
    "resolved and told": _released,
    "delivered": lambda one: one.by("csm-one", RCA),
    "less urgent": lambda one: one.by("csm-one", ChangeTicket(REF, severity=Severity.LOW)),
    "lowered": _lowered,
    "raised": lambda one: one.by("csm-one", ChangeTier(REF, Tier.SYSTEMIC, "more")),
    "a day": lambda one: one.until(one.now + timedelta(days=1)),
    "a week": lambda one: one.until(one.now + timedelta(days=7)),
}


def _owed_by(incident: Incident) -> datetime | None:
    """Return by when an analysis is owed that is not delivered."""
    found = incident.ticket.of(Closure).resolution
    return found.rca_due_at if found is not None and found.owes_analysis else None


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from(sorted(ACTS)), min_size=2, max_size=8))
def test_whatever_opens_it_again_what_was_met_and_what_is_owed_stay(acts: list[str]) -> None:
    incident = _told().copied()
    met, owed, began = answered_at(incident.ticket), _owed_by(incident), incident.ticket.opened_at
    assert owed is not None
    for name in acts:
        delivered = len(incident.events(RcaDelivered))
        try:
            ACTS[name](incident)
        except Refusal:
            continue
        assert answered_at(incident.ticket) == met, name
        assert incident.ticket.opened_at == began, "the time to resolve runs on"
        now = _owed_by(incident)
        if owed is not None and len(incident.events(RcaDelivered)) == delivered:
            assert now == owed, name
        if now is not None:
            assert any(point.key.startswith("rca:") for point in incident.dues()), name
            recorded = incident.copied().by("csm-one", RCA)
            assert len(recorded.events(RcaDelivered)) == delivered + 1
        owed = now
