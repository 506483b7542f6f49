"""Whoever presses only what the coach leads to comes to the customer's own yes."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from drill.play.scenarios import Scenario, scenarios
from tests.browser.led import Led

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WORDS_A_MINUTE = 200
MINUTES = 4


@pytest.mark.parametrize("key", scenarios())
def test_the_coach_leads_to_the_customers_yes(page: Page, key: str) -> None:
    viewer = Led(page)
    seen = viewer.play(scenarios()[key].name)
    assert "confirmed" in seen["play"]["marks"]
    assert seen["play"]["colleagues_failed"] == []
    score = viewer.ask("/drill/play/score")
    assert (score["inside"], score["past_review"]) == ([], [])
    assert score[scenarios()[key].score.figure] is not None
    assert score["late"] == []
    _colleagues_have_talked(seen, key)
    if scenarios()[key].first:
        assert _words(viewer.did, score, scenarios()[key]) <= WORDS_A_MINUTE * MINUTES


def _words(did: list[str], score: dict[str, Any], scenario: Scenario) -> int:
    """Return how many words somebody reads who reads all they are led to."""
    read = [*did, scenario.story, *(line.text for line in scenario.lines)]
    read += [line for one in score["read"] for line in one["words"]]
    read += [f"{one['words']} {one['why']}" for one in score["nearly"]]
    return sum(len(text.split()) for text in read)


def _colleagues_have_talked(seen: dict[str, object], key: str) -> None:
    said = str(seen)
    every, shared = scenarios()[key].lines, scenarios()[key].world.shared
    on_bridge = [one for one in every if one.where == "bridge"]
    lines = on_bridge or [one for one in every if one.where != shared]
    assert len(lines) >= 3
    assert sum(line.almost is not None for line in lines) == 1
    assert [one.text for one in lines if one.text not in said.replace('\\"', '"')] == []
