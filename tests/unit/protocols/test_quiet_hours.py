"""What comes outside of one's duty waits for the morning's list, and nothing of it is lost. D45."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.files.directory import directory_of
from protocols.digest.turns import TellingTurn, held_until
from protocols.digest.urgent import is_told_at_once, wakes
from protocols.opening.events import Opening
from protocols.people.people import Staff, Who
from protocols.people.quiet import quiet_until
from protocols.people.swaps import AWAY, Swap
from protocols.scales import Impact, Severity, Signal, Tier
from protocols.ticket import TicketHead
from tests.kit.rules_incident import Incident, instant

DUTIES: dict[str, list[object]] = {
    "by-day": [{"duty": "csm", "hours": "09:00-17:00", "zone": "America/New_York"}],
    "by-night": [{"duty": "support", "hours": "16:00-02:00", "zone": "America/New_York"}],
    "always": ["engineer"],
    "without": [],
}
DIRECTORY = directory_of(
    {
        "people": {
            key: {"name": key, "email": f"{key}@vendor.example", "duties": duties}
            for key, duties in DUTIES.items()
        }
    }
)
CTX = replace(Incident.open().ctx, directory=DIRECTORY, unreachable=frozenset())
MONDAY_EVENING = instant("22:30")
"""17:30 in New York, before Thanksgiving."""


def day(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}+00:00")


@pytest.mark.parametrize(
    ("who", "at", "told_at"),
    [
        ("by-day", "11-23T15:00", None),
        ("by-day", "11-23T22:30", "11-24T13:45"),
        ("by-day", "11-24T13:50", "11-24T14:00"),  # the list has gone: duty begins next
        ("by-night", "11-23T22:30", None),
        ("by-night", "11-24T15:00", "11-24T21:00"),  # the list has gone: duty begins next
        ("always", "11-24T03:00", None),
        ("without", "11-23T15:00", None),
        ("without", "11-23T23:00", "11-24T13:45"),
        ("without", "11-25T23:00", "11-27T13:45"),  # the day between is a holiday
        ("without", "11-27T23:00", "11-30T13:45"),  # and then a weekend
    ],
)
def test_who_is_outside_of_their_duty_hears_it_in_the_morning(
    who: str, at: str, told_at: str | None
) -> None:
    assert quiet_until(who, day(at), CTX) == (day(told_at) if told_at else None)


def test_the_morning_is_that_of_the_readers_own_zone() -> None:
    there = replace(CTX, zones={"without": "Europe/Berlin"})
    assert quiet_until("without", day("11-23T23:00"), there) == day("11-24T07:45")


def test_whoever_stands_in_for_another_is_told_at_once() -> None:
    who, at = Who("without", "without"), day("11-23T23:00")
    ends = at + timedelta(hours=1)
    taken = replace(CTX, swaps=(Swap("csm", who, None, who, at, ends),))
    assert quiet_until("without", at, taken) is None
    away = replace(CTX, swaps=(Swap(AWAY, who, None, who, at, ends),))
    assert quiet_until("without", at, away) is not None


def test_what_would_be_told_in_the_night_waits_for_the_morning() -> None:
    who = Staff(Who("by-day", "by-day"))
    late = replace(CTX, now=day("11-23T21:50"))
    turn = TellingTurn(late.now - timedelta(minutes=5))
    assert held_until(turn, who, late) == day("11-24T13:45")
    assert held_until(turn, who, late, wakes=True) is None


def test_a_list_that_waits_for_the_morning_holds_nothing_back_once_duty_has_begun() -> None:
    who = Staff(Who("by-day", "by-day"))
    by_day = replace(CTX, now=day("11-23T15:00"))
    assert held_until(TellingTurn(None, day("11-24T13:45")), who, by_day) is None


@pytest.mark.parametrize("tier", Tier)
@pytest.mark.parametrize("severity", Severity)
@pytest.mark.parametrize("signal", [None, Signal.PAYMENT_RUN_MISSED, Signal.AUDIT_REQUEST])
def test_tier_3_and_4_critical_and_payment_runs_do_not_wait_for_the_morning(
    tier: Tier, severity: Severity, signal: Signal | None
) -> None:
    ticket = Incident.open().ticket
    opening = replace(ticket.of(Opening), signal=signal, impacts=frozenset(), severity=severity)
    head = replace(ticket.of(TicketHead), tier=tier, severity=severity)
    there = ticket.having(opening).having(head)
    urgent = tier.has_bridge or severity is Severity.CRITICAL
    assert wakes(there) == (urgent or signal is Signal.PAYMENT_RUN_MISSED)
    assert is_told_at_once(there) == tier.has_bridge
    blocked = replace(opening, impacts=frozenset({Impact.PAYMENTS_BLOCKED}))
    assert wakes(there.having(blocked))


class Morning:
    """One person who is told things, as the engine and their digest do it."""

    def __init__(self, person: Staff) -> None:
        self.person = person
        self.at: dict[int, datetime] = {}
        self.turn = TellingTurn()
        self.waiting: list[int] = []
        self.due: datetime | None = None

    def comes(self, number: int, at: datetime, *, urgent: bool) -> None:
        """Tell something, or hold it."""
        self.passes(at)
        until = held_until(self.turn, self.person, replace(CTX, now=at), wakes=urgent)
        if until is None:
            self.at[number], self.turn = at, TellingTurn(at)
            return
        self.waiting.append(number)
        self.due = until if self.due is None else min(self.due, until)
        self.turn = replace(self.turn, until=until)

    def passes(self, until: datetime) -> None:
        """Tell all that waits, once it is due."""
        if self.due is not None and self.due <= until:
            self.at.update(dict.fromkeys(self.waiting, self.due))
            self.turn, self.due = TellingTurn(self.due), None
            self.waiting.clear()


MESSAGES = st.lists(st.tuples(st.integers(0, 7 * 24 * 60), st.booleans()), max_size=40)


@given(MESSAGES, st.sampled_from(sorted(DUTIES)))
def test_whatever_waits_is_told_once_and_never_at_night(
    messages: list[tuple[int, bool]], who: str
) -> None:
    told, began = Morning(Staff(Who(who, who))), day("11-23T14:00")
    ordered = sorted(messages)
    for number, (minute, urgent) in enumerate(ordered):
        told.comes(number, began + timedelta(minutes=minute), urgent=urgent)
    told.passes(began + timedelta(days=30))
    assert sorted(told.at) == list(range(len(ordered)))
    for number, at in told.at.items():
        minute, urgent = ordered[number]
        wanted = began + timedelta(minutes=minute)
        most = CTX.policy.collect.messages if urgent else timedelta(days=4)
        assert wanted <= at <= wanted + most
        assert urgent or quiet_until(who, at, CTX) in (None, at)
