"""Every open ticket has an owner or a queue, and an instant to come. Source: S65."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from protocols.kernel.refusals import Refusal
from protocols.scales import Impact, Severity
from protocols.targets.clocks import running
from protocols.targets.dues import clocks_speak
from protocols.targets.events import Acknowledge, StartTriage, TargetBreached, TargetNeared
from protocols.targets.people import have_it
from protocols.targets.state import TargetWatch
from protocols.ticket import Ticket
from tests.kit.chance import histories
from tests.kit.rules_incident import REF, Incident
from tests.property.test_incident_properties import SOME, states

BOXES = (frozenset[Impact](), frozenset({Impact.PAYMENTS_BLOCKED}))


@st.composite
def low_tiers(draw: st.DrawFn) -> Incident:
    """Return a ticket of Tier 1 or 2 of which days pass, with a press or none."""
    incident = Incident.open(
        impacts=draw(st.sampled_from(BOXES)),
        signal=None,
        severity=draw(st.sampled_from(list(Severity))),
    )
    for _ in range(draw(st.integers(0, 4))):
        incident.until(incident.now + timedelta(minutes=draw(st.integers(1, 5000))))
        command = draw(st.sampled_from((Acknowledge(REF), StartTriage(REF))))
        try:
            incident.by(draw(st.sampled_from(("csm-one", "csm-two", "engineer-one"))), command)
        except Refusal:
            continue
    return incident.until(incident.now + timedelta(days=draw(st.integers(0, 20))))


def is_looked_after(incident: Incident, ticket: Ticket) -> bool:
    return bool(tuple(clocks_speak(ticket, incident.ctx.policy, incident.ctx.calendar)))


@SOME
@given(histories())
def test_every_open_ticket_of_any_tier_has_a_due_point_to_come(incident: Incident) -> None:
    for ticket in states(incident):
        assert not ticket.is_live or is_looked_after(incident, ticket)


@SOME
@given(low_tiers())
def test_a_low_tier_has_somebody_and_a_due_point_that_lies_ahead(incident: Incident) -> None:
    assert have_it(incident.ticket, incident.ctx)
    assert incident.dues()
    assert incident.dues()[0].at > incident.now - timedelta(seconds=1)


@SOME
@given(low_tiers())
def test_a_clock_warns_once_a_threshold_and_is_breached_once(incident: Incident) -> None:
    for event in incident.events(TargetBreached):
        assert event.told
    said = [(event.measure, event.mark, event.breach_at) for event in incident.events(TargetNeared)]
    assert len(said) == len(set(said))
    passed = [(event.measure, event.breach_at) for event in incident.events(TargetBreached)]
    assert len(passed) == len(set(passed))


@SOME
@given(low_tiers())
def test_what_was_acknowledged_never_waits_for_a_reply_again(incident: Incident) -> None:
    acted = incident.ticket.of(TargetWatch).acknowledged_at is not None
    clocks = running(incident.ticket, incident.ctx.policy, incident.ctx.calendar)
    waits = {clock.measure.name for clock in clocks}
    assert not (acted and waits & {"REPLY", "ACKNOWLEDGE"})
