"""`python -m bot run` in a process of its own, for tests that start, ask and end it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from tests.kit.bot import environment
from tests.kit.forked import Fork
from tests.kit.ports import free_port
from tests.kit.slack_process import SlackAddresses
from tests.kit.waiting import until

ROOT = Path(__file__).parents[2]
READY_LIMIT_S = 90.0
END_LIMIT_S = 15.0
APP_TOKEN = "xapp-drill"


class Command:
    """The bot's command, running.

    Args:
        slack: Where the local Slack is.
        url: The database.
        log: Where its lines go.
        under: What it is run by.
        forked: In a fork of a parent that has loaded the program.
        more: Further settings; an empty one takes a setting away.
    """

    def __init__(
        self,
        slack: SlackAddresses,
        url: str,
        log: Path,
        *,
        under: tuple[str, ...] = (),
        forked: bool = False,
        **more: str,
    ) -> None:
        self.port = int(more.pop("BRIDGEWATCH_PORT", "0")) or free_port()
        self._log = log
        settings = environment(slack, url, **{"BRIDGEWATCH_PORT": str(self.port), **more})
        self.process: subprocess.Popen[bytes] | Fork
        if forked:
            whole = inherited() | settings
            self.process = Fork("bot.__main__", ("run",), environment=whole, log=log)
            return
        with log.open("ab") as sink:
            self.process = subprocess.Popen(
                [*under, sys.executable, "-m", "bot", "run"],
                cwd=ROOT,
                env=inherited() | settings,
                stdout=sink,
                stderr=sink,
                start_new_session=True,
            )

    @property
    def lines(self) -> str:
        """Return what it has written so far."""
        return self._log.read_text(errors="replace")

    @property
    def is_running(self) -> bool:
        """Say whether it has not ended."""
        return self.process.poll() is None

    def wait_until_ready(self) -> None:
        """Wait until it answers."""
        until(self.has_started, READY_LIMIT_S, every_s=0.02, what="the bot's start")
        assert self.is_running, f"the bot ended by itself: {self.lines}"

    def has_started(self) -> bool:
        """Say whether it answers, or will never."""
        if not self.is_running:
            return True
        try:
            answer = httpx.get(f"http://127.0.0.1:{self.port}/health", timeout=2)
        except httpx.TransportError:
            return False
        return answer.status_code == httpx.codes.OK

    def ready(self) -> tuple[int, Mapping[str, Any]]:
        """Return what /ready answers; 0 and nothing when nobody answers there."""
        try:
            answer = httpx.get(f"http://127.0.0.1:{self.port}/ready", timeout=5)
        except httpx.TransportError:
            return 0, {}
        return answer.status_code, answer.json()

    def dies_within(self, limit_s: float) -> bool:
        """Wait for its end by itself, this long once it answers; say whether it came."""
        until(self.has_started, READY_LIMIT_S, every_s=0.02, what="its start")
        try:
            self.process.wait(limit_s)
        except subprocess.TimeoutExpired:
            return False
        return True

    def end(self, sign: signal.Signals, limit_s: float) -> int:
        """Send a signal to it, and to who watches over it, and return the exit code."""
        os.killpg(self.process.pid, sign)
        return self.process.wait(limit_s)


def inherited() -> dict[str, str]:
    """Return what a process needs of this one's environment, and no setting of the bot."""
    return {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}


@contextmanager
def ended_after(command: Command) -> Iterator[Command]:
    """Give a command that is gone in the end, whatever happens."""
    try:
        yield command
    finally:
        if command.is_running:
            command.end(signal.SIGKILL, END_LIMIT_S)
