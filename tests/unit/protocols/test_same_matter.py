"""The same matter for the third time: who looks after the account hears of it, inside. D45."""

from __future__ import annotations

from datetime import timedelta

from protocols.escalation.events import AlikeBefore, Escalated, SameMatter
from protocols.kernel.effects import Dm
from protocols.scales import Category
from tests.kit.rules_incident import Incident, instant, who

HELP, ASSETS = Category.TRAINING_CERTIFICATION, Category.MARKETING_ASSETS


def opened(*before: tuple[str, Category, int]) -> Incident:
    """Return a ticket of an account that had others before it: reference, category, days ago."""
    now = instant("14:02")
    known = tuple((ref, kind, now - timedelta(days=days)) for ref, kind, days in before)
    return Incident.open(
        impacts=frozenset(), signal=None, category=HELP, beside={AlikeBefore: AlikeBefore(known)}
    )


def test_the_third_of_one_matter_is_told_to_the_accounts_own_csm_and_escalates_nothing() -> None:
    incident = opened(("BW-9", HELP, 3), ("BW-8", ASSETS, 4), ("BW-7", HELP, 29))
    (event,) = incident.events(SameMatter)
    assert event.before == ("BW-9", "BW-7")
    assert [effect.to for effect in incident.told("same_matter")] == [Dm(who("csm-one"))]
    assert incident.events(Escalated) == []


def test_the_second_the_fourth_and_what_is_older_are_not() -> None:
    assert opened(("BW-9", HELP, 3)).events(SameMatter) == []
    assert opened(("BW-9", HELP, 3), ("BW-8", HELP, 31)).events(SameMatter) == []
    four = (("BW-9", HELP, 3), ("BW-8", HELP, 4), ("BW-7", HELP, 5))
    assert opened(*four).events(SameMatter) == []
