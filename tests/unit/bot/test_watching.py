"""The form that opened a ticket waits for what is on its way, and for nothing that was refused."""

from __future__ import annotations

from bot.desk.watching import Watched
from protocols.deliveries.events import BuryDelivery
from tests.kit.rules_incident import REF, Incident

T0 = ("ack", "bridge", "brief/sponsor-one", "vendor")


def refused(incident: Incident, *keys: str) -> Incident:
    """Have some of what leaves at T+0 be refused for good."""
    for key in keys:
        incident._apply(BuryDelivery(REF, f"{REF}/{key}", "invalid_blocks"), incident.ctx)
    return incident


def test_a_form_is_rewritten_once_all_that_was_to_come_is_refused() -> None:
    watched = Watched()
    watched.add(REF, "V1")
    incident = refused(Incident.open(), *T0[1:])
    assert watched.take(incident.ticket) is None
    assert watched.take(refused(incident, "ack").ticket) == "V1"
    assert watched.take(incident.ticket) is None
