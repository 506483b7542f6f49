"""A policy whose times its calendars never reach is refused with its line: no clock is endless."""

from __future__ import annotations

import pytest

from bot.files.policy import DEFAULT_POLICY, PolicyFileRefused, parse_policy

HOURS = '"09:00-17:00"'
OTHERS = ("tuesday", "wednesday", "thursday", "friday")


def written(**changes: tuple[str, str]) -> bytes:
    """Return the policy of the product with other lines."""
    text = DEFAULT_POLICY.read_text()
    for was, is_now in changes.values():
        assert was in text
        text = text.replace(was, is_now, 1)
    return text.encode()


def only_monday(hours: str) -> dict[str, tuple[str, str]]:
    closed = {day: (f"{day}: [{HOURS}]", f"{day}: []") for day in OTHERS}
    return {**closed, "monday": (f"monday: [{HOURS}]", f'monday: ["{hours}"]')}


def test_a_minute_a_week_holds_no_business_hours() -> None:
    with pytest.raises(PolicyFileRefused, match=r"calendar\.hours: .* is not over within a year"):
        parse_policy(written(**only_monday("09:00-09:01")))


@pytest.mark.parametrize(
    ("was", "is_now"),
    [
        ("resolve: 5 business days # S116", "resolve: 300 business days # S116"),
        ("reply: 4 business hours # S4", "reply: 3000 business hours # S4"),
        ("resolve: 24h-48h # S71", "resolve: 24h-9000h # S71"),
    ],
)
def test_a_time_of_more_than_a_year_is_refused(was: str, is_now: str) -> None:
    with pytest.raises(PolicyFileRefused, match="is not over within a year"):
        parse_policy(written(changed=(was, is_now)))


def test_a_further_calendar_is_held_to_the_same() -> None:
    days = "".join(f"      {day}: []\n" for day in (*OTHERS, "saturday", "sunday"))
    hours = f'    hours:\n      monday: ["09:00-09:01"]\n{days}'
    berlin = f"calendars:\n  berlin:\n    name: Berlin\n    zone: Europe/Berlin\n{hours}"
    lists = "    closed_days: []\n    open_days: []\n"
    body = written(changed=("\ntier1:", f"\n{berlin}{lists}\ntier1:"))
    with pytest.raises(PolicyFileRefused, match=r"calendars\.berlin\.hours"):
        parse_policy(body)


def test_a_desk_that_opens_one_day_a_week_may() -> None:
    assert parse_policy(written(**only_monday("09:00-17:00"))).calendar.week[1] == ()
