"""A process that was asked to end ends, whatever its threads do, and says with which code."""

from __future__ import annotations

import subprocess
import sys
import textwrap
import time

import pytest

from bot.ending import CUT_SHORT, LEFTOVERS_S
from tests.kit.command import ROOT, inherited

pytestmark = pytest.mark.slow
HEAD = """
import ctypes, logging, os, signal, sys, threading, time
from bot.ending import Ending
logging.basicConfig(level="INFO")
ending = Ending(within_s=1.0)
ending.listen()
"""
SLACK_S = 8.0


def ended(body: str) -> tuple[int, str, float]:
    """Run a few lines in a process of their own; return its code, its words and its seconds."""
    began_s = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", HEAD + textwrap.dedent(body)],
        cwd=ROOT,
        env=inherited(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout, time.monotonic() - began_s


def test_a_storm_of_signals_is_one_end() -> None:
    code, told, _ = ended(
        """
        def storm():
            for _ in range(3000):
                os.kill(os.getpid(), signal.SIGTERM)
                os.kill(os.getpid(), signal.SIGINT)
        threading.Thread(target=storm, daemon=True).start()
        while not ending.is_asked:
            threading.Event().wait(0.0001)
        ending.wait()
        ending.over(0)
        """
    )
    assert (code, told) == (0, "")


def test_signals_before_anybody_waits_are_not_lost() -> None:
    code, told, _ = ended(
        """
        for _ in range(300):
            os.kill(os.getpid(), signal.SIGTERM)
        ending.wait()
        ending.over(0)
        """
    )
    assert (code, told) == (0, "")


@pytest.mark.parametrize(
    "hangs",
    [
        pytest.param("threading.Event().wait()", id="a wait without end"),
        pytest.param("lock = threading.Lock(); lock.acquire(); lock.acquire()", id="a deadlock"),
        pytest.param("ctypes.CDLL(None).sleep(60)", id="a call"),
        pytest.param("while True: pass", id="a loop"),
    ],
)
def test_what_hangs_on_the_way_out_is_left(hangs: str) -> None:
    code, told, took_s = ended(f"os.kill(os.getpid(), signal.SIGTERM)\n{hangs}")
    assert code == CUT_SHORT
    assert "ended before all was done" in told
    assert took_s < SLACK_S


def test_a_log_that_hangs_does_not_hold_the_end_up() -> None:
    code, told, took_s = ended(
        """
        logging.getLogger().handlers[0].acquire()
        os.kill(os.getpid(), signal.SIGTERM)
        threading.Event().wait()
        """
    )
    assert (code, told) == (CUT_SHORT, "")
    assert took_s < SLACK_S


def test_even_what_runs_no_python_any_more_is_ended() -> None:
    code, _, took_s = ended(
        """
        os.kill(os.getpid(), signal.SIGTERM)
        ending.wait()
        ctypes.PyDLL(None).sleep(60)  # keeps the interpreter to itself
        """
    )
    assert code == -14
    assert took_s < SLACK_S


def test_threads_that_are_left_over_have_a_moment_and_do_not_change_the_code() -> None:
    code, told, took_s = ended(
        """
        threading.Thread(target=threading.Event().wait, args=(60,)).start()
        os.kill(os.getpid(), signal.SIGTERM)
        ending.wait()
        ending.over(0)
        os.kill(os.getpid(), signal.SIGTERM)
        """
    )
    assert (code, told) == (0, "")
    assert took_s < LEFTOVERS_S + SLACK_S
