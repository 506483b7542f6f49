"""`make drill` ends when it is asked to, at any instant, and leaves nobody behind.

Proves: F20.
"""

from __future__ import annotations

import random
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.kit.command import inherited
from tests.kit.ports import free_port
from tests.kit.waiting import pause, until

pytestmark = [pytest.mark.crash, pytest.mark.slow]
ROOT = Path(__file__).parents[2]
SEED = 20_261_129
END_LIMIT_S = 13.0
START_LIMIT_S = 40.0


def is_open(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.mark.parametrize("number", range(6))
def test_a_drill_ends_at_any_instant(tmp_path: Path, number: int) -> None:
    chance = random.Random(SEED + number)
    port = free_port()
    command = [sys.executable, str(ROOT / "scripts" / "drill.py"), "--port", str(port)]
    command += ["--no-browser", "--var", str(tmp_path), "--mode", ("http", "socket")[number % 2]]
    with (tmp_path / "out.txt").open("w+") as out:
        drill = subprocess.Popen(
            command, cwd=ROOT, env=inherited(), stdout=out, stderr=out, start_new_session=True
        )
        if number % 3:
            started = lambda: "Open http" in (tmp_path / "out.txt").read_text()  # noqa: E731
            until(started, START_LIMIT_S, every_s=0.05, what="the drill's start")
            pause(chance.uniform(0.0, 0.7))
        else:
            pause(chance.uniform(0.5, 3.0))
        began_s = time.monotonic()
        for _ in range(1 + number % 2):
            drill.send_signal(chance.choice((signal.SIGINT, signal.SIGTERM)))
            pause(chance.uniform(0.0, 0.05))
        code = drill.wait(60)
    assert time.monotonic() - began_s < END_LIMIT_S
    told = (tmp_path / "out.txt").read_text()
    assert (code, "Traceback" in told) == (0, False), (SEED + number, told)
    assert "Ended." in told
    assert not is_open(port)
