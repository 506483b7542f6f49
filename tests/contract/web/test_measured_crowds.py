"""What three thousand strangers cost: memory and files of a server of its own, and Slack's time.

What it measured last stands in docs/adr/0004-web-front.md.

Proves: T24, F33.
"""

from __future__ import annotations

import re
import resource
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import httpx
import pytest

from bot.clock import MachineClock
from tests.kit.signing import signed

ROOT = Path(__file__).parents[3]
STRANGERS = 3_000
POURING = 24
POURED_S = 10.0
HEAD = b"POST /slack/events HTTP/1.1\r\nHost: 127.0.0.1\r\n"
COMMAND = b"command=%2Fticket&text=help&user_id=U111111111&team_id=T111111111&trigger_id=1.2."

pytestmark = [pytest.mark.full, pytest.mark.slow]


@contextmanager
def served() -> Iterator[tuple[int, int]]:
    """Yield the port and the process's number of a server of its own."""
    command = [sys.executable, "-m", "tests.contract.web.served"]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        yield int(process.stdout.readline()), process.pid
        process.communicate(timeout=30)


def memory_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    assert found is not None
    return int(found[1]) / 1_000


def slowest_s(port: int, count: int = 20) -> float:
    took = []
    for n in range(count):
        body = COMMAND + str(n).encode()
        began = time.monotonic()
        now_s = MachineClock().now().timestamp()
        answer = httpx.post(
            f"http://127.0.0.1:{port}/slack/events", content=body, headers=signed(body, now_s)
        )
        assert answer.text == "done"
        took.append(time.monotonic() - began)
    return max(took)


@pytest.fixture
def many_files() -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard < STRANGERS + 500:
        pytest.skip("this machine lets nobody open 3,500 files")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, STRANGERS + 500), hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.mark.usefixtures("many_files")
def test_three_thousand_half_requests_cost_little_and_slack_is_answered() -> None:
    with served() as (port, pid), ExitStack() as crowd:
        before_mb = memory_mb(pid)
        for _ in range(STRANGERS):
            stranger = crowd.enter_context(socket.create_connection(("127.0.0.1", port), 30))
            stranger.sendall(HEAD)
        took_s = slowest_s(port)
        grew_mb = memory_mb(pid) - before_mb
        sys.stdout.write(f"half requests: {grew_mb:.1f} MB, slowest answer {took_s:.3f} s\n")
        assert grew_mb < 30
        assert took_s < 2.5


def test_heads_without_end_cost_little_and_slack_is_answered() -> None:
    with served() as (port, pid):
        before_mb = memory_mb(pid)
        end = threading.Event()
        pouring = [threading.Thread(target=pour, args=(port, end)) for _ in range(POURING)]
        for thread in pouring:
            thread.start()
        began = time.monotonic()
        took_s = 0.0
        while time.monotonic() - began < POURED_S:
            took_s = max(took_s, slowest_s(port, 5))
        end.set()
        for thread in pouring:
            thread.join(30)
        grew_mb = memory_mb(pid) - before_mb
        sys.stdout.write(f"endless heads: {grew_mb:.1f} MB, slowest answer {took_s:.3f} s\n")
        assert grew_mb < 60
        assert took_s < 2.5


def pour(port: int, end: threading.Event) -> None:
    """Send heads that do not end, again and again."""
    while not end.is_set():
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 5) as stranger:
            stranger.sendall(HEAD)
            while not end.is_set():
                stranger.sendall(b"X-More: more\r\n" * 4_000)
