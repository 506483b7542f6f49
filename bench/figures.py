"""What is measured: each figure, what it should be on each database, and its arithmetic."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

ENGINES = ("sqlite", "postgresql")


@dataclass(frozen=True, slots=True)
class Wanted:
    """One line of the table.

    Attributes:
        key: Its name in the results file.
        title: What a reader sees.
        unit: ms, s, MB or levels.
        limits: The most it may be, by database.
    """

    key: str
    title: str
    unit: str
    limits: Mapping[str, float]


def _line(key: str, title: str, unit: str, sqlite: float, postgresql: float) -> Wanted:
    return Wanted(key, title, unit, {"sqlite": sqlite, "postgresql": postgresql})


LINES = (
    _line("ack_alone_p50", "acknowledgment of a declare alone, commit included, p50", "ms", 10, 20),
    _line("ack_20_p99", "acknowledgment at 20 declares a second, p99", "ms", 100, 300),
    _line("ack_burst_p99", "acknowledgment, burst of 32, p99", "ms", 300, 2000),
    _line("ack_burst_max", "acknowledgment, burst of 32, the slowest", "ms", 2500, 2500),
    _line("first_p99", "first message in the bridge at 20 a second, p99", "ms", 400, 700),
    _line("first_levels", "calls in a row before it has come", "levels", 2, 2),
    _line("set_up_p99", "all set up at 20 a second, p99", "ms", 600, 1000),
    _line("set_up_levels", "calls in a row until then", "levels", 4, 4),
    _line("due_crowd_p99", "1,000 steps due at one instant among 100,000, p99", "s", 1.5, 5),
    _line("due_crowd_two_p99", "the same with two processes, p99", "s", math.inf, 3),
    _line("due_alone_p99", "one step due alone, p99", "ms", 250, 250),
    _line("ack_hang_p99", "others' acknowledgments while views.open hangs, p99", "ms", 100, 100),
    _line("cold_start", "cold start, the slowest", "s", 1.5, 1.5),
    _line("idle_memory", "idle memory", "MB", 110, 110),
    _line("memory_500", "more memory after 500 incidents", "MB", 10, 10),
)  # fmt: skip


@dataclass(slots=True)
class Measured:
    """Everything measured on one database.

    Attributes:
        values: A figure by its key.
        samples: How many times it was measured, by the same key.
        beside: Further figures that explain, such as ratios to a bare Bolt app.
        spread: Sorted samples, for the plot.
        silent: Whether nothing is printed, as while warming up.
    """

    values: dict[str, float] = field(default_factory=dict)
    samples: dict[str, int] = field(default_factory=dict)
    beside: dict[str, float] = field(default_factory=dict)
    spread: dict[str, list[float]] = field(default_factory=dict)
    silent: bool = False

    def put(self, key: str, value: float, samples: int) -> None:
        """Keep a figure, and say it at once."""
        self.values[key] = round(value, 4)
        self.samples[key] = samples
        if self.silent:
            return
        print(f"    {key:<20} {value:10.2f}   n={samples}", flush=True)

    def note(self, key: str, value: float) -> None:
        """Keep a figure that explains another one."""
        self.beside[key] = round(value, 4)
        if self.silent:
            return
        print(f"      {key:<34} {value:10.2f}", flush=True)

    def keep(self, key: str, samples: Sequence[float]) -> None:
        """Keep samples for the plot."""
        self.spread[key] = [round(each, 3) for each in sorted(samples)]


def percentile(samples: Sequence[float], percent: float) -> float:
    """Return the smallest sample that this share of all does not exceed."""
    ordered = sorted(samples)
    return ordered[max(math.ceil(len(ordered) * percent / 100) - 1, 0)]


def median(samples: Sequence[float]) -> float:
    """Return the 50th percentile."""
    return percentile(samples, 50)
