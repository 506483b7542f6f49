"""Whether the hours of each calendar reach the end of every time of a policy. Source: S117."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

from protocols.policy.policy import Policy
from protocols.policy.rules import CalendarRule
from protocols.policy.sections import EntryPath, EntryRefused
from protocols.time.durations import Duration, DurationKind, DurationRange

_MOST_WEEKS = 50
"""A year, less the weeks that holidays take: a calendar looks no further than 400 days ahead."""
_DAY_S = 86_400


def need_reached(policy: Policy) -> None:
    """Refuse hours in which a time of the policy would not be over within a year.

    Raises:
        EntryRefused: It names the hours.
    """
    longest = tuple(dict.fromkeys(_durations(policy)))
    named: list[tuple[EntryPath, CalendarRule]] = [(("calendar",), policy.calendar)]
    named += [(("calendars", key), rule) for key, rule in policy.calendars.items()]
    for path, rule in named:
        found = max(longest, key=lambda each: _weeks(each, rule))
        if _weeks(found, rule) > _MOST_WEEKS:
            why = f'"{found}" is not over within a year in these hours.'
            how = "Open longer, or write a shorter time."
            raise EntryRefused((*path, "hours"), f"{why} {how}")


def _weeks(length: Duration, rule: CalendarRule) -> float:
    """Return how many weeks a time takes in a calendar without holidays."""
    open_days = sum(map(bool, rule.week))
    minutes = sum(each.closes_minute - each.opens_minute for day in rule.week for each in day)
    a_week = {
        DurationKind.BUSINESS_TIME: minutes * 60,
        DurationKind.BUSINESS_DAYS: open_days,
        DurationKind.WEEKDAY_TIME: open_days * _DAY_S,
    }
    return length.amount / a_week[length.kind] if length.kind in a_week else 0.0


def _durations(value: object) -> Iterator[Duration]:
    if isinstance(value, Duration):
        yield value
    elif isinstance(value, DurationRange):
        yield value.breach
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _durations(each)
    elif isinstance(value, tuple):
        for each in value:
            yield from _durations(each)
    elif is_dataclass(value):
        for entry in fields(value):
            yield from _durations(getattr(value, entry.name))
