"""Released words that did not leave: recalled, withdrawn, or by another road. Source: D24; T14."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from protocols.kernel.command import Command
from protocols.kernel.event import Event
from protocols.people.people import Staff


@dataclass(frozen=True, slots=True)
class WithdrawWords(Command):
    """Words that had been released were held back: they have not left, and will not. D24, T14."""

    key: str
    why: Withdrawal


@dataclass(frozen=True, slots=True)
class RecallText(Command):
    """Take a release back, as long as its words have not left. Source: D24."""

    number: int


@dataclass(frozen=True, slots=True)
class TextRecalled(Event):
    """The releaser or Legal wants a released text back, if it has not left yet. Source: D24."""

    NAME = "TextRecalled"

    number: int


@dataclass(frozen=True, slots=True)
class TextWithdrawn(Event):
    """Words that had been released were taken back before they left.

    ``number`` is the draft's, 0 for a fixed text; ``maybe_left``: nobody knows whether they had
    left. Source: D24; T14.
    """

    NAME = "TextWithdrawn"

    key: str
    why: Withdrawal
    number: int = 0
    released_by: Staff | None = None
    poster: Staff | None = None
    recalled_by: Staff | None = None
    maybe_left: bool = False


@dataclass(frozen=True, slots=True)
class TextRerouted(Event):
    """Words that the channel did not take go by mail. Source: D24."""

    NAME = "TextRerouted"

    key: str
    error: str


ROAD_FOUND = "road_found"
"""Why words go by another road: they had none."""


class Withdrawal(StrEnum):
    """Why words that had been released did not leave. Source: D24; T14."""

    RECALLED = "recalled"
    LEGAL_HOLD = "legal_hold"
    CHECKS = "checks"
    OPENED_IN_ERROR = "opened_in_error"
    CLOSED = "closed"
    MOVED_ON = "moved_on"
    ROAD = "road"
    CHANNEL = "channel"
    NOTHING_THERE = "nothing_there"
    OUTDATED = "outdated"
    TIME_PASSED = "time_passed"
