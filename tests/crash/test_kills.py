"""SIGKILL at every point of a commit and at random instants: nothing lost, nothing done twice.

A failure names its plan; ``BRIDGEWATCH_KILLS=before:16,before:17`` plays that one incident again;
``before:points`` one that is killed before every commit with a point that was not met yet.

Proves: F01, F02.
"""

from __future__ import annotations

import os
import random
import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, nullcontext
from inspect import getsource
from pathlib import Path

import pytest

from store.db import Database
from store.read import deliveries, tickets
from tests.conftest import Fresh
from tests.crash.lanes import Kill, Lanes, Tally, kill_of
from tests.crash.points import passed, writers
from tests.kit import incident

pytestmark = [pytest.mark.crash, pytest.mark.slow, pytest.mark.xdist_group("lanes")]

AGAIN = "BRIDGEWATCH_KILLS"
JOURNEY_COMMITS = 60
LAST_COMMIT = 80
SEED = 20_261_122
LIFE_S = 0.4
ELSEWHERE = {
    "lifeline.Lifeline.look": "while Slack is down: tests/faults/test_slack_down.py",
    "lifeline.Lifeline._give_up": "with a revoked token: one row a transaction, read again",
    "taking_up.take_up": "at a start with tickets of an earlier release; it posts, and once only",
    "outbox.retry": "a person's one statement on the command line; nothing follows from it",
    "presence.Presence._leave": "at an end in order: whoever is killed is gone after a minute",
    "accounts._applied": "a person's one statement on the command line, all of it or nothing",
    "records._applied": "a person's one statement on the command line, all of it or nothing",
    "format.show": "it reads; on SQLite its clock may write an anchor, of which nothing follows",
    "format.raise_it": "a person's one statement on the command line; nothing follows from it",
    "missing.MissingPeople._tell": "what is told, and that it was, are one commit",
    "forgetting.Forgetting._of": "of long ago; a batch that was not taken is taken the next time",
    "forgetting.Forgetting._marks": "of long ago; what was not taken is taken the next time",
    "relisting.Relisting._mend": "what an older process left; what was not mended is found again",
    "rebuild.rebuild": "a person's one statement on the command line; done again, it does the same",
    "forgetting.Forgetting._seen": "of long ago; a batch that was not taken is taken the next time",
    "anchoring.Anchoring.look": "once a day; what it notes twice it writes once",
    "settlement.Settlement._report_all": "met by chance: when deliveries of a ticket end together",
}
"""Writers that no incident need meet, and why."""


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


def every_commit() -> list[list[Kill]]:
    """Return incidents whose lives end at every commit, by its number."""
    return [plan for point in ("before", "after") for plan in ladder(point)]


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


@pytest.fixture(scope="module")
def lanes() -> Iterator[Lanes]:
    with ExitStack() as stack:
        yield Lanes(stack)


def suffered(lanes: Lanes, plans: Sequence[Sequence[Kill]], fresh: Fresh, folder: Path) -> Tally:
    tally = lanes.suffer_all(replayed() or plans, fresh, folder)
    print(told(tally))  # noqa: T201 - seen with -s or on failure
    return tally


def asked_for() -> set[str]:
    """Return what people ask for in an incident, as points."""
    return {f"asks {name}" for name in re.findall(r"cmd\.(\w+)\(", getsource(incident))}


def happened(url: str) -> set[str]:
    """Return the points that a finished incident went through, as its database tells."""
    database = Database(url)
    with database.read() as conn:
        reference = tickets.recent(conn, limit=1)[0].reference
        done = [row for row in deliveries.of_ticket(conn, reference) if row.state == "done"]
        found = passed(conn, reference)
    database.dispose()
    found |= {f"claims {row.method}" for row in done}
    return found | {f"{'taken' if row.reports else 'records'} {row.method}" for row in done}


@pytest.mark.parametrize("point", ["before", "after"])
def test_an_incident_killed_at_every_point_of_a_commit_ends_as_if_nothing_had_happened(
    lanes: Lanes, database_url: str, tmp_path: Path, point: str
) -> None:
    plan = [Kill(point, is_choosy=True)]
    tally = suffered(lanes, [plan], lambda: nullcontext(database_url), tmp_path)
    assert tally.violations == [], told(tally)
    met = {where.removeprefix(f"{point} ") for where in tally.where}
    killed = {name.partition(" ")[0] for name in met}
    assert killed <= writers()
    assert writers() - killed - set(ELSEWHERE) == set(), told(tally)
    details = {name.partition(" ")[2] for name in met}
    assert (asked_for() | happened(database_url)) - details == set(), told(tally)


def test_every_writer_that_is_killed_elsewhere_is_one() -> None:
    assert set(ELSEWHERE) <= writers()


def test_an_incident_killed_at_random_instants_ends_as_if_nothing_had_happened(
    lanes: Lanes, fresh_database: Fresh, tmp_path: Path
) -> None:
    plans = random_instants(SEED, incidents=4, lives=6)
    tally = suffered(lanes, plans, fresh_database, tmp_path)
    assert tally.violations == [], f"seed {SEED}\n{told(tally)}"
    assert replayed() or tally.kills >= 15, told(tally)


@pytest.mark.full
def test_a_thousand_kills_lose_and_double_nothing(
    lanes: Lanes, fresh_database: Fresh, tmp_path: Path
) -> None:
    plans = [*every_commit(), *random_instants(SEED + 1, 230, 4)]
    tally = suffered(lanes, plans, fresh_database, tmp_path)
    assert tally.violations == [], f"seed {SEED + 1}\n{told(tally)}"
    assert replayed() or tally.kills >= 1_000, told(tally)
