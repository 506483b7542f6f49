"""Whoever is away is not asked: by the directory's dates, their own word, or their Slack status."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.slack.users import away_until
from protocols.kernel.context import Context
from protocols.people.absences import FOR_EVER
from protocols.people.directory import DaysAway, Directory
from protocols.people.out_of_office import says_out_of_office
from protocols.people.people import Actor, Standing, Who
from protocols.people.refusals import AwayTime, NotAway, PersonAway
from protocols.people.swapping import swapped
from protocols.people.swaps import AWAY, BACK, Swap
from tests.kit.rules_incident import calendar, instant, people, policy

ONE, TWO = Who("csm-one", "CSM One"), Who("csm-two", "CSM Two")


NOON = instant("12:00")


def on(
    now: datetime,
    *swaps: Swap,
    away: tuple[DaysAway, ...] = (),
    statuses: Mapping[str, datetime] | None = None,
) -> Context:
    """Return a context with some absences of CSM One."""
    named = tuple(
        replace(each, away=away) if each.key == ONE.key else each for each in people().people
    )
    return Context(
        now,
        Actor(ONE, Standing.MEMBER, frozenset({"csm"})),
        policy(),
        Directory(named, people().teams, people().accounts),
        calendar(),
        swaps=swaps,
        statuses=statuses or {},
    )


def first_csm(ctx: Context) -> str:
    found = ctx.first_on_duty("csm")
    return found.key if found is not None else ""


def test_nobody_is_away_of_whom_nothing_says_so() -> None:
    assert first_csm(on(NOON)) == "csm-one"
    assert on(NOON).away_until("csm-one") is None


def test_on_the_days_of_the_directory_the_next_is_asked_and_both_ends_count() -> None:
    days = (DaysAway(date(2026, 12, 21), date(2026, 12, 23)),)
    evening = datetime(2026, 12, 24, 4, 30, tzinfo=UTC)  # still the 23rd in New York
    assert first_csm(on(datetime(2026, 12, 21, 6, tzinfo=UTC), away=days)) == "csm-two"
    assert on(evening, away=days).away_until("csm-one") == datetime(2026, 12, 24, 5, tzinfo=UTC)
    assert first_csm(on(evening + timedelta(hours=1), away=days)) == "csm-one"


def test_by_their_own_word_somebody_is_away_until_its_end_or_until_they_are_back() -> None:
    later = NOON + timedelta(hours=6)
    said = swapped(AWAY, ONE, later, on(NOON))
    assert first_csm(on(NOON, said)) == "csm-two"
    assert first_csm(on(later, said)) == "csm-one"
    back = swapped(BACK, ONE, NOON, on(NOON + timedelta(hours=1), said))
    assert first_csm(on(NOON + timedelta(hours=1), said, back)) == "csm-one"


def test_their_own_word_that_they_are_back_ends_the_days_of_the_directory_too() -> None:
    days = (DaysAway(NOON.date(), NOON.date()),)
    back = swapped(BACK, ONE, NOON, on(NOON, away=days))
    assert first_csm(on(NOON, back, away=days)) == "csm-one"


def test_an_absence_ends_in_the_future_and_only_who_is_away_comes_back() -> None:
    with pytest.raises(AwayTime):
        swapped(AWAY, ONE, NOON, on(NOON))
    with pytest.raises(NotAway):
        swapped(BACK, ONE, NOON, on(NOON))


def test_a_duty_is_not_given_to_who_is_away() -> None:
    ctx = on(NOON, statuses={"csm-two": FOR_EVER})
    with pytest.raises(PersonAway) as refused:
        swapped("csm", TWO, NOON + timedelta(hours=1), ctx)
    assert refused.value.facts["until_at"] is None


def test_a_status_counts_until_its_end() -> None:
    ends = NOON + timedelta(hours=1)
    assert first_csm(on(NOON, statuses={"csm-one": ends})) == "csm-two"
    assert first_csm(on(ends, statuses={"csm-one": ends})) == "csm-one"


@pytest.mark.parametrize(
    ("status", "is_out"),
    [
        ("Out of office", True),
        ("OOO until Monday", True),
        ("Vacationing", True),
        ("Out sick", True),
        ("on parental leave", True),
        ("On holiday, back on the 5th", True),
        ("Working remotely", False),
        ("In a meeting", False),
        ("back from vacation", False),
        ("not on vacation", False),
        ("planning the holiday party", False),
        ("", False),
    ],
)
def test_a_status_says_out_of_office_or_does_not(status: str, is_out: bool) -> None:
    assert says_out_of_office(status) is is_out


@pytest.mark.parametrize(
    ("profile", "ends"),
    [
        ({"status_text": "Out of office", "status_expiration": int(NOON.timestamp())}, NOON),
        ({"status_text": "OOO", "status_expiration": 0}, FOR_EVER),
        ({"status_text": "Lunch", "presence": "away"}, None),
        ({}, None),
    ],
)
def test_the_end_of_a_status_is_read_and_presence_says_nothing(
    profile: dict[str, Any], ends: datetime | None
) -> None:
    assert away_until(profile) == ends
