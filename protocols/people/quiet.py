"""When one of us is left in peace: outside of their duty, until the morning's list. Source: D45."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time

from protocols.kernel.context import Context
from protocols.people import swaps
from protocols.people.directory import Person
from protocols.time.calendar import Window

_LIST_LASTS_MINUTES = 1


def quiet_until(key: str, at: datetime, ctx: Context) -> datetime | None:
    """Return when one of us hears what waits, None where they are told at once.

    It is the morning's list on a working day of theirs, or the beginning of their next duty when
    that comes first. Who has no duty at all works when the desk does, in their own zone.
    """
    person = ctx.directory.person(ctx.key_of(key))
    if _is_on(person, key, at, ctx):
        return None
    return min((_list_at(person, key, at, ctx), *_begins(person, key, at, ctx)))


def zone_of(person: Person | None, key: str, ctx: Context) -> str:
    """Return the zone in which somebody reads times: Slack's, else their duty's, else ours."""
    duties = person.duties if person is not None else ()
    of_duty = next((each.zone for each in duties if each.zone), None)
    return ctx.zones.get(ctx.key_of(key)) or of_duty or ctx.policy.calendar.zone


def _is_on(person: Person | None, key: str, at: datetime, ctx: Context) -> bool:
    if person is None or not person.duties:
        zone = zone_of(person, key, ctx)
        is_open = replace(ctx.calendar, zone=zone).is_open(at)
        return is_open or _has_taken_over(key, at, ctx)
    names = {duty.name for duty in person.duties}
    return _has_taken_over(key, at, ctx) or any(
        person in swaps.on_duty(ctx.directory, name, at, ctx.swaps) for name in names
    )


def _has_taken_over(key: str, at: datetime, ctx: Context) -> bool:
    """Say whether somebody stands in for another now."""
    taken = (each for each in ctx.swaps if each.duty not in (swaps.AWAY, swaps.BACK))
    return any(ctx.same(each.person.key, key) and each.is_on(at) for each in taken)


def _list_at(person: Person | None, key: str, at: datetime, ctx: Context) -> datetime:
    minute = ctx.policy.quiet.list_at
    day = (Window(minute, minute + _LIST_LASTS_MINUTES),)
    calendar = replace(ctx.calendar, zone=zone_of(person, key, ctx), week=(day,) * 5 + ((),) * 2)
    return calendar.next_opening(at)


def _begins(person: Person | None, key: str, at: datetime, ctx: Context) -> Iterator[datetime]:
    """Yield when each duty of somebody begins next; the desk's hours for who has none."""
    if person is None or not person.duties:
        yield replace(ctx.calendar, zone=zone_of(person, key, ctx)).next_opening(at)
        return
    for duty in person.duties:
        if duty.hours is not None:
            hour, minute = divmod(duty.hours.from_minute, 60)
            yield swaps.next_at(time(hour, minute), duty.zone or "UTC", at)
