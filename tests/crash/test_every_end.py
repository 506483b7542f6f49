"""Every end ends: however often it is asked, whenever, over HTTP and over sockets. Source: L8."""

from __future__ import annotations

import itertools
import random
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import Fresh
from tests.kit.command import APP_TOKEN, Command, ended_after
from tests.kit.slack_process import SlackProcess, slack_process
from tests.kit.waiting import pause

pytestmark = [pytest.mark.crash, pytest.mark.slow]
SEED = 20_261_129
LANES = 2
END_LIMIT_S = 11.0
HANGS_S = 16.0


@dataclass(frozen=True, slots=True)
class Plan:
    """One end: how the bot hears of Slack, when it is asked to end, how often and by what."""

    number: int
    over_socket: bool
    waits_for_start: bool
    after_s: float
    signs: tuple[signal.Signals, ...]
    between_s: float


def plans(count: int, seed: int) -> list[Plan]:
    """Return as many ends at random instants; one in five comes while the bot still starts."""
    chance = random.Random(seed)
    return [
        Plan(
            number=number,
            over_socket=number % 2 == 1,
            waits_for_start=(starts := chance.random() > 0.2),
            after_s=chance.uniform(0.0, 1.0) if starts else chance.uniform(0.3, 3.0),
            signs=tuple(
                chance.choice((signal.SIGTERM, signal.SIGINT)) if starts else signal.SIGTERM
                for _ in range(1 + number // 2 % 2)
            ),
            between_s=chance.choice((0.0, 0.0005, chance.uniform(0.0, 0.3))),
        )
        for number in range(count)
    ]


def carry_out(plan: Plan, slack: SlackProcess, url: str, log: Path) -> str:
    """Start a bot, end it as planned, and return what was wrong with its end, if anything."""
    app_token = APP_TOKEN if plan.over_socket else ""
    made = Command(slack.addresses, url, log, SLACK_APP_TOKEN=app_token)
    with ended_after(made) as command:
        if plan.waits_for_start:
            command.wait_until_ready()
        pause(plan.after_s)
        has_started = command.has_started()
        began_s = time.monotonic()
        for sign in plan.signs:
            command.process.send_signal(sign)
            pause(plan.between_s)
        try:
            code = command.process.wait(HANGS_S)
        except Exception as late:  # noqa: BLE001 - which end it was is what matters
            return f"{plan}: it did not end: {late!r}"
        took_s = time.monotonic() - began_s
        allowed = (0,) if has_started else (0, -signal.SIGTERM)
        if took_s > END_LIMIT_S or code not in allowed or "Traceback" in command.lines:
            return f"{plan}: {took_s:.1f} s, exit code {code}: {command.lines[-2000:]}"
    return ""


def ends(count: int, slack: SlackProcess, fresh: Fresh, folder: Path, seed: int) -> list[str]:
    """Carry out many ends, some side by side; return what was wrong."""
    numbers = itertools.count()

    def one(plan: Plan) -> str:
        with fresh() as url:
            return carry_out(plan, slack, url, folder / f"end-{next(numbers)}.log")

    with ThreadPoolExecutor(LANES) as lanes:
        return [wrong for wrong in lanes.map(one, plans(count, seed)) if wrong]


@pytest.fixture(scope="module")
def slack() -> Iterator[SlackProcess]:
    with slack_process() as running:
        yield running


def test_twenty_ends_at_random_instants_all_end(
    slack: SlackProcess, fresh_sqlite: Fresh, tmp_path: Path
) -> None:
    assert ends(20, slack, fresh_sqlite, tmp_path, SEED) == [], f"seed {SEED}"


@pytest.mark.full
def test_two_hundred_ends_at_random_instants_all_end(
    slack: SlackProcess, fresh_sqlite: Fresh, tmp_path: Path
) -> None:
    assert ends(200, slack, fresh_sqlite, tmp_path, SEED + 1) == [], f"seed {SEED + 1}"
