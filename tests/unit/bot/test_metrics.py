"""Metrics: the text form that Prometheus reads, and labels that cannot grow for ever."""

from __future__ import annotations

import math

import pytest

from bot.web.metrics import SERIES_MAX, Counter, Gauge, Histogram, MetricRegistry, TooManySeries


def test_a_counter_without_labels_starts_at_zero() -> None:
    registry = MetricRegistry()
    registry.add(Counter("bw_ticks_total", "Ticks"))
    assert registry.text() == (
        "# HELP bw_ticks_total Ticks\n# TYPE bw_ticks_total counter\nbw_ticks_total 0\n"
    )


def test_each_label_value_is_a_series() -> None:
    counter = Counter("bw_sent_total", "Sent", ["gateway"])
    counter.add("mail")
    counter.add("slack", amount=2)
    assert list(counter.lines())[2:] == [
        'bw_sent_total{gateway="mail"} 1',
        'bw_sent_total{gateway="slack"} 2',
    ]


def test_a_label_value_cannot_break_the_text() -> None:
    counter = Counter("bw_sent_total", "Sent", ["gateway"])
    counter.add('a"b\\c\nd')
    assert list(counter.lines())[2] == 'bw_sent_total{gateway="a\\"b\\\\c\\nd"} 1'


def test_a_gauge_is_read_when_asked() -> None:
    depth = [3.5]
    gauge = Gauge("bw_outbox", "Outbox", lambda: depth[0])
    assert list(gauge.lines())[-1] == "bw_outbox 3.5"
    depth[0] = 4
    assert list(gauge.lines())[-1] == "bw_outbox 4"


def test_a_gauge_that_cannot_be_read_is_no_number() -> None:
    registry = MetricRegistry()
    registry.add(Gauge("tickets_open", "Open tickets", lambda: math.nan))
    assert "tickets_open NaN" in registry.text()


def test_a_histogram_counts_up_to_and_including_each_bound() -> None:
    histogram = Histogram("bw_ack_seconds", "Acks", bounds_s=[0.1, 1])
    for duration_s in (0.05, 0.1, 0.5, 2):
        histogram.observe(duration_s)
    assert list(histogram.lines())[2:] == [
        'bw_ack_seconds_bucket{le="0.1"} 2',
        'bw_ack_seconds_bucket{le="1"} 3',
        'bw_ack_seconds_bucket{le="+Inf"} 4',
        "bw_ack_seconds_sum 2.65",
        "bw_ack_seconds_count 4",
    ]


def test_a_name_is_taken_once() -> None:
    registry = MetricRegistry()
    registry.add(Counter("bw_ticks_total", "Ticks"))
    with pytest.raises(ValueError, match="already"):
        registry.add(Counter("bw_ticks_total", "Ticks"))


def test_ids_in_a_label_are_refused_before_memory_fills() -> None:
    counter = Counter("bw_sent_total", "Sent", ["reference"])
    for number in range(SERIES_MAX):
        counter.add(f"BW-{number}")
    with pytest.raises(TooManySeries, match="ids"):
        counter.add("BW-one-more")


def test_a_forgotten_label_is_refused() -> None:
    with pytest.raises(ValueError, match="gateway"):
        Counter("bw_sent_total", "Sent", ["gateway"]).add()
