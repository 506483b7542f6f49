"""Durations are read as people write them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from protocols.time.durations import (
    Duration,
    DurationKind,
    DurationRange,
    DurationRefused,
    parse_duration,
    parse_range,
)


@pytest.mark.parametrize(
    ("text", "kind", "amount"),
    [
        ("60s", DurationKind.ELAPSED, 60),
        ("15m", DurationKind.ELAPSED, 900),
        (" 48 H ", DurationKind.ELAPSED, 172_800),
        ("2 days", DurationKind.ELAPSED, 172_800),
        ("4 business hours", DurationKind.BUSINESS_TIME, 14_400),
        ("30  Business minutes", DurationKind.BUSINESS_TIME, 1800),
        ("4 weekday hours", DurationKind.WEEKDAY_TIME, 14_400),
        ("2 weekday days", DurationKind.WEEKDAY_TIME, 172_800),
        ("1 business day", DurationKind.BUSINESS_DAYS, 1),
        ("same business day", DurationKind.SAME_BUSINESS_DAY, 0),
    ],
)
def test_a_duration_is_read(text: str, kind: DurationKind, amount: int) -> None:
    assert parse_duration(text) == Duration(kind, amount)


@pytest.mark.parametrize(
    "text",
    ["", "15", "m", "0m", "-5m", "1.5h", "five minutes", "15 years", "٣m", "401 days", "1h30m"],
)
def test_what_is_no_duration_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(DurationRefused) as refused:
        parse_duration(text)
    assert str(refused.value).endswith(".")


def test_a_bare_number_is_refused_because_it_has_no_unit() -> None:
    with pytest.raises(DurationRefused, match="15 has no unit"):
        parse_duration(15)


@pytest.mark.parametrize(
    ("text", "target", "breach"),
    [
        ("24h-48h", "24 hours", "48 hours"),
        ("24-48h", "24 hours", "48 hours"),
        ("2-3 business days", "2 business days", "3 business days"),
        ("2 business days - 3 business days", "2 business days", "3 business days"),
        ("24h-24h", "24h", "24h"),
        ("5 business days", "5 business days", "5 business days"),
    ],
)
def test_a_range_is_a_target_and_a_breach(text: str, target: str, breach: str) -> None:
    assert parse_range(text) == DurationRange(parse_duration(target), parse_duration(breach))


@pytest.mark.parametrize("text", ["48h-24h", "24h-2 business days", "-24h", "24h-"])
def test_a_crooked_range_is_refused(text: str) -> None:
    with pytest.raises(DurationRefused):
        parse_range(text)


_BACK = [
    "1 hour",
    "90 minutes",
    "1 second",
    "4 business hours",
    "1 business minute",
    "48 weekday hours",
    "31 weekday seconds",
    "1 business day",
    "2 business days",
    "same business day",
]


@pytest.mark.parametrize("text", _BACK)
def test_a_duration_reads_back_as_it_prints(text: str) -> None:
    assert str(parse_duration(text)) == text
    assert parse_duration(str(parse_duration(text))) == parse_duration(text)


def test_a_duration_may_be_as_long_as_four_hundred_days() -> None:
    assert parse_duration("400 days").span == timedelta(days=400)
    with pytest.raises(DurationRefused, match=r'^"401 days" is longer than 400 days\.$'):
        parse_duration("401 days")


def test_what_stands_after_the_first_dash_is_read_as_the_second_figure() -> None:
    with pytest.raises(DurationRefused, match=r'^"48h-72h" is not a duration'):
        parse_range("24h-48h-72h")


def test_business_days_have_no_length_in_hours() -> None:
    assert parse_duration("4 business hours").span == timedelta(hours=4)
    with pytest.raises(DurationRefused):
        _ = parse_duration("2 business days").span


def test_what_runs_day_and_night_can_rest_on_closed_days_and_nothing_else_changes() -> None:
    assert parse_range("24h-48h").on_weekdays == parse_range("24 weekday hours-48 weekday hours")
    for text in ("4 business hours", "2 business days", "same business day", "4 weekday hours"):
        assert parse_duration(text).on_weekdays == parse_duration(text)


GAP = " " * 70
QUOTED = [
    (parse_duration, f"0{GAP}h", 40, "is no time at all"),
    (parse_duration, f"900{GAP}d", 40, "is longer than"),
    (parse_duration, "x" * 70, 40, "is not a duration"),
    (parse_range, f"3{GAP}h-2h", 60, "the second"),
    (parse_range, f"2{GAP}h-3 business days", 60, "mixes"),
]


@pytest.mark.parametrize(("reads", "text", "length", "said"), QUOTED)
def test_a_long_text_is_quoted_by_its_beginning(
    reads: Callable[[object], object], text: str, length: int, said: str
) -> None:
    with pytest.raises(DurationRefused, match=said) as refused:
        reads(text)
    assert str(refused.value).startswith(f'"{text[:length]}"')


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("24h-48h", "24 to 48 hours"),
        ("1-2 business days", "1 to 2 business days"),
        ("30m-2h", "30 minutes to 2 hours"),
        ("4 business hours", "4 business hours"),
    ],
)
def test_a_range_reads_as_it_is_published(text: str, published: str) -> None:
    assert str(parse_range(text)) == published
