"""How an instant is written."""

from __future__ import annotations

from datetime import datetime

import pytest

from templates.kit import when
from tests.unit.templates.world import at


def test_a_near_instant_is_a_token_of_the_time_alone() -> None:
    shown = when.token(at("15:02"), at("14:02"))
    assert shown == "<!date^1795446120^{time}|23 Nov 2026 15:02 UTC>"


def test_at_stands_before_a_time_alone_and_not_before_today_or_a_day() -> None:
    assert when.at_token(at("15:02"), at("14:02")).startswith("at <!date^")
    assert when.at_token(at("14:10", 24), at("14:02")) == when.standing(at("14:10", 24))


def test_an_instant_more_than_twelve_hours_away_names_its_day() -> None:
    shown = when.token(at("14:10", 24), at("14:02"))
    assert shown == "<!date^1795529400^{date_short_pretty} {time}|24 Nov 2026 14:10 UTC>"


@pytest.mark.parametrize(
    ("zones", "shape"),
    [
        (("America/New_York",), "{time}"),
        (("America/New_York", "Europe/London"), "{date_short_pretty} {time}"),
    ],
)
def test_an_hour_of_another_day_for_anybody_who_reads_it_names_its_day(
    zones: tuple[str, ...], shape: str
) -> None:
    night = when.ReadAt.of(at("23:30"), zones)
    assert f"^{shape}|" in when.token(at("01:30", 24), night)
    assert when.utc(at("01:30", 24), night) == "Tue 24 Nov 01:30 UTC"


def test_what_is_read_days_after_it_was_written_always_names_its_day() -> None:
    shown = when.standing(at("15:02"))
    assert shown == "<!date^1795446120^{date_short_pretty} {time}|23 Nov 2026 15:02 UTC>"


@pytest.mark.parametrize(
    ("zone", "shown"),
    [
        ("America/New_York", "Mon 23 Nov 2026, 10:02 EST (15:02 UTC)"),
        ("Europe/Berlin", "Mon 23 Nov 2026, 16:02 CET (15:02 UTC)"),
        ("UTC", "Mon 23 Nov 2026, 15:02 UTC"),
        ("Asia/Kolkata", "Mon 23 Nov 2026, 20:32 UTC+05:30 (15:02 UTC)"),
        ("America/Chicago", "Mon 23 Nov 2026, 09:02 UTC-06:00 (15:02 UTC)"),
        ("Asia/Tokyo", "Tue 24 Nov 2026, 00:02 JST (Mon 23 Nov 15:02 UTC)"),
        ("America/Sao_Paulo", "Mon 23 Nov 2026, 12:02 UTC-03:00 (15:02 UTC)"),
    ],
)
def test_what_leaves_names_the_accounts_zone_and_utc(zone: str, shown: str) -> None:
    assert when.outward(at("15:02"), zone) == shown


def test_british_summer_time_is_written_as_a_distance() -> None:
    assert when.outward(at("15:02", 1, 7), "Europe/London").endswith("16:02 UTC+01:00 (15:02 UTC)")


@pytest.mark.parametrize(
    ("instant", "shown"),
    [
        (at("15:02"), "10:02 EST (15:02 UTC)"),
        (at("11:00", 24), "Tue 06:00 EST (11:00 UTC)"),
        (at("16:40", 1, 12), "Tue 1 Dec 11:40 EST (16:40 UTC)"),
        (at("15:02", 22), "Sun 22 Nov 10:02 EST (15:02 UTC)"),
    ],
)
def test_the_short_form_names_another_day(instant: datetime, shown: str) -> None:
    assert when.outward_brief(instant, "America/New_York", at("14:02")) == shown


def test_a_day_is_the_accounts_day() -> None:
    assert when.outward_day(at("03:00", 1, 12), "America/New_York") == "Monday 30 November 2026"


def test_records_are_written_in_utc() -> None:
    assert when.utc_full(at("14:02:10")) == "23 Nov 2026 14:02:10 UTC"


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        when.outward(at("15:02").replace(tzinfo=None), "UTC")


@pytest.mark.parametrize(
    ("minutes", "shown"), [(7, "7 min late"), (60, "1 h late"), (67, "1 h 7 min late")]
)
def test_lateness_is_told_in_minutes_and_hours(minutes: int, shown: str) -> None:
    assert when.minutes_late(minutes) == shown
