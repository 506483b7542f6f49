"""How a test waits: on a condition, with a deadline, and never by sleeping blindly."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class NeverHappened(AssertionError):
    """Raised when what a test waited for did not come before its deadline."""


def until(
    predicate: Callable[[], T],
    timeout_s: float = 30.0,
    *,
    every_s: float = 0.005,
    what: str = "",
) -> T:
    """Wait until a predicate holds, and return what it answered.

    Args:
        predicate: Called again and again; anything truthy ends the wait.
        timeout_s: The deadline, counted on the monotonic clock.
        every_s: The pause between two looks.
        what: Said in the failure, so that it reads as a sentence.

    Returns:
        The first truthy answer.

    Raises:
        NeverHappened: The deadline passed; carries the last answer.
    """
    deadline = time.monotonic() + timeout_s
    pause = threading.Event()
    while not (answer := predicate()):
        if time.monotonic() >= deadline:
            label = what or getattr(predicate, "__name__", "the condition")
            message = f"{label} did not come within {timeout_s:g} s; last answer: {answer!r}"
            raise NeverHappened(message)
        pause.wait(every_s)
    return answer


def pause(seconds: float) -> None:
    """Let a time pass where the instant itself is chance, not a condition."""
    threading.Event().wait(seconds)
