"""Programs of ours in forks of a parent that has loaded them: the process, without its imports.

For tests that start one again and again, most of them to kill it. How a program starts, and how it
ends while it does, is shown by the real command.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parents[2]
LOADED = (
    "bot.__main__",
    "tests.crash.nursery",
    "tests.kit.slack_process",
    "tests.replicas.replica",
)
"""What the parent has loaded: whatever is run in a fork, and all that these need."""

_PARENT = multiprocessing.get_context("forkserver")
_PARENT.set_forkserver_preload([__name__, *LOADED])


class Fork:
    """A running fork, as `subprocess.Popen` has it.

    Args:
        program: A module with a function `main`.
        arguments: What follows on its command line.
        environment: All of its environment; that of the parent when left out.
        log: The file that takes its errors, and what it writes where nobody reads that.
        piped: Whether its input and output are lines for us.
    """

    stdin: IO[str] | None = None
    stdout: IO[str] | None = None

    def __init__(
        self,
        program: str,
        arguments: Sequence[str] = (),
        *,
        environment: Mapping[str, str] | None = None,
        log: Path | None = None,
        piped: bool = False,
    ) -> None:
        theirs: tuple[Connection, ...] = ()
        if piped:
            reads, ours_in = _PARENT.Pipe(duplex=False)
            ours_out, writes = _PARENT.Pipe(duplex=False)
            theirs = (reads, writes)
            self.stdin = os.fdopen(os.dup(ours_in.fileno()), "w", encoding="utf-8")
            self.stdout = os.fdopen(os.dup(ours_out.fileno()), "r", encoding="utf-8")
            ours_in.close()
            ours_out.close()
        given = dict(environment) if environment is not None else None
        self._process = _PARENT.Process(
            target=_be, args=(program, tuple(arguments), given, log, theirs), daemon=True
        )
        self._process.start()
        for each in theirs:
            each.close()
        self.pid = int(self._process.pid or 0)

    def poll(self) -> int | None:
        """Return its exit code, None while it runs."""
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end and return its exit code."""
        self._process.join(timeout)
        code = self._process.exitcode
        if code is None:
            raise subprocess.TimeoutExpired("fork", timeout or 0)
        return code

    def send_signal(self, sign: signal.Signals) -> None:
        """Send it a signal, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, sign)

    def kill(self) -> None:
        """Kill it."""
        self.send_signal(signal.SIGKILL)


Process = subprocess.Popen[str] | Fork
"""A program of ours in a process of its own."""


def ran(
    program: str,
    arguments: Sequence[str],
    environment: Mapping[str, str],
    log: Path,
    limit_s: float,
) -> tuple[int, str]:
    """Run a program to its end; return its exit code, and all that it wrote."""
    code = Fork(program, arguments, environment=environment, log=log).wait(limit_s)
    return code, log.read_text(encoding="utf-8")


def _be(
    program: str,
    arguments: tuple[str, ...],
    environment: dict[str, str] | None,
    log: Path | None,
    piped: tuple[Connection, ...],
) -> None:
    """Be the program, to its end."""
    os.setsid()
    os.chdir(ROOT)
    if log is not None:
        sink = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(sink, 1)
        os.dup2(sink, 2)
    if piped:
        os.dup2(piped[0].fileno(), 0)
        os.dup2(piped[1].fileno(), 1)
        sys.stdin = os.fdopen(0, encoding="utf-8")
        for each in piped:
            each.close()
    if environment is not None:
        os.environ.clear()
        os.environ.update(environment)
        time.tzset()
    sys.argv = [program, *arguments]
    sys.exit(import_module(program).main())
