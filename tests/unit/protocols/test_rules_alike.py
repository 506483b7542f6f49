"""Two rules that are breached at one instant are one clock, named as the policy lists them. D8."""

from __future__ import annotations

from dataclasses import replace

from protocols.clock.state import PassedPoints
from protocols.policy.rules import SpecialRule
from protocols.scales import Severity
from protocols.subjects import dues
from protocols.targets.clocks import RunningTarget, running
from protocols.targets.events import Acknowledge, TargetPoint
from protocols.time.targets import Measure
from templates.clock.facts import due_next
from templates.kit.scene import Scene
from tests.kit.rules_incident import REF, Incident, policy
from tests.unit.presenters.walking import LINKS

LOW = policy().severities[Severity.LOW]
NONE: frozenset[str] = frozenset()
SAME = SpecialRule("Ours", frozenset(), frozenset(), frozenset(), NONE, None, LOW.resolve, "A1")


def alike() -> Incident:
    """Return a ticket with two rules that say the same, of which the later is spelled first."""
    incident = Incident.open(severity=Severity.LOW, impacts=frozenset(), signal=None)
    tied = replace(
        policy(),
        special_targets=(SAME,),
        tier1=replace(policy().tier1, resolve=LOW.resolve.target),
        categories={
            key: replace(rule, resolve=LOW.resolve) for key, rule in policy().categories.items()
        },
    )
    incident.ctx = replace(incident.ctx, policy=tied)
    return incident.at("14:30").by("csm-one", Acknowledge(REF))


def resolving(incident: Incident) -> list[RunningTarget]:
    found = running(incident.ticket, incident.ctx.policy, incident.ctx.calendar)
    return [each for each in found if each.measure is Measure.RESOLVE]


def test_the_rule_that_the_policy_lists_first_is_named_by_the_clocks_and_by_why() -> None:
    incident = alike()
    binds = due_next(Scene(incident.ticket, incident.ctx, LINKS, {}))
    assert binds is not None
    assert binds.whose == "Severity Low"
    assert resolving(incident)[0].target == binds


def test_what_one_of_them_has_said_the_other_does_not_say_again() -> None:
    incident = alike()
    [other] = [each for each in resolving(incident) if each.target.source == "A1"]
    said = PassedPoints(incident.ticket.of(PassedPoints).passed | {other.key("75")})
    ticket = incident.ticket.having(said)
    points = dues(ticket, incident.ctx.policy, incident.ctx.calendar)
    marks = [each.mark for each in points if isinstance(each, TargetPoint)]
    assert "75" not in marks
    assert "90" in marks
