"""A handle on a bot in a process of its own: orders go in by line, and answers come back."""

from __future__ import annotations

import json
import signal
from pathlib import Path
from typing import Any

from tests.kit.forked import Process
from tests.kit.waiting import until

END_LIMIT_S = 40.0


class Replica:
    """A bot in a process of its own.

    Args:
        process: That it runs in, its input and output piped.
        log: Where its warnings go.
    """

    def __init__(self, process: Process, log: Path) -> None:
        self.process = process
        self.log = log

    def wait_until_ready(self) -> None:
        """Wait until it knows everybody."""
        line = self._line()
        assert line == "ready\n", f"It did not start: {self.log.read_text()[-3000:]}"

    def ask(self, **order: object) -> None:
        """Give an order without waiting for its end."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()

    def answer(self) -> str:
        """Wait for the end of an order; return its reference."""
        return str(self.said()["reference"])

    def said(self) -> dict[str, Any]:
        """Wait for the end of an order; return all that it says."""
        line = self._line()
        assert line, f"It ended: {self.log.read_text()[-3000:]}"
        said: dict[str, Any] = json.loads(line)
        return said

    def does(self, **order: object) -> str:
        """Give an order and wait for its end."""
        self.ask(**order)
        return self.answer()

    def _line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline()

    @property
    def lines(self) -> str:
        """What it has written so far."""
        return self.log.read_text(errors="replace")

    def wait_until_frozen(self) -> None:
        """Wait until every thread of it stands still."""
        threads = Path(f"/proc/{self.process.pid}/task")
        until(lambda: all(map(_stands_still, threads.iterdir())), what="the frozen process")

    def thaw(self) -> None:
        """Let it go on."""
        self.process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        """End it without a warning."""
        self.process.kill()
        self.process.wait(END_LIMIT_S)

    def close(self) -> None:
        """End it in order, if it still runs."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.thaw()
        self.process.stdin.close()
        try:
            self.process.wait(END_LIMIT_S)
        finally:
            self.process.kill()
            self.process.stdout.close()


def _stands_still(thread: Path) -> bool:
    return (thread / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] == "T"
