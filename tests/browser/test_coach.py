"""Whoever does what the coach says, and nothing else, comes to the customer's own yes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from drill.play.scenarios import scenarios
from tests.browser.follower import Follower
from tests.browser.running import running_drill

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def follower(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Follower]:
    """Give a viewer of one drill; each scenario makes a new world of its own."""
    with running_drill(tmp_path_factory.mktemp("coach")) as url:
        yield Follower(url)


@pytest.mark.parametrize("key", scenarios())
def test_the_coach_leads_to_the_customers_yes(follower: Follower, key: str) -> None:
    seen = follower.play(key)
    assert "confirmed" in seen["play"]["marks"]
    assert seen["play"]["colleagues_failed"] == []
    score = follower.ask("/drill/play/score")
    assert (score["inside"], score["past_review"]) == ([], [])
    assert score["first_update_min"] is not None
    assert score["late"] == []
    _colleagues_have_talked(seen, key)


def _colleagues_have_talked(seen: dict[str, object], key: str) -> None:
    said = str(seen)
    lines = [one for one in scenarios()[key].lines if one.where == "bridge"]
    assert len(lines) >= 3
    assert sum(line.almost is not None for line in lines) == 1
    assert [one.text for one in lines if one.text not in said.replace('\\"', '"')] == []
