"""Random histories hold: nothing unread reaches an account, nothing twice, every end ends.

What is known not to hold today stands in ``expected/``, each with a history that shows it; every
other finding fails with the history, as it reads, and how it is played again.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field

import pytest

from tests.histories import runner
from tests.histories.expected import CODES, EXPECTED, MENDED, Expected
from tests.histories.reach import Reach
from tests.histories.runner import Played
from tests.histories.seldom import NEVER, SELDOM

HISTORIES = int(os.environ.get("BRIDGEWATCH_HISTORIES", "60"))
"""How many a usual run plays; a full one plays as many as it takes to look everywhere."""
FULL = 2000
SHOWN_MOST = 3
KNOWN_MOST = 0
"""As many failures were known when the list was begun. It may only shrink."""

pytestmark = [pytest.mark.slow, pytest.mark.expects_errors]


@dataclass
class Lot:
    """Many histories: what was found in which, and all that they reached."""

    reach: Reach = field(default_factory=Reach)
    found: dict[int, Played] = field(default_factory=dict)

    def plays(self, seeds: range) -> None:
        """Play these seeds."""
        for seed in seeds:
            played = runner.by_seed(seed, look=self.reach.adds)
            if played.codes - CODES:
                self.found[seed] = played

    def check(self) -> None:
        """Fail with the histories in which something new was found."""
        told = [
            runner.report(seed, runner.STEPS, played)
            for seed, played in list(self.found.items())[:SHOWN_MOST]
        ]
        assert not told, "\n\n".join([f"{len(self.found)} histories do not hold.", *told])


@pytest.fixture(scope="module")
def lot() -> Lot:
    """Give the histories that every test of this file looks at."""
    played = Lot()
    played.plays(range(HISTORIES))
    return played


def test_whatever_anyone_does_only_what_was_released_leaves_once_and_every_end_ends(
    lot: Lot,
) -> None:
    lot.check()


def test_the_histories_reach_what_the_product_has(lot: Lot) -> None:
    missed = sorted(lot.reach.unreached() - SELDOM)
    assert not missed, "\n".join(missed)


def test_the_list_of_known_failures_only_shrinks() -> None:
    assert len(EXPECTED) <= KNOWN_MOST


@pytest.mark.parametrize("known", [pytest.param(each, id=each.name) for each in EXPECTED])
def test_a_known_failure_still_fails(known: Expected) -> None:
    played = runner.by_moves(known.moves)
    assert known.code in played.codes, (
        f"{known.sentence} It does not happen any more: move expected/{known.name}.json to "
        f"mended/. The history now reads:\n{played.transcript}\n{played.findings}"
    )


@pytest.mark.parametrize("mended", [pytest.param(each, id=each.name) for each in MENDED])
def test_a_mended_failure_stays_mended(mended: Expected) -> None:
    played = runner.by_moves(mended.moves)
    new = played.codes - CODES
    assert not new, f"{mended.sentence}\n{played.transcript}\n{played.findings}"


def test_the_same_seed_plays_the_same_history() -> None:
    first, second = runner.by_seed(3), runner.by_seed(3)
    assert first.moves == second.moves
    assert first.transcript == second.transcript


def test_the_moves_of_a_history_alone_play_it_again() -> None:
    by_chance = runner.by_seed(7)
    assert runner.by_moves(by_chance.moves).transcript == by_chance.transcript


@pytest.mark.full
def test_two_thousand_histories_hold_and_reach_everything() -> None:
    many = Lot()
    many.plays(range(10_000, 10_000 + FULL))
    many.check()
    assert sorted(many.reach.unreached() - NEVER) == []
