"""Two releases on one database and one local Slack, as they stand side by side in a deploy."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from drill.local import LocalSlack
from tests.kit import history
from tests.kit.bot import ROOT, RunningBot
from tests.kit.journey import set_clock
from tests.kit.slack_process import SlackAddresses, addresses_of
from tests.kit.waiting import until
from tests.replicas.handle import Replica

COMMIT = ROOT / "tests" / "contract" / "data" / "format-1" / "commit"
SCRIPT = Path(__file__).with_name("release.py")
MIGRATE_LIMIT_S = 120.0
ALARMS = ("ERROR:", "CRITICAL:", "Traceback")


class HistoryMissing(Exception):
    """Raised when the older release's code cannot be had from this repository."""


def unpack_older(folder: Path) -> None:
    """Put the code of the older release, the commit that settled the first form, in a folder.

    Raises:
        HistoryMissing: This repository's history does not hold it.
    """
    commit = COMMIT.read_text(encoding="ascii").strip()
    command = ["git", "-C", str(ROOT), "archive", "--format=tar", commit]
    packed = subprocess.run(command, capture_output=True, check=False)
    if packed.returncode:
        raise HistoryMissing(
            f"The history does not hold the older release, commit {commit}; a shallow clone gets "
            f"it with `git fetch --unshallow`. Git says: {packed.stderr.decode().strip()}"
        )
    with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as tree:
        tree.extractall(folder, filter="data")


def environ_of(tree: Path, **more: str) -> dict[str, str]:
    """Return the environment in which Python finds the code of one tree, and no other."""
    return {**os.environ, "PYTHONPATH": str(tree), **more}


def started(command: list[str], tree: Path, log: Path) -> subprocess.Popen[str]:
    """Start a program of a tree in its folder."""
    with log.open("ab") as sink:
        return subprocess.Popen(
            command,
            cwd=tree,
            env=environ_of(tree),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=sink,
            text=True,
        )


class Release(Replica):
    """A bot of one release.

    Args:
        name: ``older`` or ``newer``.
        tree: Its code.
        slack: Where the local Slack is.
        url: The database.
        folder: Where its log goes.
    """

    def __init__(
        self, name: str, tree: Path, slack: SlackAddresses, url: str, folder: Path
    ) -> None:
        self.name = name
        # -P: the script's own folder belongs to the newer tree, and is no place for imports.
        command = [sys.executable, "-P", str(SCRIPT), json.dumps(asdict(slack)), url]
        log = folder / f"{name}.log"
        super().__init__(started(command, tree, log), log)
        self.door = ""

    def wait_until_ready(self) -> None:
        """Wait until it knows everybody, and learn where it listens."""
        super().wait_until_ready()
        self.door = self.does(do="door")

    def tries(self, **order: object) -> tuple[str, str]:
        """Give an order; return its reference, and why it was refused: empty when it was not."""
        self.ask(**order)
        said = self.said()
        return str(said["reference"]), str(said["refused"])

    def alarms(self) -> list[str]:
        """Return what it logged and should not have."""
        lines = self.log.read_text(encoding="utf-8").splitlines()
        return [f"{self.name}: {line}" for line in lines if line.startswith(ALARMS)]


class Onlooker(RunningBot):
    """Sees the database and carries nothing out; its clock is walked by the release in turn."""

    door = ""

    @property
    def url(self) -> str:
        """Where the release in turn listens."""
        return self.door

    def walk_to(self, at: datetime) -> None:
        """Have the release in turn walk to an instant, and wait until that is seen here, too."""
        super().walk_to(at)
        until(lambda: self.now() >= at, what=f"{at}")


class Two:
    """The releases side by side.

    Attributes:
        older: The release before.
        newer: The present one.
        left: What the older one left to the newer one, with its reason.
    """

    def __init__(
        self, slack: LocalSlack, url: str, started: Callable[[str, Path], Release], older: Path
    ) -> None:
        self.slack = slack
        self.url = url
        self.older = started("older", older)
        self._started = started
        self.starts_newer()
        self.bot = Onlooker(addresses_of(slack), url)
        self.left: list[str] = []

    def starts_newer(self) -> None:
        """Start a process of the newer release; another one, where it was killed."""
        self.newer = self._started("newer", ROOT)

    def turn(self, number: int) -> Release:
        """Return whose turn it is: the older one's at each even number."""
        return (self.older, self.newer)[number % 2]

    def takes(self, release: Release) -> None:
        """Have Slack's requests go to a release from now on, and the clock be walked by it."""
        self.bot.door = release.door
        self.slack.request_url = self.bot.events_url

    def stage(self, number: int, release: Release, account: str, reference: str) -> str:
        """Have a release run a stage; what the older one is calmly refused the newer one does."""
        order = {"do": "stage", "stage": number, "account": account, "reference": reference}
        found, why = release.tries(**order)
        if not why:
            return found
        assert release is self.older, f"the newer release was refused: {why}"
        self.left.append(f"stage {number} of {account}: {why}")
        return self.newer.does(**order)

    def settles(self) -> None:
        """Wait until nothing is on its way."""
        self.slack.settle(30)
        self.bot.settle(180)

    def wrongs(self, *reading: Release) -> list[str]:
        """Return what is wrong with a history that has settled, as each release reads it."""
        self.settles()
        found = history.at_rest(self.bot, history.Local(self.slack))
        for release in (self.older, self.newer):
            found += release.alarms()
        for release in reading:
            said, why = release.tries(do="check")
            if not said.endswith("are intact.") and not (why and release is self.older):
                found.append(f"{release.name}: {said}{why}")
        return found


@contextmanager
def two_releases(
    tree: Path, url: str, folder: Path, *, starts_at: datetime | None = None
) -> Iterator[Two]:
    """Run both on an empty database that the older one set up, and that the newer one finds.

    Args:
        tree: The older release's code.
        url: The empty database.
        folder: Where logs go.
        starts_at: When business time begins; now when left out. A Slack that is back in time
            dates its channels before the bot asked for them, so nobody is killed then.
    """
    migrate = [sys.executable, "-m", "bot", "migrate"]
    environ = environ_of(tree, DATABASE_URL=url)
    subprocess.run(
        migrate, cwd=tree, env=environ, check=True, capture_output=True, timeout=MIGRATE_LIMIT_S
    )
    with LocalSlack(ROOT / "app.yaml") as slack, ExitStack() as stack:
        if starts_at is not None:
            set_clock(url, starts_at)
            slack.adopt_clock(starts_at)
        addresses = addresses_of(slack)

        def started(name: str, code: Path) -> Release:
            release = Release(name, code, addresses, url, folder)
            stack.callback(release.close)
            release.wait_until_ready()
            return release

        two = Two(slack, url, started, tree)
        stack.callback(two.bot.stop)
        two.bot.program.parts.reader.recall()
        yield two
