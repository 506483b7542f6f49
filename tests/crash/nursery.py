"""A warmed parent that forks bots and says how they ended: no thread, no connection of its own.

It reads one life a line from standard input and writes one death a line to standard output.
"""

from __future__ import annotations

import faulthandler
import itertools
import json
import logging
import mmap
import os
import signal
import struct
import sys
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib import import_module
from tempfile import TemporaryDirectory
from typing import Any

from bot.clock import MachineClock
from bot.courier.claims import CourierPace
from bot.engine import ledger
from bot.engine.facts import Facts
from bot.files.directory import load_directory
from bot.files.policy import load_policy
from handlers.kit.doors import checked
from handlers.slack.subjects import DOORS
from protocols.people.people import ENGINE
from protocols.words.answers import meaning
from store.db import CommitPoint, Database
from store.schema import migrate
from templates.kit import render
from tests.crash.points import points, whose
from tests.kit.bot import DIRECTORY, RunningBot
from tests.kit.incident import PlayedIncident
from tests.kit.related import PlayedProblem
from tests.kit.report import PlayedReport
from tests.kit.slack_process import SlackAddresses
from tests.kit.waiting import until

LIFE_LIMIT_S = 240.0
"""A life takes two seconds on an idle machine; this is for one that does not go on at all."""
STUCK_S = LIFE_LIMIT_S - 10.0
"""When a life that does not go on writes to its log where each of its threads stands."""
LATE_MODULES = ("apscheduler.triggers.date", "apscheduler.triggers.interval", "encodings.idna")
"""What the bot's libraries load on first use."""
FAILED = 3
ALONE_S = 5.0
SEPARATOR = "; "
PACE = CourierPace(
    workers=16,
    deadline_s=0.7,
    settling_s=0.3,
    watch_s=0.05,
    back_off_s=0.05,
    back_off_most_s=0.3,
)


@dataclass(frozen=True, slots=True)
class Life:
    """A bot that goes on with an incident.

    Attributes:
        slack: Where the local Slack is.
        url: The database.
        log: The file its warnings and its traceback go to.
        point: Kill it "before" or "after" a commit; empty for not.
        number: Which one, from 1.
        writer: Count this writer's commits only; empty for all.
        after_s: Kill it after this time instead; 0 for not.
        is_choosy: Kill it at its first commit with a point that is not spared, instead.
        spared: Points that were met by lives before it.
        accounts: Whose incidents it works on, one after the other.
        only: Words of the points that count for a choosy one; empty for every point.
        is_of_problem: Whether it works on a problem of several tickets instead.
        events: Those of a contact's messages, which it hears instead of an incident.
        answer: What one of us says of them where it is asked.
        directory: Who is who.
    """

    slack: SlackAddresses
    url: str
    log: str
    point: str = ""
    number: int = 0
    writer: str = ""
    after_s: float = 0.0
    is_choosy: bool = False
    spared: frozenset[str] = frozenset()
    accounts: tuple[str, ...] = ("acme",)
    only: tuple[str, ...] = ()
    is_of_problem: bool = False
    events: tuple[str, ...] = ()
    answer: str = ""
    directory: str = str(DIRECTORY)

    def line(self) -> str:
        """Return this life as one line."""
        return json.dumps(asdict(self), default=list)


def life_of(line: str) -> Life:
    """Return the life a line tells of."""
    said: dict[str, Any] = json.loads(line)
    said["slack"] = SlackAddresses(**said["slack"])
    said["accounts"] = tuple(said["accounts"])
    said["only"] = tuple(said["only"])
    said["events"] = tuple(said["events"])
    said["spared"] = frozenset(said["spared"])
    return Life(**said)


@dataclass(frozen=True, slots=True)
class Death:
    """How a life ended: killed, done or failed; after how many commits, at which points."""

    how: str
    commits: int
    where: str
    took_s: float


class Blackbox:
    """Memory shared with the child, which outlives it."""

    def __init__(self) -> None:
        self._memory = mmap.mmap(-1, 4096)

    def clear(self) -> None:
        """Forget."""
        self._memory[:12] = bytes(12)

    def write(self, commits: int, where: str) -> None:
        """Note how many commits there were, and what the last one is for."""
        text = where.encode()[:2000]
        self._memory[: 12 + len(text)] = struct.pack("<qi", commits, len(text)) + text

    def read(self) -> tuple[int, str]:
        """Return what was noted."""
        commits, length = struct.unpack("<qi", self._memory[:12])
        return commits, bytes(self._memory[12 : 12 + length]).decode()


