"""Acknowledgments of declares, and how soon their bridges stand."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from bench.figures import Measured, median, percentile
from bench.forms import Forms, slash
from bench.load import Answered, send_all
from bench.processes import Running, ask, machine_busy_s, pause
from bench.slack_log import (
    Opened,
    acknowledgments,
    bridges,
    calls_since,
    opened,
    reference_in,
)
from bench.world import channel_id

RATE = 20
BURST = 32
QUIET_S = 1.0
QUIET_MOST_S = 60.0


@dataclass(frozen=True, slots=True)
class Amounts:
    """How often things are done.

    Attributes:
        alone: declares one at a time.
        gap_s: between them, so that each finds the bot at rest.
        steady_s: seconds of 20 declares a second.
        bursts: of 32 at once.
        hangs_s: seconds during which every views.open hangs.
        crowd: tickets with a step due at one instant.
        background: steps that are not due.
        singles: steps due alone.
        starts: cold starts.
        incidents: declares altogether, after which the memory is read.
    """

    alone: int = 40
    gap_s: float = 0.8
    steady_s: int = 12
    bursts: int = 4
    hangs_s: int = 5
    crowd: int = 1000
    background: int = 99_000
    singles: int = 40
    starts: int = 5
    incidents: int = 500

    @property
    def accounts(self) -> int:
        """Return how many accounts there must be: one a declare, and some to spare."""
        declared = self.alone + RATE * self.steady_s + BURST * self.bursts
        return max(declared, self.incidents) + 60


QUICK = Amounts(
    alone=8, gap_s=0.5, steady_s=2, bursts=1, hangs_s=2, crowd=200, background=5_000, singles=6,
    starts=2, incidents=0,
)  # fmt: skip


def quiet(slack: Running, seen: int = 0) -> int:
    """Wait until Slack has not been called for a second; return how many calls it has taken."""
    for _ in range(int(QUIET_MOST_S / QUIET_S)):
        pause(QUIET_S)
        now = seen + len(calls_since(slack, seen))
        if now == seen:
            break
        seen = now
    return seen


def alone(bot: Running, forms: Forms, amounts: Amounts, found: Measured) -> None:
    """Declare one at a time, each when the one before has been dealt with."""
    bodies = [forms.next()[1] for _ in range(amounts.alone)]
    times = [each * amounts.gap_s for each in range(amounts.alone)]
    took = _took(send_all(bot.port, bodies, times))
    found.put("ack_alone_p50", median(took), len(took))
    found.note("ack_alone_p99", percentile(took, 99))
    found.keep("ack_alone", took)


def steady(bot: Running, slack: Running, forms: Forms, amounts: Amounts, found: Measured) -> None:
    """Declare 20 a second, whatever the answers do, and follow each in Slack's log."""
    seen = quiet(slack)
    made = [forms.next() for _ in range(RATE * amounts.steady_s)]
    busy_s = bot.cpu_s()
    with _others(bot, slack, found):
        times = [number / RATE for number in range(len(made))]
        answers = send_all(bot.port, [body for _, body in made], times)
    took = _took(answers)
    found.put("ack_20_p99", percentile(took, 99), len(took))
    found.note("ack_20_p50", median(took))
    found.keep("ack_20", took)
    quiet(slack, seen)
    found.note("processor_ms_a_declare", (bot.cpu_s() - busy_s) * 1000 / len(made))
    _follow(slack, seen, [key for key, _ in made], answers, found)


@contextmanager
def _others(bot: Running, slack: Running, found: Measured) -> Iterator[None]:
    """Note how many processors other programs took meanwhile: figures are true at nearly none."""

    def theirs() -> float:
        return machine_busy_s() - bot.cpu_s() - slack.cpu_s() - time.process_time()

    began_s, before_s = time.perf_counter(), theirs()
    yield
    found.note(
        "processors_taken_by_others", (theirs() - before_s) / (time.perf_counter() - began_s)
    )


def _follow(
    slack: Running, seen: int, keys: Sequence[str], answers: Sequence[Answered], found: Measured
) -> None:
    calls = calls_since(slack, seen)
    references = [reference_in(answer.body) for answer in answers]
    channels = {
        channel_id(int(key.rpartition("-")[2])): reference
        for key, reference in zip(keys, references, strict=True)
    }
    told, made = acknowledgments(calls, channels), bridges(calls)
    ready = [opened(made[reference], told.get(reference)) for reference in references]
    pairs = list(zip(ready, answers, strict=True))
    first = [(each.first_s - answer.at_s) * 1000 for each, answer in pairs]
    set_up = [(each.set_up_s - answer.at_s) * 1000 for each, answer in pairs]
    found.put("first_p99", percentile(first, 99), len(first))
    found.put("first_levels", _levels([each.first_levels for each in ready]), len(ready))
    found.put("set_up_p99", percentile(set_up, 99), len(set_up))
    found.put("set_up_levels", _levels([each.set_up_levels for each in ready]), len(ready))
    _explain(ready, first, set_up, len(calls), found)


