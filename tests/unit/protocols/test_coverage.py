"""When nobody has a duty: the hours in which a clock that runs day and night has no one."""

from __future__ import annotations

from datetime import UTC, date, datetime

from protocols.people.coverage import gaps
from protocols.people.directory import Directory, Person
from protocols.people.duties import Duty, hours_of

DAY = date(2026, 11, 30)


def at(day: int, hour: int, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


def desk(*duties: Duty) -> Directory:
    people = [
        Person(f"csm-{n}", f"CSM {n}", f"csm{n}@vendor.example", duties=(duty,))
        for n, duty in enumerate(duties)
    ]
    return Directory(tuple(people))


def on(hours: str, zone: str = "UTC") -> Duty:
    return Duty("csm", hours_of(hours), zone)


def test_a_duty_without_hours_leaves_no_gap() -> None:
    assert gaps(desk(Duty("csm")), "csm", DAY) == ()


def test_one_persons_day_leaves_the_night_as_one_gap() -> None:
    assert gaps(desk(on("09:00-17:00")), "csm", DAY) == ((at(30, 17), at(1, 9, month=12)),)


def test_two_people_in_two_zones_leave_what_neither_covers() -> None:
    found = gaps(desk(on("09:00-17:00"), on("09:00-17:00", "America/New_York")), "csm", DAY)
    assert found == ((at(30, 22), at(1, 9, month=12)),)


def test_hours_over_midnight_close_the_night() -> None:
    assert gaps(desk(on("09:00-17:00"), on("17:00-09:00")), "csm", DAY) == ()


def test_a_duty_that_nobody_ever_has_is_one_gap_of_a_day() -> None:
    assert gaps(desk(on("09:00-17:00")), "legal", DAY) == ((at(30, 0), at(1, 0, month=12)),)
