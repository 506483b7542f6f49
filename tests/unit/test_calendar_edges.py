"""What a calendar refuses, and what it answers at its very edges: gaps, closings, horizons.

Source: S117, D3.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.engine.calendars import calendar_of
from bot.files.policy import load_policy
from protocols.policy.rules import CloseRule
from protocols.scales import Category, Severity, Tier
from protocols.time.calendar import (
    BeyondCalendar,
    BusinessCalendar,
    CalendarRefused,
    NoWorkingTime,
    Pause,
    Window,
)
from protocols.time.closes import CloseDays, is_closing
from protocols.time.durations import DurationRefused, parse_duration
from protocols.time.pauses import merged
from protocols.time.targets import Measure, NothingBinds, TicketFacts, binding, targets
from protocols.time.walls import in_utc

POLICY = load_policy()
DESK = calendar_of(POLICY.calendar, date(2026, 11, 23))
WORKDAY = (Window(540, 1020),)
WEEK = (WORKDAY,) * 5 + ((), ())


def utc(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=UTC)


@pytest.mark.parametrize(("opens", "closes"), [(540, 540), (600, 540), (-1, 60), (0, 1441)])
def test_an_empty_a_reversed_and_a_longer_window_are_refused(opens: int, closes: int) -> None:
    with pytest.raises(CalendarRefused, match=r"^A window opens before it closes, within one day"):
        Window(opens, closes)


def test_a_window_may_be_the_whole_day() -> None:
    assert Window(0, 1440).closes_minute == 1440


@pytest.mark.parametrize("days", [6, 8])
def test_a_week_has_seven_days(days: int) -> None:
    with pytest.raises(CalendarRefused, match=r"^A week has seven days, Monday first\.$"):
        BusinessCalendar("UTC", (WORKDAY,) * days)


def test_a_week_that_never_opens_is_refused_at_once() -> None:
    with pytest.raises(NoWorkingTime, match=r"^No weekday has opening hours, so no clock"):
        BusinessCalendar("UTC", ((),) * 7)


def test_a_zone_that_is_none_is_refused() -> None:
    with pytest.raises(LookupError):
        BusinessCalendar("Mars/Olympus", WEEK)


def test_no_duration_is_negative() -> None:
    with pytest.raises(CalendarRefused, match=r"^A duration is not negative\.$"):
        DESK.add(utc("2026-11-23 15:00"), timedelta(microseconds=-1))


def closed(days: int) -> BusinessCalendar:
    """Return a week closed for so many days from Monday 23 November, seen ten days ahead."""
    first = date(2026, 11, 23)
    shut = frozenset(first + timedelta(days=day) for day in range(days))
    return BusinessCalendar("UTC", WEEK, shut, horizon_days=10)


def test_beyond_its_horizon_a_calendar_says_that_nothing_opens() -> None:
    start = utc("2026-11-23 08:00")
    assert closed(10).next_opening(start) == utc("2026-12-03 09:00")
    with pytest.raises(NoWorkingTime, match=r"^Nothing opens within 10 days\.$"):
        closed(11).next_opening(start)
    with pytest.raises(NoWorkingTime, match=r"1:00:00 of business time is not reached within 10"):
        closed(11).add(start, timedelta(hours=1))
    with pytest.raises(NoWorkingTime, match=r"^There are too few business days within 10 days\.$"):
        closed(0).add_days(start, 9)
    assert closed(0).add_days(start, 8) == utc("2026-12-03 09:00")


def test_no_business_day_later_is_the_next_opening() -> None:
    assert DESK.add_days(utc("2026-11-21 12:00"), 0) == utc("2026-11-23 14:00")


def test_a_wall_time_after_the_last_closing_is_that_closing() -> None:
    short_tuesday = BusinessCalendar("UTC", (WORKDAY, (Window(540, 720),), *WEEK[2:]))
    assert short_tuesday.add_days(utc("2026-11-23 16:00"), 1) == utc("2026-11-24 12:00")
    lunch = (Window(540, 720), Window(780, 1020))
    with_lunch = BusinessCalendar("UTC", (WORKDAY, lunch, *WEEK[2:]))
    assert with_lunch.add_days(utc("2026-11-23 12:30"), 1) == utc("2026-11-24 13:00")
    assert with_lunch.add_days(utc("2026-11-23 12:00"), 1) == utc("2026-11-24 12:00")


def test_the_known_days_are_known_to_their_ends() -> None:
    known = BusinessCalendar(
        "UTC", WEEK, known_from=date(2026, 11, 23), known_until=date(2026, 11, 24)
    )
    assert known.opens_on(date(2026, 11, 23))
    assert known.opens_on(date(2026, 11, 24))
    for day in (date(2026, 11, 20), date(2026, 11, 25)):
        with pytest.raises(BeyondCalendar, match=f"The holidays of {day} are not known .known: "):
            known.opens_on(day)


@pytest.mark.parametrize(
    ("minute", "opens"), [(90, "06:30"), (120, "07:00"), (135, "07:00"), (165, "07:00")]
)
def test_a_time_that_the_clocks_skip_is_the_first_after_the_gap(minute: int, opens: str) -> None:
    """On 8 March 2026 New York goes from 02:00 to 03:00, at 07:00 UTC."""
    sunday = ((),) * 6 + ((Window(minute, 240),),)
    calendar = BusinessCalendar("America/New_York", sunday)
    assert calendar.next_opening(utc("2026-03-08 05:00")) == utc(f"2026-03-08 {opens}")


def test_a_time_that_comes_twice_opens_at_its_first_and_closes_at_its_second() -> None:
    """On 1 November 2026 New York has 01:30 at 05:30 and at 06:30 UTC."""
    twice = BusinessCalendar("America/New_York", ((),) * 6 + ((Window(90, 91), Window(60, 80)),))
    assert twice.next_opening(utc("2026-11-01 05:25")) == utc("2026-11-01 05:25")
    assert twice.elapsed(utc("2026-11-01 04:00"), utc("2026-11-01 12:00")) == timedelta(minutes=91)


def test_business_is_open_at_its_opening_and_not_at_its_closing() -> None:
    assert [
        DESK.is_open(utc(f"2026-11-23 {at}")) for at in ("13:59", "14:00", "21:59", "22:00")
    ] == [False, True, True, False]


def test_no_business_time_lies_between_an_instant_and_an_earlier_one() -> None:
    at = utc("2026-11-23 16:00")
    assert DESK.elapsed(at, at) == DESK.elapsed(at, at - timedelta(hours=1)) == timedelta(0)


def test_what_is_left_runs_out_and_goes_below_nothing() -> None:
    start, hours = utc("2026-11-23 15:00"), parse_duration("4 business hours")
    pause = Pause(utc("2026-11-23 16:00"), None)
    assert DESK.left(start, hours, utc("2026-11-23 16:00")) == timedelta(hours=3)
    assert DESK.left(start, hours, utc("2026-11-23 20:00")) == timedelta(hours=-1)
    assert DESK.left(start, hours, utc("2026-11-23 20:00"), [pause]) == timedelta(hours=3)
    plain = parse_duration("4h")
    assert DESK.left(start, plain, utc("2026-11-23 20:00")) == timedelta(hours=-1)
    assert DESK.left(start, plain, utc("2026-11-23 20:00"), [pause]) == timedelta(hours=3)


def test_pauses_that_touch_are_one_and_an_open_one_swallows_what_follows() -> None:
    one, two, three, four = (utc(f"2026-11-23 {hour}:00") for hour in (10, 11, 12, 13))
    assert merged([Pause(two, three), Pause(one, two)]) == (Pause(one, three),)
    assert merged([Pause(one, two), Pause(three, four)]) == (Pause(one, two), Pause(three, four))
    assert merged([Pause(one, four), Pause(two, three)]) == (Pause(one, four),)
    assert merged([Pause(one, None), Pause(two, three)]) == (Pause(one, None),)
    assert merged([Pause(one, three), Pause(two, None)]) == (Pause(one, None),)


def test_windows_that_overlap_are_one_and_those_apart_stay_two() -> None:
    """Source: I16."""
    one, inside, touching, apart = (
        Window(540, 720),
        Window(600, 660),
        Window(720, 780),
        Window(800, 900),
    )
    calendar = BusinessCalendar("UTC", ((apart, inside, touching, one),) * 7)
    assert calendar.week[0] == (Window(540, 780), apart)


def test_every_instant_is_read_in_utc_and_one_without_a_zone_is_refused() -> None:
    berlin = datetime(2026, 11, 23, 16, tzinfo=ZoneInfo("Europe/Berlin"))
    assert in_utc(berlin).tzinfo is UTC
    assert in_utc(berlin) == utc("2026-11-23 15:00")
    with pytest.raises(TypeError, match=r"^An instant carries its zone; this one has none\.$"):
        in_utc(berlin.replace(tzinfo=None))


def facts(**changes: Any) -> TicketFacts:
    at = utc("2026-11-23 15:00")
    known = {"tiers": ((Tier.ROUTINE, at),), "severity": Severity.LOW, **changes}
    return TicketFacts(at, category=Category.MARKETING_ASSETS, **known)


def test_what_is_waived_says_why_and_what_was_met_is_not_waived() -> None:
    waived = facts(waived={Measure.REPLY: "nobody waits"})
    [first, *_] = targets(POLICY, waived, DESK, [Measure.REPLY])
    assert (first.not_because, first.applies) == ("nobody waits", False)
    met = facts(waived=waived.waived, met={Measure.REPLY: utc("2026-11-23 16:00")})
    [first, *_] = targets(POLICY, met, DESK, [Measure.REPLY])
    assert (first.not_because, first.applies) == ("", True)


def test_a_tier_that_was_set_as_they_wrote_is_the_only_one_that_owes_an_answer() -> None:
    at, wrote = utc("2026-11-23 15:00"), utc("2026-11-23 16:00")
    told = facts(tiers=((Tier.ROUTINE, at), (Tier.ELEVATED, wrote)), asked_at=wrote)
    owed = targets(POLICY, told, DESK, [Measure.NEXT_REPLY])
    assert [each.rule for each in owed] == ["2 business hours · Tier 2"]
    assert [each.started_at for each in owed] == [wrote]


def test_a_promise_counts_from_when_it_was_made_and_else_from_the_opening() -> None:
    promised, made = utc("2026-11-23 18:00"), utc("2026-11-23 17:00")
    for since, words in ((made, "1 hour"), (None, "3 hours")):
        told = facts(promised_at=promised, promise_made_at=since)
        [target] = targets(POLICY, told, DESK, [Measure.UPDATE])
        assert (target.rule, target.due_at) == (f"{words} · promised to the account", promised)


def test_what_is_no_duration_is_shown_by_its_first_forty_characters() -> None:
    with pytest.raises(DurationRefused, match=rf'^"{"x" * 40}" is not a duration\. Write it as'):
        parse_duration("x" * 50)


def test_what_nobody_has_classified_owes_an_answer_as_the_lowest_tier_does() -> None:
    """Source: M17, D44."""
    wrote = utc("2026-11-23 16:00")
    [owed] = targets(POLICY, facts(tiers=(), asked_at=wrote), DESK, [Measure.NEXT_REPLY])
    assert owed.rule == "8 business hours · not classified yet"
    assert (owed.started_at, owed.source, owed.applies) == (wrote, "M17", True)


def test_a_clock_that_was_met_stood_still_until_then_and_no_longer() -> None:
    """Source: S84, D33."""
    met, hour = utc("2026-11-23 18:00"), timedelta(hours=1)
    pauses = (
        Pause(met - 2 * hour, met - hour),
        Pause(met - hour / 2, met + 9 * hour),
        Pause(met + hour, None),
    )
    told = facts(pauses=pauses, met={Measure.REPLY: met})
    first, *_ = targets(POLICY, told, DESK, [Measure.REPLY])
    assert (first.paused_for, first.stopped_since_at) == (hour * 3 / 2, None)
    still = facts(pauses=(pauses[0], Pause(met - hour / 2, None)), met=told.met)
    first, *_ = targets(POLICY, still, DESK, [Measure.REPLY])
    assert (first.paused_for, first.stopped_since_at) == (hour * 3 / 2, None)


def test_where_nobody_asked_and_no_tier_was_said_no_answer_is_owed() -> None:
    facts = TicketFacts(utc("2026-11-23 15:00"), (), Severity.LOW, Category.MARKETING_ASSETS)
    assert not [each for each in targets(POLICY, facts, DESK) if "Answer" in each.measure]
    with pytest.raises(NothingBinds, match=r"^No clock runs on this ticket now\.$"):
        binding(())


@pytest.mark.parametrize(
    ("row", "first", "last"),
    [
        (CloseRule("Month", 2, 3, frozenset()), "2026-11-27", "2026-12-03"),
        (CloseRule("Month", 1, 0, frozenset()), "2026-11-30", "2026-11-30"),
        (CloseRule("Month", 0, 1, frozenset()), "2026-12-01", "2026-12-01"),
        (CloseRule("November", 2, 3, frozenset({11})), "2026-11-27", "2026-12-03"),
    ],
)
def test_a_period_close_is_business_days_around_the_end_of_a_month(
    row: CloseRule, first: str, last: str
) -> None:
    """Thursday 26 November 2026 is a holiday; the close holds on its weekend, too. S31, D45."""
    noon = [utc("2026-11-20 17:00") + timedelta(days=day) for day in range(17)]
    found = [f"{at:%Y-%m-%d}" for at in noon if is_closing([row], (), DESK, at)]
    days = (date.fromisoformat(last) - date.fromisoformat(first)).days + 1
    assert (found[0], found[-1], len(found)) == (first, last, days)


def test_a_month_that_ends_no_period_is_no_close() -> None:
    june = CloseRule("Half-year", 2, 3, frozenset({6}))
    assert not is_closing([june], (), DESK, utc("2026-11-30 17:00"))
    assert is_closing([june], (), DESK, utc("2026-06-30 17:00"))
    assert is_closing([june], (), DESK, utc("2026-07-01 17:00"))


def test_the_days_that_an_account_names_are_in_the_zone_of_its_calendar() -> None:
    own = (CloseDays(date(2026, 12, 14), date(2026, 12, 15)),)
    at = ("2026-12-14 04:59", "2026-12-14 05:00", "2026-12-16 04:59", "2026-12-16 05:00")
    assert [is_closing((), own, DESK, utc(each)) for each in at] == [False, True, True, False]
