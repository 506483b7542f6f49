"""Durations as people write them: `15m`, `4 business hours`, `2 business days`, `24h-48h`.

The kind of a duration carries the choice of the clock: elapsed time runs day and night,
weekday time rests on closed days, business time in every hour that a calendar is closed (D3). A
range is a target and a breach (D4).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from protocols.counts import counted

_SHAPE = re.compile(
    r"(?P<amount>[0-9]{1,6})\s*(?:(?P<clock>business|weekday)\s+)?(?P<unit>[a-z]{1,8})", re.ASCII
)
_DAY_S = 86_400
_UNITS_S = {
    **dict.fromkeys(("s", "sec", "second", "seconds"), 1),
    **dict.fromkeys(("m", "min", "minute", "minutes"), 60),
    **dict.fromkeys(("h", "hr", "hour", "hours"), 3600),
    **dict.fromkeys(("d", "day", "days"), _DAY_S),
}
_LONGEST_S = 400 * _DAY_S
_EXAMPLES = "Write it as 15m, 48h, 4 business hours, 2 business days or same business day."


class DurationRefused(ValueError):
    """A text is not a duration; the message says why and how to write one."""


class DurationKind(StrEnum):
    """Which clock a duration runs on. Source: D3, S117."""

    ELAPSED = "elapsed"
    WEEKDAY_TIME = "weekday time"
    BUSINESS_TIME = "business time"
    BUSINESS_DAYS = "business days"
    SAME_BUSINESS_DAY = "same business day"


@dataclass(frozen=True, slots=True)
class Duration:
    """A length on one kind of clock.

    Attributes:
        kind: the clock it runs on.
        amount: seconds; days, for business days; 0, for the same business day.
    """

    kind: DurationKind
    amount: int

    @property
    def on_weekdays(self) -> Duration:
        """Return it counted on weekdays only, where it ran day and night on every day. D3."""
        is_plain = self.kind is DurationKind.ELAPSED
        return Duration(DurationKind.WEEKDAY_TIME, self.amount) if is_plain else self

    @property
    def span(self) -> timedelta:
        """Return the length as a time difference.

        Raises:
            DurationRefused: it is counted in business days, which have no fixed length.
        """
        if self.kind in (DurationKind.BUSINESS_DAYS, DurationKind.SAME_BUSINESS_DAY):
            raise DurationRefused(f'"{self}" has no fixed length in hours.')
        return timedelta(seconds=self.amount)

    def __str__(self) -> str:
        if self.kind is DurationKind.SAME_BUSINESS_DAY:
            return self.kind.value
        if self.kind is DurationKind.BUSINESS_DAYS:
            return counted(self.amount, "business day")
        clock = _CLOCKS.get(self.kind, "")
        for unit, length_s in (("hour", 3600), ("minute", 60)):
            if self.amount % length_s == 0:
                return counted(self.amount // length_s, f"{clock}{unit}")
        return counted(self.amount, f"{clock}second")


_CLOCKS = {DurationKind.WEEKDAY_TIME: "weekday ", DurationKind.BUSINESS_TIME: "business "}


@dataclass(frozen=True, slots=True)
class DurationRange:
    """A published range: its lower figure is the target, its upper one the breach (D4)."""

    target: Duration
    breach: Duration

    @property
    def is_point(self) -> bool:
        """Say whether both figures are the same one."""
        return self.target == self.breach

    @property
    def on_weekdays(self) -> DurationRange:
        """Return both figures counted on weekdays only. Source: D3."""
        return DurationRange(self.target.on_weekdays, self.breach.on_weekdays)

    def __str__(self) -> str:
        """Return it as it is published: ``24 to 48 hours``. Source: D4."""
        if self.is_point:
            return str(self.target)
        lower, upper = str(self.target), str(self.breach)
        number, _, unit = lower.partition(" ")
        is_alike = unit.rstrip("s") == upper.partition(" ")[2].rstrip("s")
        return f"{number if is_alike else lower} to {upper}"


def parse_duration(text: object) -> Duration:
    """Read one duration.

    Args:
        text: what stands in a file or was typed; anything but a text is refused.

    Returns:
        The duration.

    Raises:
        DurationRefused: it is none, is zero, or is longer than 400 days.
    """
    if not isinstance(text, str):
        raise DurationRefused(f"{text!r} has no unit. {_EXAMPLES}")
    words = " ".join(text.split()).casefold()
    if words == "same business day":
        return Duration(DurationKind.SAME_BUSINESS_DAY, 0)
    shape = _SHAPE.fullmatch(words)
    if shape is None or shape["unit"] not in _UNITS_S:
        raise DurationRefused(f'"{text[:40]}" is not a duration. {_EXAMPLES}')
    return _measured(text, int(shape["amount"]), _UNITS_S[shape["unit"]], shape["clock"])


def _measured(text: str, count: int, unit_s: int, clock: str | None) -> Duration:
    if count == 0:
        raise DurationRefused(f'"{text[:40]}" is no time at all. Write at least 1.')
    if count * unit_s > _LONGEST_S:
        raise DurationRefused(f'"{text[:40]}" is longer than 400 days.')
    if clock is None:
        return Duration(DurationKind.ELAPSED, count * unit_s)
    if clock == "weekday":
        return Duration(DurationKind.WEEKDAY_TIME, count * unit_s)
    if unit_s == _DAY_S:
        return Duration(DurationKind.BUSINESS_DAYS, count)
    return Duration(DurationKind.BUSINESS_TIME, count * unit_s)


def parse_range(text: object) -> DurationRange:
    """Read a duration or a range such as `24h-48h` or `2-3 business days`.

    Args:
        text: what stands in a file or was typed.

    Returns:
        The range; a single duration is both its target and its breach.

    Raises:
        DurationRefused: a part is no duration, the kinds differ, or the second is the shorter.
    """
    if not isinstance(text, str) or "-" not in text:
        point = parse_duration(text)
        return DurationRange(point, point)
    lower, _, upper = text.partition("-")
    breach = parse_duration(upper)
    if lower.strip().isdecimal():
        lower = f"{lower.strip()} {upper.strip().lstrip('0123456789').strip()}"
    target = parse_duration(lower)
    if target.kind is not breach.kind:
        raise DurationRefused(f'"{text[:60]}" mixes {target.kind} with {breach.kind}.')
    if target.amount > breach.amount:
        raise DurationRefused(f'"{text[:60]}": the second figure must not be the shorter one.')
    return DurationRange(target, breach)
