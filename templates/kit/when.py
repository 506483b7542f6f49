"""How an instant is written: for colleagues, for the account, for the record.

Colleagues in Slack get a date token that their own device puts into their zone. What leaves the
house is written out in the account's zone and UTC, because a token shows no zone name and cannot
be quoted. Records are UTC.

Source: D29, words for time.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Self
from zoneinfo import ZoneInfo

from templates.kit.marks import Mark

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
WEEKDAYS_LONG = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
)  # fmt: skip
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MONTHS_LONG = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
FAR = timedelta(hours=12)
AMBIGUOUS_ZONES = frozenset({"IST", "CST", "BST"})


def _utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("an instant without a zone cannot be written")
    return at.astimezone(UTC)


def _day(at: datetime) -> str:
    return f"{at.day} {MONTHS[at.month - 1]} {at.year}"


class ReadAt(datetime):
    """The instant at which words are written, with the zones of those who read them."""

    zones: frozenset[str] = frozenset({"UTC"})

    @classmethod
    def of(cls, now: datetime, zones: Iterable[str]) -> Self:
        """Return an instant as people of these zones read it."""
        made = cls.combine(now.date(), now.timetz())
        made.zones = frozenset(zones)
        return made

    def is_day_of(self, at: datetime) -> bool:
        """Say whether an instant is of the same day for everybody who reads."""
        return all(_is_one_day(at, self, _zone(zone)) for zone in self.zones)


def _is_one_day(at: datetime, now: datetime, zone: ZoneInfo) -> bool:
    return at.astimezone(zone).date() == now.astimezone(zone).date()


def token(at: datetime, now: datetime) -> Mark:
    """Return Slack's date token: the reader's own zone, with the UTC value as its fallback.

    It has its day where that is another one for anybody who reads it.
    """
    at = _utc(at)
    reading = now if isinstance(now, ReadAt) else ReadAt.of(now, ("UTC",))
    if abs(at - now) > FAR or not reading.is_day_of(at):
        return standing(at)
    return Mark(f"<!date^{int(at.timestamp())}^{{time}}|{_day(at)} {at:%H:%M} UTC>")


def standing(at: datetime) -> Mark:
    """Return a date token with its day: for what is read days after it was written.

    Slack says *today* on the day itself.
    """
    at = _utc(at)
    shape = "{date_short_pretty} {time}"
    return Mark(f"<!date^{int(at.timestamp())}^{shape}|{_day(at)} {at:%H:%M} UTC>")


def at_token(at: datetime, now: datetime) -> Mark:
    """Return ``at`` before a time alone, and nothing before a day: Slack may say *today*."""
    shown = token(at, now)
    return shown if shown == standing(at) else Mark(f"at {shown}")


def day_token(at: datetime) -> Mark:
    """Return a date token of the day alone: what stays to be read says so of which day it is."""
    at = _utc(at)
    return Mark(f"<!date^{int(at.timestamp())}^{{date_short_pretty}}|{_day(at)}>")


def utc(at: datetime, now: datetime) -> str:
    """Return ``14:17 UTC``, with the day before it when it is another, or 12 hours away."""
    at = _utc(at)
    if abs(at - now) <= FAR and _is_one_day(at, now, _zone("UTC")):
        return f"{at:%H:%M} UTC"
    return f"{WEEKDAYS[at.weekday()]} {at.day} {MONTHS[at.month - 1]} {at:%H:%M} UTC"


def utc_full(at: datetime) -> str:
    """Return ``23 Nov 2026 14:02:10 UTC``, the form of records."""
    at = _utc(at)
    return f"{_day(at)} {at:%H:%M:%S} UTC"


def utc_minute(at: datetime) -> str:
    """Return ``1 Dec 2026 16:40 UTC``."""
    at = _utc(at)
    return f"{_day(at)} {at:%H:%M} UTC"


def utc_day(at: datetime) -> str:
    """Return ``23 Nov 2026``, the UTC day."""
    return _day(_utc(at))


def utc_clock(at: datetime) -> str:
    """Return ``14:02:31``, for tables whose head names the zone."""
    return f"{_utc(at):%H:%M:%S}"


def clock_in(at: datetime, zone: str) -> str:
    """Return ``14:02:31`` in a zone, for tables whose head names it."""
    return f"{at.astimezone(ZoneInfo(zone)):%H:%M:%S}"


def day_in(at: datetime, zone: str) -> str:
    """Return ``23 Nov 2026``, the day in a zone."""
    return _day(at.astimezone(ZoneInfo(zone)))


def utc_stamp(at: datetime, day: datetime) -> str:
    """Return ``14:02:31``, with the day before it when it is another day than ``day``."""
    at, day = _utc(at), _utc(day)
    clock = f"{at:%H:%M:%S}"
    return clock if at.date() == day.date() else f"{at.day} {MONTHS[at.month - 1]} {clock}"


@lru_cache(maxsize=256)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def zone_name(at: datetime) -> str:
    """Return the zone's letters when they name one zone only, else its distance from UTC."""
    letters = at.tzname() or ""
    if letters.isalpha() and letters not in AMBIGUOUS_ZONES:
        return letters
    seconds = int((at.utcoffset() or timedelta()).total_seconds())
    hours, minutes = divmod(abs(seconds) // 60, 60)
    return f"UTC{'-' if seconds < 0 else '+'}{hours:02}:{minutes:02}"


def _beside(local: datetime, at: datetime) -> str:
    if zone_name(local) == "UTC":
        return ""
    if local.date() == at.date():
        return f" ({at:%H:%M} UTC)"
    return f" ({WEEKDAYS[at.weekday()]} {at.day} {MONTHS[at.month - 1]} {at:%H:%M} UTC)"


def outward(at: datetime, zone: str) -> str:
    """Return ``Mon 23 Nov 2026, 10:02 EST (15:02 UTC)``: the account's zone, then UTC."""
    at = _utc(at)
    local = at.astimezone(_zone(zone))
    head = f"{WEEKDAYS[local.weekday()]} {_day(local)}, {local:%H:%M} {zone_name(local)}"
    return head + _beside(local, at)


def outward_brief(at: datetime, zone: str, now: datetime) -> str:
    """Return ``10:02 EST (15:02 UTC)``, with the weekday before it on another day."""
    at = _utc(at)
    local = at.astimezone(_zone(zone))
    today = now.astimezone(_zone(zone)).date()
    days = (local.date() - today).days
    head = ""
    if days:
        head = f"{WEEKDAYS[local.weekday()]} "
        if not 0 < days < 6:
            head += f"{local.day} {MONTHS[local.month - 1]} "
    return f"{head}{local:%H:%M} {zone_name(local)}" + _beside(local, at)


def outward_day(at: datetime, zone: str) -> str:
    """Return ``Tuesday 1 December 2026`` in the account's zone."""
    local = _utc(at).astimezone(_zone(zone))
    weekday, month = WEEKDAYS_LONG[local.weekday()], MONTHS_LONG[local.month - 1]
    return f"{weekday} {local.day} {month} {local.year}"


def span(minutes: int) -> str:
    """Return ``7 min``, ``3 h 7 min`` or ``2 h``."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest} min" if rest else f"{hours} h"


def figure_named(target_at: datetime | None, breach_at: datetime | None, now: datetime) -> str:
    """Return which figure of a range is due next, ``(target)`` or ``(breach)``; else nothing.

    What is late is past both, and is no range to its reader. Source: D4.
    """
    if target_at is None or breach_at is None or target_at >= breach_at or breach_at <= now:
        return ""
    return " (target)" if now < target_at else " (breach)"


def minutes_late(minutes: int) -> str:
    """Return ``7 min late``."""
    return f"{span(minutes)} late"
