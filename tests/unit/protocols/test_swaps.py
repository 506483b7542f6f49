"""A duty changes hands until an instant: who is asked then, and who may take it over."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from protocols.holds.events import ConfirmStopped, HoldKind, PlaceHold
from protocols.kernel.context import Context
from protocols.kernel.effects import Dm
from protocols.kernel.refusals import AlreadyDone, NotAllowed
from protocols.people import swaps
from protocols.people.directory import Directory
from protocols.people.people import Who
from protocols.people.refusals import DutyUnknown, PersonUnknown, SwapTime
from protocols.people.swapping import WITH_RIGHTS, swapped
from protocols.people.swaps import Swap, next_at
from protocols.policy.policy import Policy
from tests.kit.rules_incident import REF, Incident, actor, calendar, instant, people, policy, who

LEAD = "engineering-lead"
UNTIL = instant("18:00")


def ctx(*standing: Swap, at: str = "14:02", by: str = "cs-manager-one") -> Context:
    return Context(instant(at), actor(by), policy(), people(), calendar(), swaps=standing)


def asked(duty: str, person: str, *before: Swap, until: datetime = UNTIL) -> Swap:
    return swapped(duty, who(person), until, ctx(*before))


def first(duty: str, *standing: Swap, at: str = "14:30") -> str:
    found = ctx(*standing, at=at).first_on_duty(duty)
    return found.key if found is not None else ""


def test_who_takes_over_is_first_on_duty_until_then_and_the_other_is_not_asked() -> None:
    swap = asked("csm", "csm-two")
    assert (swap.person, swap.instead) == (who("csm-two"), who("csm-one"))
    assert first("csm", swap) == "csm-two"
    assert "csm-one" not in {each.key for each in ctx(swap).on_duty("csm")}
    assert first("csm", swap, at="17:59:59") == "csm-two"
    assert first("csm", swap, at="18:00") == "csm-one"
    assert first("csm") == "csm-one"


def test_one_without_the_duty_may_be_asked_for_it() -> None:
    assert first(LEAD, asked(LEAD, "engineer-one")) == "engineer-one"


def test_a_later_swap_wins_and_the_earlier_one_stands_again_after_it() -> None:
    long = asked(LEAD, "engineer-one")
    short = asked(LEAD, "support-one", long, until=instant("15:00"))
    assert short.instead == who("engineer-one")
    assert first(LEAD, long, short) == "support-one"
    assert first(LEAD, long, short, at="15:00") == "engineer-one"


def test_a_duty_can_be_given_back_before_its_time() -> None:
    there = asked("csm", "csm-two")
    back = asked("csm", "csm-one", there)
    assert first("csm", there, back) == "csm-one"


def test_a_swap_is_made_longer_for_the_same_two_people() -> None:
    swap = asked("csm", "csm-two")
    longer = asked("csm", "csm-two", swap, until=instant("20:00"))
    assert longer.instead == who("csm-one")
    assert first("csm", swap, longer, at="19:00") == "csm-two"


def test_whoever_is_asked_by_duty_is_asked_by_the_swap() -> None:
    swap = asked("payments-operations", "engineer-one")
    incident = Incident.open()
    incident.ctx = replace(incident.ctx, swaps=(swap,))
    incident.by("csm-one", PlaceHold(REF, HoldKind.TRANSACTION, "copies"))
    assert [e.to for e in incident.told("stop_ask")] == [Dm(who("engineer-one"))]
    incident.by("engineer-one", ConfirmStopped(REF, 1, "Engineer One"))


def test_an_unknown_duty_names_those_there_are() -> None:
    with pytest.raises(DutyUnknown) as refused:
        asked("lead", "engineer-one")
    assert LEAD in str(refused.value.facts["known"])


@pytest.mark.parametrize("until", [instant("14:02"), instant("13:00"), instant("14:03", 24)])
def test_an_end_that_is_past_or_too_far_is_refused(until: datetime) -> None:
    with pytest.raises(SwapTime):
        asked(LEAD, "engineer-one", until=until)


def test_one_who_cannot_be_reached_or_is_not_in_the_directory_is_refused() -> None:
    away = replace(ctx(), unreachable=frozenset({"engineer-one"}))
    with pytest.raises(PersonUnknown):
        swapped(LEAD, who("engineer-one"), UNTIL, away)
    with pytest.raises(PersonUnknown):
        swapped(LEAD, Who("U1", "Someone"), UNTIL, ctx())


@pytest.mark.parametrize("duty", WITH_RIGHTS)
def test_a_duty_with_rights_stays_with_those_the_directory_names(duty: str) -> None:
    with pytest.raises(NotAllowed):
        asked(duty, "engineer-one")


def test_who_is_first_on_duty_anyway_needs_no_swap() -> None:
    with pytest.raises(AlreadyDone):
        asked("csm", "csm-one")


def test_a_swap_of_someone_who_left_the_directory_falls_away() -> None:
    gone = Swap(LEAD, Who("former", "Former"), who("engineering-lead-one"), who("csm-one"),
                instant("14:00"), UNTIL)  # fmt: skip
    assert first(LEAD, gone) == "engineering-lead-one"
    assert swaps.on_duty(Directory(), LEAD, UNTIL, (gone,)) == ()


@pytest.mark.parametrize(
    ("clock", "zone", "expected"),
    [
        (time(18), "America/New_York", instant("23:00")),
        (time(18), "UTC", instant("18:00")),
        (time(9), "America/New_York", instant("14:00", 24)),
        (time(9, 2), "America/New_York", instant("14:02", 24)),
        (time(6), "Asia/Singapore", instant("22:00")),
    ],
)
def test_a_time_is_the_next_one_of_its_clock(clock: time, zone: str, expected: datetime) -> None:
    assert next_at(clock, zone, instant("14:02")) == expected


def test_a_policy_older_than_swaps_bounds_them_by_the_clock_alone() -> None:
    body = policy().body.replace('"duties":{"swap_at_most":"24h"},', "")
    assert body != policy().body
    assert Policy.from_body(body).duties.swap_at_most is None
    assert policy().duties.swap_at_most == timedelta(hours=24)
