"""What the account of a ticket of Tier 1 or 2 reads as it is opened again is kept. D7, D33, D41."""

from __future__ import annotations

from datetime import datetime

import pytest

from protocols.closure.events import MarkOpenedInError, Reopen, Resolve
from protocols.deliveries.events import TakeDelivery
from protocols.fixed_texts.state import FixedTexts
from protocols.people.people import ENGINE
from protocols.promises.state import Promises
from protocols.status import Status
from protocols.targets.events import Acknowledge
from protocols.updates.state import Updates
from templates.kit.presenting import facts_of
from tests.kit.rules_incident import REF, Incident, instant
from tests.unit.presenters.walking import LINKS
from tests.unit.protocols.test_relations import LOW


def acknowledged(severity: object = LOW["severity"]) -> Incident:
    form = {**LOW, "reference": REF, "account_key": "acme", "severity": severity}
    incident = delivered(Incident.open(**form))
    return delivered(incident.at("14:30").by("csm-one", Acknowledge(REF)))


def delivered(incident: Incident) -> Incident:
    for key in [effect.key for effect in incident.effects if effect.reports]:
        incident.by(ENGINE, TakeDelivery(REF, key, incident.now, "C0ACME0001", "x", "1.5"))
    return incident


def reopened() -> Incident:
    incident = acknowledged().at("15:00")
    incident.by("csm-one", Resolve(REF, "The export was made anew.", "Open it."))
    return delivered(incident).at("16:00").by("csm-one", Reopen(REF, "found another gap"))


def test_the_time_in_the_notice_has_a_due_point_and_is_told_when_it_passes() -> None:
    incident = reopened()
    (told,) = [e for e in incident.last_effects if e.template == "reopened"]
    said = facts_of("reopened", told.params, incident.ticket, incident.ctx, LINKS)
    promise = incident.ticket.of(Promises).promise
    assert promise is not None
    assert said["contact_by_at"] == promise.at == instant("16:00", 24)
    due = {point.kind: point.at for point in incident.dues()}
    assert due["promise_due"] == promise.at


def test_what_was_met_before_stays_met() -> None:
    incident = acknowledged()
    before = [text.sent_at for text in incident.ticket.of(FixedTexts).fixed_texts]
    again: list[datetime] = [text.sent_at for text in reopened().ticket.of(FixedTexts).fixed_texts]
    assert again[: len(before)] == before


@pytest.mark.parametrize(
    ("kind", "template"),
    [("duplicate", "ended_duplicate"), ("not_a_problem", "ended_no_problem")],
)
def test_whoever_was_answered_on_tier_1_hears_how_a_mistake_ends(kind: str, template: str) -> None:
    incident = acknowledged().by("csm-one", MarkOpenedInError(REF, kind, "a test run", "BW-1000"))
    assert len(incident.told(template)) == 1
    assert incident.status() is Status.OPENED_IN_ERROR
    assert [point for point in delivered(incident).dues() if point.kind != "archive"] == []


def test_the_account_of_a_mistake_on_tier_1_is_told_to_disregard_it_under_release() -> None:
    incident = acknowledged().by("csm-one", MarkOpenedInError(REF, "wrong_account", "meant Birch"))
    assert not incident.told("disregard")
    (draft,) = incident.ticket.of(Updates).waiting_drafts()
    assert not draft.alone
