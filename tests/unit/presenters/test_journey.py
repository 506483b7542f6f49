"""The surfaces of the sample incident, as files to be read: ``GOLDEN_WRITE=1`` writes them anew."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from templates.fixed_texts.facts import say_facts
from templates.kit import render
from templates.ticket.certificate import certificate_facts
from templates.timeline.facts import timeline_facts
from tests.unit.presenters import journey
from tests.unit.presenters.walking import LINKS, ROOT, Walk, at
from tests.unit.templates import prose

GOLDEN = Path(ROOT) / "tests" / "golden" / "journey"


def _compare(name: str, made: render.Message) -> None:
    shown, path = prose.message(made.text, made.blocks), GOLDEN / f"{name}.prose"
    if os.environ.get("GOLDEN_WRITE"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(shown, encoding="utf-8")
    assert path.is_file(), "no one has read this text: GOLDEN_WRITE=1 writes it"
    assert shown == path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "reach"),
    [
        ("card_t0", journey.opened),
        ("card_t20", journey.twenty_minutes_in),
        ("card_t61", journey.first_update_late),
        ("card_tier4", journey.raised),
        ("card_resolved", journey.resolved),
    ],
)
def test_the_card_reads_as_it_was_read(name: str, reach: Callable[[], Walk]) -> None:
    _compare(name, reach().card())


def test_an_hour_of_the_card_has_its_day_where_it_is_another_for_somebody_here() -> None:
    walk = journey.twenty_minutes_in()
    walk.ctx = replace(walk.ctx, zones={"csm-one": "Asia/Tokyo"})  # midnight is at 15:00 UTC
    said = str(walk.card().blocks)
    assert "^{date_short_pretty} {time}|23 Nov 2026 15:02 UTC>" in said
    assert "^{time}|23 Nov 2026 14:" in said
    assert "without a day, of <!date^" in said


def test_the_certificate_reads_as_it_was_read() -> None:
    walk = journey.resolved()
    walk.run_until(at("17:02"))
    assert walk.ticket is not None
    facts = certificate_facts(walk.ticket, walk.history, walk.ctx, LINKS, intact=True)
    _compare("certificate", render.message("certificate", facts))


def test_the_decisions_of_the_timeline_read_as_they_were_read() -> None:
    walk = journey.resolved()
    assert walk.ticket is not None
    facts = timeline_facts(walk.ticket, walk.history, 1, True, walk.ctx, LINKS)
    _compare("decisions", render.message("timeline", facts))


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("acknowledgment", "BW-1001/ack"),
        ("update_1", "BW-1001/text/1"),
        ("brief", "BW-1001/brief/sponsor-one"),
        ("opened", "BW-1001/opened"),
    ],
)
def test_the_words_of_the_journey_read_as_they_were_read(name: str, key: str) -> None:
    made = journey.resolved().said[key]
    assert isinstance(made, render.Message)
    _compare(name, made)


def _may_be_said(walk: Walk) -> str:
    assert walk.ticket is not None
    facts = say_facts(walk.ticket, walk.ctx, LINKS)
    return str(render.message("what_can_i_say", facts).blocks)


def test_once_it_is_resolved_what_was_told_may_be_said_and_no_time_is_promised() -> None:
    words = _may_be_said(journey.resolved())
    assert "The second copies were returned to your account." in words
    assert "Is it solved for you?" in words
    assert "Your next update comes by" not in words
    assert "preparing requests" not in words


def test_until_the_resolution_is_released_none_of_its_words_may_be_said() -> None:
    words = _may_be_said(journey.resolved(told=False))
    assert "returned to your account" not in words
    assert "Is it solved" not in words
    assert "Your next update comes by" in words
