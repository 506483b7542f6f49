"""What is said again and again is written once in a while."""

from __future__ import annotations

import logging

import pytest

from bot.clock import MachineClock
from bot.rarely import Rarely
from tests.kit.waiting import until


def test_a_line_is_written_once_however_often_it_is_said(caplog: pytest.LogCaptureFixture) -> None:
    rarely = Rarely(logging.getLogger("here"), MachineClock())
    for line in ("Slack is away.", "It is back.", "Slack is away.", "Slack is away."):
        rarely.say(logging.WARNING, line)
    assert caplog.messages == ["Slack is away.", "It is back."]


def test_it_is_written_again_after_a_while(caplog: pytest.LogCaptureFixture) -> None:
    rarely = Rarely(logging.getLogger("here"), MachineClock(), again_s=0.05)

    def is_said_twice() -> bool:
        rarely.say(logging.WARNING, "Slack is away.")
        return len(caplog.messages) == 2

    until(is_said_twice)
