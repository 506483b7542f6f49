"""A rule as its account reads it: no tier of ours, and a range as it is published. D4, D30."""

from __future__ import annotations

import pytest

from protocols.scales import Category, Impact, Severity
from protocols.targets.events import SendClock
from templates.kit.presenting import facts_of
from tests.kit.rules_incident import REF, Incident, instant
from tests.unit.presenters.walking import LINKS


def reads(incident: Incident, template: str) -> dict[str, object]:
    """Return the facts of a message of which the account reads every word."""
    told = incident.told(template)[-1]
    return facts_of(template, told.params, incident.ticket, incident.ctx, LINKS)


def opened(severity: Severity, *impacts: Impact, category: Category) -> Incident:
    found = frozenset(impacts)
    return Incident.open(impacts=found, signal=None, severity=severity, category=category)


@pytest.mark.parametrize("impacts", [(), (Impact.PAYMENTS_BLOCKED,)], ids=["tier 1", "tier 2"])
@pytest.mark.parametrize("severity", Severity)
def test_a_receipt_names_no_tier(severity: Severity, impacts: tuple[Impact, ...]) -> None:
    incident = opened(severity, *impacts, category=Category.TECHNICAL_PRODUCT)
    said = str(reads(incident, "ack_customer_routine")["reply_rule"])
    assert "Tier" not in said
    assert "within " in said


def test_a_receipt_names_a_severity_as_before() -> None:
    incident = opened(Severity.HIGH, category=Category.TECHNICAL_PRODUCT)
    said = str(reads(incident, "ack_customer_routine")["reply_rule"])
    assert said == "Severity High: within 4 weekday hours"


def test_how_its_time_counts_names_no_tier() -> None:
    incident = opened(Severity.LOW, category=Category.COMMISSION_PAYMENT)
    said = reads(incident.by("csm-one", SendClock(REF)), "why_told")
    assert (str(said["whose"]), str(said["figure"])) == ("", "2 business days")


def test_how_its_time_counts_says_a_range_as_it_is_published() -> None:
    incident = opened(Severity.LOW, category=Category.TECHNICAL_PRODUCT)
    said = reads(incident.by("csm-one", SendClock(REF)), "why_told")
    assert str(said["figure"]) == "24 to 48 weekday hours"
    assert str(said["whose"]) == "Technical and Product"
    assert (said["due_at"], said["latest_at"]) == (instant("14:02", 24), instant("14:02", 25))


def test_how_its_time_counts_says_one_time_where_there_is_one() -> None:
    incident = opened(Severity.HIGH, category=Category.TECHNICAL_PRODUCT)
    said = reads(incident.by("csm-one", SendClock(REF)), "why_told")
    assert (said["due_at"], said["latest_at"]) == (instant("14:02", 24), None)
