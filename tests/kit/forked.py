"""The bot's command in a fork of a parent that has loaded it: the program, without its imports.

For tests that start it again and again to kill it. How it starts and how it ends by itself is shown
by the real command.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from bot.__main__ import main

_PARENT = multiprocessing.get_context("forkserver")
_PARENT.set_forkserver_preload([__name__])


class Fork:
    """A running fork, as `subprocess.Popen` has it."""

    def __init__(self, environment: Mapping[str, str], log: Path) -> None:
        self._process = _PARENT.Process(target=_be, args=(dict(environment), log), daemon=True)
        self._process.start()
        self.pid = int(self._process.pid or 0)

    def poll(self) -> int | None:
        """Return its exit code, None while it runs."""
        return self._process.exitcode

    def wait(self, timeout: float) -> int:
        """Wait for its end and return its exit code."""
        self._process.join(timeout)
        code = self._process.exitcode
        if code is None:
            raise subprocess.TimeoutExpired("fork", timeout)
        return code

    def send_signal(self, sign: signal.Signals) -> None:
        """Send it a signal."""
        os.kill(self.pid, sign)


def _be(environment: Mapping[str, str], log: Path) -> None:
    os.setsid()
    sink = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(sink, 1)
    os.dup2(sink, 2)
    os.environ.clear()
    os.environ.update(environment)
    sys.exit(main(["run"]))
