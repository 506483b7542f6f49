"""A hold never goes silent: while it is in force, those who may clear it are asked. D17, D41."""

from __future__ import annotations

import pytest

from protocols.clock.events import FallDue
from protocols.holds.events import ClearHold, HoldKind, HoldStands, PlaceHold
from protocols.holds.refusals import HasPassed
from protocols.holds.state import Holds
from protocols.kernel.due_point import DuePoint
from protocols.people.people import ENGINE
from tests.kit.rules_incident import REF, Incident, instant


def looks(incident: Incident) -> list[DuePoint]:
    return [point for point in incident.dues() if point.kind == "hold_look"]


def placed(kind: HoldKind = HoldKind.DISCLOSURE, until: str = "18:00") -> Incident:
    incident = Incident.open().staffed()
    return incident.by("csm-one", PlaceHold(REF, kind, "a letter came", instant(until)))


@pytest.mark.parametrize("kind", HoldKind)
def test_every_hold_in_force_has_a_time_at_which_it_is_asked_about(kind: HoldKind) -> None:
    incident = Incident.open().staffed().by("csm-one", PlaceHold(REF, kind, "a letter came"))
    (point,) = looks(incident)
    assert point.at > incident.now


def test_at_its_time_those_who_may_clear_it_are_asked_and_it_comes_back() -> None:
    incident = placed()
    (point,) = looks(incident)
    assert point.at == instant("18:00")
    incident.at("18:00").by(ENGINE, FallDue(REF, point))
    asked = [effect for effect in incident.last_effects if effect.template == "hold_still"]
    assert {effect.params["person"] for effect in asked} >= {"legal-one", "csm-one"}
    (again,) = looks(incident)
    assert again.at > instant("18:00")
    assert len(incident.events(HoldStands)) == 1


def test_once_it_is_cleared_nothing_is_asked_any_more() -> None:
    incident = placed().by("legal-one", ClearHold(REF, 1, "they took it back"))
    assert not incident.ticket.of(Holds).holds_in_force(HoldKind.DISCLOSURE)
    assert looks(incident) == []


def test_a_hold_is_not_looked_at_before_it_is_placed() -> None:
    incident = Incident.open().staffed().at("18:30")
    place = PlaceHold(REF, HoldKind.DISCLOSURE, "a letter came", instant("18:00"))
    assert isinstance(incident.refused("csm-one", place), HasPassed)
