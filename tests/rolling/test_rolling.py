"""A rolling deploy: two releases on one database; nothing lost, nothing twice, nobody harmed.

The older release is the commit that settled the first stored form; the newer one is this tree.

Proves: F26.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from protocols.status import Status
from tests.contract.newer.hand import NewerHand
from tests.kit.bot import ROOT
from tests.rolling.two import Two

pytestmark = [pytest.mark.slow, pytest.mark.crash, pytest.mark.full, pytest.mark.postgres]
STAGES = 12
FIRST = {"acme": 0, "elm": 1}
"""Whose turn the first stage of each account's incident is: so each stage is done by both."""


def play(two: Two, stages: range, opened: dict[str, str]) -> None:
    """Run stages of both incidents, each by the other release than the stage before."""
    for number in stages:
        for account, first in FIRST.items():
            release = two.turn(number + first)
            opened[account] = two.stage(number, release, account, opened.get(account, ""))


def test_each_release_runs_its_own_code(two: Two, older_tree: Path) -> None:
    homes = [release.does(do="home") for release in (two.older, two.newer)]
    assert homes == [str(older_tree), str(ROOT)]


def test_incidents_are_carried_out_by_both_releases_in_turn(two: Two) -> None:
    opened: dict[str, str] = {}
    play(two, range(STAGES), opened)
    assert two.wrongs(two.older, two.newer) == []


def test_the_newer_release_alone_goes_on_to_the_end(two: Two) -> None:
    opened: dict[str, str] = {}
    play(two, range(STAGES), opened)
    two.older.close()
    for account, reference in opened.items():
        two.newer.does(do="close", account=account, reference=reference)
        assert two.bot.ticket(reference).status is Status.CLOSED
    assert two.wrongs(two.newer) == []


def test_what_the_newer_release_began_the_older_one_alone_leaves_as_it_stands(two: Two) -> None:
    opened: dict[str, str] = {}
    play(two, range(6), opened)
    two.settles()
    two.newer.close()
    for account, reference in opened.items():
        before = NewerHand(two.bot.database, reference).state()
        _, why = two.older.tries(do="stage", stage=6, account=account, reference=reference)
        assert why
        assert NewerHand(two.bot.database, reference).state() == before
    assert two.older.alarms() == []


def crowd(two: Two) -> None:
    """Have both open tickets at once, faster than Slack takes what they say."""
    two.slack.latency(40)
    for release in (two.older, two.newer):
        release.ask(do="many", count=4, name=release.name)
    for release in (two.older, two.newer):
        release.answer()


def test_an_older_release_killed_under_load_leaves_its_work_to_the_newer_one(two: Two) -> None:
    crowd(two)
    two.older.kill()
    assert two.wrongs(two.newer) == []


def test_a_newer_release_killed_under_load_leaves_its_work_to_the_next_that_is_started(
    two: Two,
) -> None:
    crowd(two)
    two.newer.kill()
    two.starts_newer()
    assert two.wrongs(two.newer) == []


@pytest.mark.parametrize("what", ["field", "event", "due_point", "form"])
def test_what_only_the_newer_release_knows_the_older_one_leaves_to_it(two: Two, what: str) -> None:
    opened: dict[str, str] = {}
    play(two, range(3), opened)
    two.settles()
    reference = opened["acme"]
    hand = NewerHand(two.bot.database, reference)
    hand.touch(what)
    before = hand.state()
    _, why = two.older.tries(do="stage", stage=5, account="acme", reference=reference)
    assert why
    assert hand.state() == before
    two.takes(two.older)
    asked = two.slack.person("csm-one")
    asked.command("/bridge", "note seen in the file", channel="bw-1001-acme")
    two.slack.wait_for(lambda: any("being updated" in said.words for said in asked.ephemerals))
    assert two.slack.notices == []
    assert two.older.alarms() == []