def counted(found: frozenset[str], only: tuple[str, ...]) -> frozenset[str]:
    """Return the points that count."""
    return frozenset(each for each in found if not only or any(word in each for word in only))


def killer(life: Life, box: Blackbox) -> Callable[[CommitPoint], None]:
    """Return what ends this process at the chosen commit."""
    numbers = {"before": itertools.count(1), "after": itertools.count(1)}
    chosen = itertools.count(1)
    here = threading.local()
    # One commit at a time: none may be done, and die unseen with the one that is chosen.
    alone = threading.Semaphore()

    def is_new(point: CommitPoint) -> bool:
        if point == "before":
            here.points = counted(points() - life.spared, life.only)
            alone.acquire(timeout=ALONE_S)
        return point == life.point and bool(here.points)

    def is_the_one(point: CommitPoint) -> bool:
        counts = point == life.point and life.writer in ("", whose())
        return counts and next(chosen) == life.number

    def at_commit(point: CommitPoint) -> None:
        number = next(numbers[point])
        if is_new(point) if life.is_choosy else is_the_one(point):
            where = sorted(here.points) if life.is_choosy else [whose()]
            box.write(number, SEPARATOR.join(f"{point} {each}" for each in where))
            os.kill(os.getpid(), signal.SIGKILL)
        if point == "after":
            box.write(number, "")
            alone.release()

    return at_commit


def live(life: Life, box: Blackbox) -> None:
    """Be the bot, and the people who work on the incident, to its end."""
    os.dup2(os.open(life.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND), 2)
    os.dup2(os.open(os.devnull, os.O_RDWR), 1)
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    faulthandler.dump_traceback_later(STUCK_S, exit=False)
    try:
        known: dict[str, Any] = {"BRIDGEWATCH_DIRECTORY": life.directory}
        bot = RunningBot(life.slack, life.url, pace=PACE, at_commit=killer(life, box), **known)
        bot.start()
        bot.wait_until_known()
        until(bot.is_ready, what="a bot that is ready")
        bot.meet("csm-one")
        if life.is_of_problem:
            PlayedProblem(bot).play()
        elif life.events:
            PlayedReport(bot, life.events, life.answer).play()
        else:
            for account in life.accounts:
                PlayedIncident(bot, account).play()
    except BaseException:  # noqa: BLE001 - this process ends here, and its parent is told
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(FAILED)
    os._exit(0)


def watch(pid: int, limit_s: float, *, is_planned: bool) -> str:
    """Wait for a child, kill it when its time is up, and say how it ended."""
    on_time = signal.sigtimedwait({signal.SIGCHLD}, limit_s) is not None
    if not on_time:
        os.kill(pid, signal.SIGKILL)
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    if not on_time:
        signal.sigtimedwait({signal.SIGCHLD}, 0)
    if status == 0:
        return "done"
    if status == -signal.SIGKILL and (on_time or is_planned):
        return "killed"
    return f"failed ({status})" if on_time else f"not done within {limit_s} s"


def run(life: Life, box: Blackbox) -> Death:
    """Fork a life and see it to its end."""
    box.clear()
    began_s = time.monotonic()
    pid = os.fork()
    if pid == 0:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
        live(life, box)
    how = watch(pid, life.after_s or LIFE_LIMIT_S, is_planned=bool(life.after_s))
    return Death(how, *box.read(), took_s=round(time.monotonic() - began_s, 2))


def warm() -> None:
    """Load and make everything once, so that a child starts in a blink.

    The one connection this takes is closed again, and its file is gone.
    """
    render.warm()
    ledger.warm()
    meaning.warm()
    checked(DOORS)
    facts = Facts(load_policy(), load_directory(DIRECTORY))
    facts.context(MachineClock().now(), ENGINE, facts.policy)
    with TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/warm.db")
        migrate(database)
        database.dispose()
    for name in LATE_MODULES:
        import_module(name)


def main() -> None:
    """Serve lives until standard input ends."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})
    warm()
    box = Blackbox()
    print("ready", flush=True)  # noqa: T201
    for line in sys.stdin:
        print(json.dumps(asdict(run(life_of(line), box))), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