def _explain(
    ready: Sequence[Opened],
    first: Sequence[float],
    set_up: Sequence[float],
    calls: int,
    found: Measured,
) -> None:
    found.note("first_p50", median(first))
    found.note("set_up_p50", median(set_up))
    found.note("first_levels_most", max(each.first_levels for each in ready))
    found.note("set_up_levels_most", max(each.set_up_levels for each in ready))
    found.note("set_up_calls", median([each.calls for each in ready]))
    found.note("slack_calls_a_declare", calls / len(ready))
    found.keep("first", first)
    found.keep("set_up", set_up)


def _levels(levels: Sequence[int]) -> float:
    """Return the levels of half of the declares: a call that merely waited is no dependency."""
    return median(levels)


def bursts(bot: Running, slack: Running, forms: Forms, amounts: Amounts, found: Measured) -> None:
    """Declare 32 at once, several times."""
    took: list[float] = []
    seen = 0
    for _ in range(amounts.bursts):
        seen = quiet(slack, seen)
        bodies = [forms.next()[1] for _ in range(BURST)]
        took += _took(send_all(bot.port, bodies, [0.0] * BURST))
    found.put("ack_burst_p99", percentile(took, 99), len(took))
    found.put("ack_burst_max", max(took), len(took))
    found.keep("ack_burst", took)
    quiet(slack, seen)


def hanging(bot: Running, slack: Running, amounts: Amounts, found: Measured) -> None:
    """Let every views.open hang, and measure the commands of others beside."""
    quiet(slack)
    ask(f"{slack.url}/drill/faults", {"method": "views.open", "kind": "hang", "count": 0})
    count = RATE * amounts.hangs_s
    held = [slash(f"payments of {n} were sent twice", n) for n in range(count)]
    others = [slash("show BW-1001", 10_000 + n, "U0CSMTWO01") for n in range(count)]
    times = [n / RATE for n in range(count)]
    late = [at + 0.5 / RATE for at in times]
    answers = send_all(bot.port, [*held, *others], [*times, *late])
    ask(f"{slack.url}/drill/faults", {}, "DELETE")
    took = _took(answers[count:])
    found.put("ack_hang_p99", percentile(took, 99), len(took))
    found.note("ack_hang_of_the_held_p99", percentile(_took(answers[:count]), 99))
    found.keep("ack_hang", took)
    pause(3.0)


def up_to(bot: Running, slack: Running, forms: Forms, declared: int, amounts: Amounts) -> int:
    """Declare on, ten a second, until there are as many incidents as the memory is read after."""
    left = max(amounts.incidents - declared, 0)
    if left:
        bodies = [forms.next()[1] for _ in range(left)]
        _took(send_all(bot.port, bodies, [n / 10 for n in range(left)]))
        quiet(slack)
    return declared + left


def bare(app: Running, forms: Forms, amounts: Amounts, mode: str, found: Measured) -> None:
    """Send the same forms to a Bolt app that only acknowledges."""
    count = max(amounts.alone // 2, 4)
    body = [forms.next()[1] for _ in range(BURST)]
    lone = _took(send_all(app.port, body[:count], [n * 0.1 for n in range(count)]))
    twenty = [_other(body, number) for number in range(60)]
    steady_ms = _took(send_all(app.port, twenty, [number / RATE for number in range(60)]))
    together = [_other(body, number + 60) for number in range(BURST)]
    burst = _took(send_all(app.port, together, [0.0] * BURST))
    found.note(f"bare_{mode}_alone_p50", median(lone))
    found.note(f"bare_{mode}_20_p99", percentile(steady_ms, 99))
    found.note(f"bare_{mode}_burst_p99", percentile(burst, 99))


def _other(bodies: Sequence[bytes], number: int) -> bytes:
    """Return a body that is not the same as any other, so that it is no replay."""
    return bodies[number % len(bodies)] + f"&n={number}".encode()


def _took(answers: Sequence[Answered]) -> list[float]:
    """Return the times of answers.

    Raises:
        AssertionError: One was not answered with 200.
    """
    wrong = [answer for answer in answers if answer.status != 200]
    assert not wrong, f"{len(wrong)} of {len(answers)} were refused: {wrong[0].body[:300]!r}"
    return [answer.took_ms for answer in answers]
