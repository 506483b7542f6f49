"""How a policy's calendars are read: the desk's own, further ones by key, and period closes.

A policy need have neither further calendars nor rows of period closes. Source: S117, M7, D45.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from types import MappingProxyType

from protocols.policy.rules import CalendarRule, CloseRule
from protocols.policy.sections import EntryPath, Section
from protocols.time.calendar import MINUTES_A_DAY, Window

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
FEDERAL_RESERVE = "FED"
NO_HOLIDAYS = "none"
_WINDOW = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])-([01][0-9]|2[0-4]):([0-5][0-9])", re.ASCII)
_SOURCE = re.compile(r"[A-Z]{2,4}(-[A-Z0-9]{1,3})?", re.ASCII)
_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,63}", re.ASCII)
HOW_HOLIDAYS = (
    "Write FED for the Federal Reserve Banks, the code of a country such as DE, of a part of one "
    "such as DE-BY, or none."
)
FIRST_CLOSES = (CloseRule("Month end", 2, 5, frozenset()),)
"""The rows of a policy that has none: the last two and the first five business days of a month."""


def calendar(section: Section) -> CalendarRule:
    """Return when a desk works.

    Raises:
        EntryRefused: An entry is missing, unknown or wrong, or the desk is never open.
    """
    hours = section.section("hours")
    week = tuple(_windows(hours, day) for day in WEEKDAYS)
    hours.done()
    if not any(week):
        raise section.refuse("hours", "No weekday has opening hours, so no clock could ever end.")
    rule = CalendarRule(
        name=section.text("name"),
        zone=section.zone("zone"),
        week=week,
        holidays=_holidays(section),
        closed_days=section.days("closed_days"),
        open_days=section.days("open_days"),
    )
    section.done()
    return rule


def _windows(hours: Section, day: str) -> tuple[Window, ...]:
    windows: list[Window] = []
    for text in hours.texts(day):
        shape = _WINDOW.fullmatch(text)
        if shape is None:
            raise hours.refuse(day, f'"{text}" is no window. Write it as 09:00-17:00.')
        opens = int(shape[1]) * 60 + int(shape[2])
        closes = int(shape[3]) * 60 + int(shape[4])
        if not opens < closes <= MINUTES_A_DAY:
            raise hours.refuse(day, f'"{text}" must open before it closes, by 24:00.')
        windows.append(Window(opens, closes))
    for early, late in pairwise(sorted(windows)):
        if late.opens_minute < early.closes_minute:
            raise hours.refuse(day, "Two windows overlap.")
    return tuple(windows)


def _holidays(section: Section) -> str:
    """Return whose holidays are closed days; `bank_holidays` says it of the Federal Reserve's."""
    if not section.has("holidays"):
        return FEDERAL_RESERVE if section.flag("bank_holidays", absent=True) else ""
    if section.has("bank_holidays"):
        why = "bank_holidays says it already. Write one of the two."
        raise section.refuse("holidays", why)
    source = section.text("holidays")
    if source == NO_HOLIDAYS:
        return ""
    if not _SOURCE.fullmatch(source):
        raise section.refuse("holidays", f'"{source}" names no holidays. {HOW_HOLIDAYS}')
    return source


def calendars(outer: Section) -> Mapping[str, CalendarRule]:
    """Return the further calendars by key; an older policy has none. Source: S117."""
    found: dict[str, CalendarRule] = {}
    for key, section in outer.named("calendars") if outer.has("calendars") else ():
        if not _KEY.fullmatch(key):
            why = f'"{key}" is no key. Use small letters, digits and hyphens, such as berlin.'
            raise outer.refuse("calendars", why)
        found[key] = calendar(section)
    return MappingProxyType(found)


def team_calendars(outer: Section) -> Mapping[str, str]:
    """Return the key of each team's calendar by the team's; an older policy has none. Source: S117.

    Raises:
        EntryRefused: A key is no team's, or the policy has no such calendar.
    """
    found: dict[str, str] = {}
    known = tuple(key for key, _ in outer.named("calendars")) if outer.has("calendars") else ()
    for key, section in outer.named("teams") if outer.has("teams") else ():
        if not _KEY.fullmatch(key):
            why = (
                f'"{key}" is no key. Write the name of a team in small letters with hyphens, such '
            )
            raise outer.refuse("teams", f"{why}as channel-finance.")
        found[key] = section.text("calendar")
        if found[key] not in known:
            said = ", ".join(known) or "none but the desk's own"
            why = f'The policy has no calendar "{found[key]}". Known: {said}.'
            raise section.refuse("calendar", why)
        section.done()
    return MappingProxyType(found)


def where_holidays(rule: CalendarRule, further: Mapping[str, CalendarRule]) -> dict[EntryPath, str]:
    """Return whose holidays each calendar names, by the path of the entry."""
    named = {("calendar",): rule} | {("calendars", key): each for key, each in further.items()}
    return {(*path, "holidays"): each.holidays for path, each in named.items() if each.holidays}


def period_closes(outer: Section) -> tuple[CloseRule, ...]:
    """Return which days are a period close; an older policy has the first rows. Source: D45."""
    if not outer.has("period_closes"):
        return FIRST_CLOSES
    return tuple(map(_close, outer.listed("period_closes")))


def _close(section: Section) -> CloseRule:
    rule = CloseRule(
        name=section.text("name"),
        last_days=section.whole("last_days", 0, 15),
        first_days=section.whole("first_days", 0, 15),
        months=frozenset(section.wholes("months", 1, 12)) if section.has("months") else frozenset(),
    )
    section.done()
    if not rule.last_days and not rule.first_days:
        raise section.refuse("last_days", "A period close has at least one day. Write 2, say.")
    return rule


def revived(values: dict[str, object]) -> dict[str, object]:
    """Return the entries of a stored body with its dates as dates."""
    further = values.get("calendars")
    own = list(further.values()) if isinstance(further, dict) else []
    for each in (values.get("calendar"), *own):
        if isinstance(each, dict):
            _revive(each)
    return values


def _revive(entries: dict[str, object]) -> None:
    for key in ("closed_days", "open_days"):
        days = entries.get(key)
        if isinstance(days, list):
            entries[key] = [date.fromisoformat(day) for day in days]
