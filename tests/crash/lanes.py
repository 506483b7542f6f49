"""Lanes of killing: a local Slack, a nursery and a row of databases each, side by side."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from queue import SimpleQueue

from store.db import Database
from tests.crash.nursery import SEPARATOR, Death, Life
from tests.kit import history
from tests.kit.forked import Fork
from tests.kit.report import Report
from tests.kit.slack_process import SlackProcess, slack_process

MOST_LIVES = 120
CHOOSY = "points"
LANES = 3
Fresh = Callable[[], AbstractContextManager[str]]
WANTED = ("Report", "Nudge", "heard", "nudge", "reactions.add", "chat.postMessage", "chat.update")
"""Pieces of the points at which hearing a report commits: all else an incident shows."""
END_LIMIT_S = 30.0


@dataclass(frozen=True, slots=True)
class Kill:
    """Where one life ends: at the number-th commit, of all or of one writer, or after a time.

    One that is choosy ends many lives: at every point of a commit that none ended at before; with
    ``only`` at those that have one of these words in their name.
    """

    point: str = ""
    number: int = 0
    writer: str = ""
    after_s: float = 0.0
    is_choosy: bool = False
    only: tuple[str, ...] = ()

    def __str__(self) -> str:
        if self.is_choosy:
            return f"{self.point}:{CHOOSY}"
        if not self.point:
            return f"time:{self.after_s:.3f}"
        return f"{self.point}:{self.number}{':' if self.writer else ''}{self.writer}"


def kill_of(text: str) -> Kill:
    """Return the kill that its text names."""
    point, number, writer = (*text.split(":"), "")[:3]
    if number == CHOOSY:
        return Kill(point, is_choosy=True)
    return Kill(after_s=float(number)) if point == "time" else Kill(point, int(number), writer)


@dataclass
class Tally:
    """What a suite of kills came to."""

    kills: int = 0
    commits_most: int = 0
    took_most_s: float = 0.0
    where: Counter[str] = field(default_factory=Counter)
    violations: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Take another tally in."""
        self.kills += other.kills
        self.commits_most = max(self.commits_most, other.commits_most)
        self.took_most_s = max(self.took_most_s, other.took_most_s)
        self.where.update(other.where)
        self.violations += other.violations


class Nursery:
    """The warmed parent, in a process of its own."""

    def __init__(self, process: Fork) -> None:
        self._process = process

    def run(self, life: Life) -> Death:
        """Have one life lived; return how it ended."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(life.line() + "\n")
        self._process.stdin.flush()
        return Death(**json.loads(self._process.stdout.readline()))


@contextmanager
def nursery() -> Iterator[Nursery]:
    """Run a nursery as long as the context lasts."""
    process = Fork("tests.crash.nursery", piped=True)
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        if process.stdout.readline() != "ready\n":
            raise RuntimeError("The nursery did not start.")
        yield Nursery(process)
    finally:
        process.stdin.close()
        process.wait(END_LIMIT_S)
        process.stdout.close()


@dataclass
class Lane:
    """One incident after the other, each on a database of its own."""

    slack: SlackProcess
    nursery: Nursery

    def suffer(
        self,
        url: str,
        kills: Sequence[Kill],
        log: Path,
        report: Report | None = None,
        *,
        is_of_problem: bool = False,
    ) -> Tally:
        """Play an incident, killed as planned and started again until it is over; then check."""
        tally = Tally()
        life = Life(self.slack.addresses, url, str(log), is_of_problem=is_of_problem)
        self.slack.reset()
        if report is not None:
            heard = report(self.slack)
            life = replace(
                life,
                events=heard.events,
                answer=heard.answer,
                directory=str(heard.directory),
                only=WANTED,
            )
        for kill in _lives(kills):
            spared = {where.partition(" ")[2] for where in tally.where}
            death = self.nursery.run(_with(life, kill, spared))
            tally.commits_most = max(tally.commits_most, death.commits)
            tally.took_most_s = max(tally.took_most_s, death.took_s)
            if death.how == "done":
                break
            if death.how != "killed":
                told = f"{death.how} after {death.took_s:.1f} s and {death.commits} commits"
                tally.violations.append(f"{told}: {_tail(log)}")
                return tally
            tally.kills += 1
            tally.where.update(filter(None, death.where.split(SEPARATOR)))
        tally.violations += self._violations(url)
        tally.violations += _errors(log)
        return tally

    def _violations(self, url: str) -> list[str]:
        database = Database(url)
        try:
            return history.violations(database, self.slack)
        finally:
            database.dispose()


def _lives(kills: Sequence[Kill]) -> list[Kill | None]:
    """Return how each life of an incident ends; a choosy kill is there for as many as it takes."""
    planned = [kill for kill in kills for _ in range(MOST_LIVES if kill.is_choosy else 1)]
    return [*planned, *[None] * MOST_LIVES]


def _with(life: Life, kill: Kill | None, spared: Collection[str]) -> Life:
    if kill is None:
        return life
    planned = {**asdict(kill), "only": kill.only or life.only}
    return replace(life, **planned, spared=frozenset(spared))


def _tail(log: Path) -> str:
    return log.read_text(errors="replace")[-20_000:] if log.exists() else ""


def _errors(log: Path) -> list[str]:
    lines = log.read_text(errors="replace").splitlines() if log.exists() else []
    return [f"logged: {line}" for line in lines if line.startswith("ERROR:")]


class Lanes:
    """As many lanes as there is work for at once; each is made once, and serves every test."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self._free: SimpleQueue[Lane] = SimpleQueue()
        self._made = 0

    def suffer_all(
        self,
        plans: Sequence[Sequence[Kill]],
        fresh: Fresh,
        folder: Path,
        *,
        is_of_problem: bool = False,
    ) -> Tally:
        """Play every plan as an incident of its own, several side by side.

        Args:
            plans: For each incident, where its lives end.
            fresh: Gives a database for one incident.
            folder: Where logs go.
            is_of_problem: Whether it is a problem of several tickets instead.
        """
        self._make(min(LANES, len(plans)))
        total = Tally()

        def play(number: int, plan: Sequence[Kill]) -> None:
            lane = self._free.get()
            try:
                with fresh() as url:
                    log = folder / f"incident-{number}.log"
                    found = lane.suffer(url, plan, log, is_of_problem=is_of_problem)
            finally:
                self._free.put(lane)
            spelled = ",".join(str(kill) for kill in plan)
            found.violations = [f"[{spelled}] {each}" for each in found.violations]
            total.add(found)

        with ThreadPoolExecutor(LANES) as pool:
            work = [pool.submit(play, n, plan) for n, plan in enumerate(plans)]
            for each in work:
                each.result()
        return total

    def take(self) -> Lane:
        """Return a lane that is free; give it back."""
        self._make(1)
        return self._free.get()

    def give_back(self, lane: Lane) -> None:
        """Let others have a lane."""
        self._free.put(lane)

    def _make(self, count: int) -> None:
        for _ in range(count - self._made):
            slack = self._stack.enter_context(slack_process())
            self._free.put(Lane(slack, self._stack.enter_context(nursery())))
            self._made += 1
