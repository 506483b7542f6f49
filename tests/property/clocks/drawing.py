"""What the invariants are tried on: calendars of fourteen zones, instants, durations, pauses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from protocols.time.calendar import BusinessCalendar, Pause, Window
from protocols.time.durations import Duration, DurationKind

ZONES = (
    "UTC",
    "America/New_York",
    "America/Sao_Paulo",
    "America/St_Johns",
    "America/Havana",
    "Europe/Berlin",
    "Europe/Dublin",
    "Africa/Casablanca",
    "Asia/Kolkata",
    "Asia/Beirut",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Antarctica/Troll",
    "Atlantic/Azores",
)
NOTHING = timedelta(0)
FIRST = datetime(2011, 1, 1, tzinfo=UTC)
FEW, MANY = 15, 1000


def law(
    *drawn: st.SearchStrategy[Any], few: int = FEW, many: int = MANY
) -> Callable[[Callable[..., None]], Callable[[int], None]]:
    """Make a property a test over a few examples, and over many in the full suite."""

    def made(holds: Callable[..., None]) -> Callable[[int], None]:
        @pytest.mark.parametrize("examples", [few, pytest.param(many, marks=pytest.mark.full)])
        def test(examples: int) -> None:
            settings(max_examples=examples)(given(*drawn)(holds))()

        test.__name__, test.__doc__ = holds.__name__, holds.__doc__
        return test

    return made


@st.composite
def windows(draw: st.DrawFn) -> tuple[Window, ...]:
    """Draw the hours of a weekday: none, or one or two windows in quarters of an hour."""
    edges = draw(st.lists(st.integers(0, 96), max_size=4, unique=True).map(sorted))
    pairs = zip(edges[::2], edges[1::2], strict=False)
    return tuple(Window(15 * opens, 15 * closes) for opens, closes in pairs)


@st.composite
def calendars(draw: st.DrawFn) -> BusinessCalendar:
    """Draw a calendar that is open on two weekdays at least, with up to six closed days."""
    week = tuple(draw(windows()) for _ in range(7))
    assume(sum(bool(day) for day in week) >= 2)
    closed = draw(st.frozensets(st.dates(date(2011, 1, 1), date(2027, 12, 31)), max_size=6))
    return BusinessCalendar(draw(st.sampled_from(ZONES)), week, closed)


instants = st.integers(0, 16 * 365 * 24 * 60).map(lambda minute: FIRST + timedelta(minutes=minute))
lengths = st.integers(0, 20 * 60).map(lambda minutes: timedelta(minutes=minutes))
counted = st.sampled_from((DurationKind.WEEKDAY_TIME, DurationKind.BUSINESS_TIME))
spans = st.builds(
    lambda kind, minutes: Duration(kind, 60 * minutes),
    st.sampled_from((DurationKind.ELAPSED, DurationKind.WEEKDAY_TIME, DurationKind.BUSINESS_TIME)),
    st.integers(1, 20 * 60),
)
durations = st.one_of(
    spans,
    st.integers(1, 6).map(lambda days: Duration(DurationKind.BUSINESS_DAYS, days)),
    st.just(Duration(DurationKind.SAME_BUSINESS_DAY, 0)),
)


@st.composite
def pauses_after(draw: st.DrawFn, start: datetime, most: int = 3) -> tuple[Pause, ...]:
    """Draw pauses that have ended, in order and apart, the first not before a start."""
    found: list[Pause] = []
    at = start
    for _ in range(draw(st.integers(0, most))):
        from_at = at + draw(lengths)
        at = from_at + draw(lengths)
        found.append(Pause(from_at, at))
        at += timedelta(minutes=1)
    return tuple(found)
