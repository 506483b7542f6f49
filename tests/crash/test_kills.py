"""SIGKILL at every commit and at random instants: nothing lost, nothing twice, nothing half made.

A failure names its plan; ``BRIDGEWATCH_KILLS=before:16,before:17`` plays that one incident again.
"""

from __future__ import annotations

import itertools
import os
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.conftest import Fresh
from tests.crash.lanes import Kill, Tally, kill_of, suffer_all

pytestmark = [pytest.mark.crash, pytest.mark.slow]

AGAIN = "BRIDGEWATCH_KILLS"
JOURNEY_COMMITS = 60
LAST_COMMIT = 80
SEED = 20_261_122
LIFE_S = 0.4
WRITERS = {
    "ledger": "saving.saved",
    "ticks": "ticker.Ticker._next",
    "claims": "courier.Courier._round",
    "reports": "settlement.Settlement._aloud",
}


def ladder(point: str, *, stride: int = 1) -> Iterator[list[Kill]]:
    """Yield incidents whose lives end at the first, second, third ... commit of theirs.

    As many lives share an incident as its commits allow, so that each incident is worth its time.
    """
    plan: list[Kill] = []
    used = 0
    for number in range(1, LAST_COMMIT + 1, stride):
        if plan and used + number > JOURNEY_COMMITS:
            yield plan
            plan, used = [], 0
        plan.append(Kill(point, number))
        # A life spends a few commits on starting, so it brings the incident on by fewer.
        used += max(number - 4, 1)
    yield plan


def each_writer(point: str) -> Iterator[list[Kill]]:
    """Yield incidents whose lives end at the first, second and third commit of one writer.

    The ladder counts all commits, so that it meets a writer who is rarely the n-th by chance alone.
    """
    for writer in WRITERS.values():
        yield [Kill(point, number, writer) for number in (1, 2, 3)]


def every_commit() -> list[list[Kill]]:
    """Return incidents whose lives end at every commit, and at those of every writer."""
    return [plan for point in ("before", "after") for plan in (*each_writer(point), *ladder(point))]


def random_instants(seed: int, incidents: int, lives: int) -> list[list[Kill]]:
    """Return incidents whose lives end at random instants."""
    chance = random.Random(seed)
    return [
        [Kill(after_s=round(chance.uniform(0.05, LIFE_S), 3)) for _ in range(lives)]
        for _ in range(incidents)
    ]


def replayed() -> list[list[Kill]]:
    """Return the one plan that the environment asks for, if any."""
    text = os.environ.get(AGAIN, "")
    return [[kill_of(part) for part in text.split(",")]] if text else []


def told(tally: Tally) -> str:
    """Say what a suite came to, and how to see a failure again."""
    longest = f"{tally.commits_most} commits or {tally.took_most_s:.1f} s"
    lines = [f"{tally.kills} kills, longest life {longest}"]
    lines += [f"  {where}: {count}" for where, count in sorted(tally.where.items())]
    lines += [f"{AGAIN}={tally.violations[0][1:].partition(']')[0]} plays the first failure again"
              ] if tally.violations else []  # fmt: skip
    return "\n".join(lines + tally.violations[:20])


def suffered(plans: Sequence[Sequence[Kill]], fresh: Fresh, folder: Path) -> Tally:
    tally = suffer_all(replayed() or plans, fresh, folder)
    print(told(tally))  # noqa: T201 - seen with -s or on failure
    return tally


def test_an_incident_killed_at_every_commit_ends_as_if_nothing_had_happened(
    fresh_database: Fresh, tmp_path: Path
) -> None:
    tally = suffered(every_commit(), fresh_database, tmp_path)
    assert tally.violations == [], told(tally)
    if not replayed():
        assert tally.kills >= 130, told(tally)
        killed_in = {where.partition(" ")[::2] for where in tally.where}
        missed = set(itertools.product(("before", "after"), WRITERS.values())) - killed_in
        assert missed == set(), told(tally)


def test_an_incident_killed_at_random_instants_ends_as_if_nothing_had_happened(
    fresh_database: Fresh, tmp_path: Path
) -> None:
    plans = random_instants(SEED, incidents=20, lives=4)
    tally = suffered(plans, fresh_database, tmp_path)
    assert tally.violations == [], f"seed {SEED}\n{told(tally)}"
    assert replayed() or tally.kills >= 60, told(tally)


@pytest.mark.full
def test_a_thousand_kills_lose_and_double_nothing(fresh_database: Fresh, tmp_path: Path) -> None:
    plans = [*every_commit(), *random_instants(SEED + 1, 230, 4)]
    tally = suffered(plans, fresh_database, tmp_path)
    assert tally.violations == [], f"seed {SEED + 1}\n{told(tally)}"
    assert replayed() or tally.kills >= 1_000, told(tally)
