"""What is done again and again goes on whatever it meets, until the program ends."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

import pytest

from bot.rounds import Rounds
from store.errors import WriterQueueTimeout

SOON_S = 0.001
LONG_S = 600.0
ENOUGH_S = 30.0


def played(
    turn: Callable[[], object],
    enough: threading.Event,
    *,
    every_s: float = SOON_S,
    failed_s: float | None = None,
) -> None:
    """Have turns taken until there were enough."""
    rounds = Rounds(
        turn, name="test", trouble="It could not be done", every_s=every_s, failed_s=failed_s
    )
    rounds.start()
    assert enough.wait(ENOUGH_S)
    rounds.stop(ENOUGH_S)


def failing(error: Exception, times: int, enough: threading.Event) -> Callable[[], object]:
    """Return a turn that fails so many times, and then is enough."""
    left = iter(range(times))

    def turn() -> None:
        if next(left, None) is not None:
            raise error
        enough.set()

    return turn


def test_a_fault_of_the_database_is_told_calmly_and_the_next_turn_comes(
    caplog: pytest.LogCaptureFixture,
) -> None:
    enough = threading.Event()
    played(failing(WriterQueueTimeout("no turn came"), 1, enough), enough)
    assert "It could not be done for now: The database" in caplog.text


def test_any_other_fault_is_told_with_its_traceback_and_the_next_turn_comes(
    caplog: pytest.LogCaptureFixture,
) -> None:
    enough = threading.Event()
    played(failing(ValueError("odd"), 2, enough), enough)
    told = [record for record in caplog.records if record.levelno == logging.WARNING]
    assert [record.getMessage() for record in told] == ["It could not be done"] * 2
    assert all(record.exc_info for record in told)


def test_after_a_fault_the_next_turn_comes_when_that_one_is_due() -> None:
    enough = threading.Event()
    played(failing(ValueError("odd"), 1, enough), enough, every_s=LONG_S, failed_s=SOON_S)


def test_whoever_ends_it_waits_for_no_turn_and_the_last_act_is_done() -> None:
    begun, ended = threading.Event(), threading.Event()
    rounds = Rounds(
        begun.set, name="test", trouble="It could not be done", every_s=LONG_S, last=ended.set
    )
    rounds.start()
    assert begun.wait(ENOUGH_S)
    rounds.stop(ENOUGH_S)
    assert ended.is_set()


def test_what_never_began_ends_at_once() -> None:
    Rounds(lambda: None, name="test", trouble="", every_s=LONG_S).stop(ENOUGH_S)
