"""Counters, gauges and histograms, and their text form for Prometheus."""

from __future__ import annotations

import math
import threading
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, TypeVar

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
LATENCY_BOUNDS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
SERIES_MAX = 500


Labels = tuple[str, ...]


class TooManySeries(Exception):
    """Raised when a label takes more values than a metric may have: labels are not for ids."""


class Metric(Protocol):
    """What a registry can print."""

    name: str

    def lines(self) -> Iterable[str]:
        """Return the metric's lines in Prometheus text form."""


M = TypeVar("M", bound=Metric)


class Counter:
    """A number that only grows."""

    def __init__(self, name: str, says: str, labels: Sequence[str] = ()) -> None:
        self.name = name
        self._head = _head(name, says, "counter")
        self._labels = tuple(labels)
        self._values: dict[Labels, float] = {} if labels else {(): 0.0}
        self._lock = threading.Lock()

    def add(self, *labels: str, amount: float = 1.0) -> None:
        """Add to the series of these label values."""
        with self._lock:
            _admit(self.name, self._values, self._labels, labels)
            self._values[labels] = self._values.get(labels, 0.0) + amount

    def value(self, *labels: str) -> float:
        """Return the present count of one series."""
        with self._lock:
            return self._values.get(labels, 0.0)

    def lines(self) -> Iterable[str]:
        """Return the metric's lines in Prometheus text form."""
        with self._lock:
            values = dict(self._values)
        yield from self._head
        for labels, value in values.items():
            yield f"{self.name}{_pairs(self._labels, labels)} {_number(value)}"


class Gauge:
    """A number read when it is asked for."""

    def __init__(self, name: str, says: str, read: Callable[[], float]) -> None:
        self.name = name
        self._head = _head(name, says, "gauge")
        self._read = read

    def lines(self) -> Iterable[str]:
        """Return the metric's lines in Prometheus text form."""
        yield from self._head
        yield f"{self.name} {_number(self._read())}"


class Histogram:
    """How often a duration fell under each bound."""

    def __init__(
        self,
        name: str,
        says: str,
        labels: Sequence[str] = (),
        bounds_s: Sequence[float] = LATENCY_BOUNDS_S,
    ) -> None:
        self.name = name
        self._head = _head(name, says, "histogram")
        self._labels = tuple(labels)
        self._bounds_s = tuple(sorted(bounds_s))
        self._series: dict[Labels, list[int]] = {}
        self._sums_s: dict[Labels, float] = {}
        self._lock = threading.Lock()

    def observe(self, duration_s: float, *labels: str) -> None:
        """Count one duration."""
        slot = bisect_left(self._bounds_s, duration_s)
        with self._lock:
            _admit(self.name, self._series, self._labels, labels)
            counts = self._series.setdefault(labels, [0] * (len(self._bounds_s) + 1))
            counts[slot] += 1
            self._sums_s[labels] = self._sums_s.get(labels, 0.0) + duration_s

    def lines(self) -> Iterable[str]:
        """Return the metric's lines in Prometheus text form."""
        with self._lock:
            series = {labels: list(counts) for labels, counts in self._series.items()}
            sums_s = dict(self._sums_s)
        yield from self._head
        names = (*self._labels, "le")
        for labels, counts in series.items():
            total = 0
            for bound, count in zip((*self._bounds_s, None), counts, strict=True):
                total += count
                edge = "+Inf" if bound is None else _number(bound)
                yield f"{self.name}_bucket{_pairs(names, (*labels, edge))} {total}"
            yield f"{self.name}_sum{_pairs(self._labels, labels)} {_number(sums_s[labels])}"
            yield f"{self.name}_count{_pairs(self._labels, labels)} {total}"


class MetricRegistry:
    """Every metric of the program, by name."""

    def __init__(self) -> None:
        self._metrics: dict[str, Metric] = {}

    def add(self, metric: M) -> M:
        """Take a metric in, and return it."""
        if metric.name in self._metrics:
            raise ValueError(f"There is a metric named {metric.name} already.")
        self._metrics[metric.name] = metric
        return metric

    def text(self) -> str:
        """Return everything in Prometheus text form."""
        return "".join(f"{line}\n" for metric in self._metrics.values() for line in metric.lines())


def _admit(name: str, series: object, names: Labels, labels: Labels) -> None:
    if len(names) != len(labels):
        raise ValueError(f"{name} has the labels {names}, not {len(labels)} values.")
    if isinstance(series, dict) and labels not in series and len(series) >= SERIES_MAX:
        raise TooManySeries(f"{name} has {SERIES_MAX} series; a label of it seems to hold ids.")


def _head(name: str, says: str, kind: str) -> tuple[str, str]:
    return f"# HELP {name} {says}", f"# TYPE {name} {kind}"


def _pairs(names: Labels, values: Labels) -> str:
    if not names:
        return ""
    pairs = ",".join(f'{name}="{_quoted(v)}"' for name, v in zip(names, values, strict=True))
    return f"{{{pairs}}}"


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _number(value: float) -> str:
    if math.isnan(value):
        return "NaN"
    return str(int(value)) if value == int(value) else repr(value)
