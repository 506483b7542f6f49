"""What is offered instead of words that a check stops: **Use this**. Source: D43.

The sentences are fixed, and true on every ticket: none says that something was done.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from protocols.words.language import Objection
from protocols.words.masking import MASK
from protocols.words.rewriting import put, said_before, sentences_at
from templates.kit.values import Value
from templates.kit.when import outward_brief

INSTEAD = {
    "apology": "We say what is confirmed, and no more than that.",
    "cause": "We name a cause only once it is confirmed.",
    "forecast": "We tell you when it is done.",
    "internal_text": "We say what this means for you once it is confirmed.",
    "not_stopped": "A stop of payments is not confirmed yet.",
    "reassurance": "We say what is confirmed, and no more than that.",
    "speculation": "We say only what has been checked.",
    "stack_trace": "A program reported an error.",
}
"""The sentence that takes the place of those in which a check found something."""
OTHER_ACCOUNT = "the other party"
NO_TIME = "a time that is not confirmed yet"
_CLOCK = re.compile(
    r"(\d{1,2}):(\d\d)(?::\d\d)?\s?([ap]?)|(\d{1,2})\s?([ap])|(noon)|(midnight)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Reader:
    """Whose words they are to be: in which zone they read times, on which day."""

    zone: str
    now: datetime


@dataclass(frozen=True, slots=True)
class Stop(Value):
    """One objection in a form, and what **Use this** puts in its place.

    Attributes:
        field: the field of the form that it stands under.
        place: which objection of the field, told apart from the others.
        sentence: why it is stopped.
        instead: the words that are offered.
        asks: whether a reason would send the words on.
    """

    field: str
    place: str
    sentence: str
    instead: str
    asks: bool


def offered(form: str, found: Objection, reader: Reader) -> str:
    """Return the words that are offered in place of those that were stopped."""
    return _rewrite(form, found, reader)[2]


def mended(form: str, found: Objection, reader: Reader) -> str:
    """Return a text with the offered words in their place; never nothing."""
    start, end, words = _rewrite(form, found, reader)
    return put(form, start, end, words) or words


def _rewrite(form: str, found: Objection, reader: Reader) -> tuple[int, int, str]:
    if found.code in _IN_PLACE:
        words = _IN_PLACE[found.code](form[found.at : found.end], reader)
        return found.at, found.end, words
    first, last = sentences_at(form, found.at, found.end)
    before = said_before(form, found.at, found.end) if found.code == "cause" else ""
    return first, last, before or INSTEAD[found.code]


def _number(said: str, _reader: Reader) -> str:
    hidden = MASK.search(said)
    return f"{hidden['kind']} ending {hidden['last4']}" if hidden else "a number"


def _other(_said: str, _reader: Reader) -> str:
    return OTHER_ACCOUNT


def _code(said: str, _reader: Reader) -> str:
    return "returned payments" if re.match(r"R\d\d", said) else "an error"


def _time(said: str, reader: Reader) -> str:
    """Return a time of the account's day with its zone and in UTC; of doubtful words, none."""
    at = _CLOCK.match(said)
    if at is None or "clock" in said.casefold():
        return NO_TIME
    hour, minute = int(at[1] or at[4] or (12 if at[6] else 0)), int(at[2] or 0)
    half = (at[3] or at[5] or "").casefold()
    hour = hour % 12 + (12 if half == "p" else 0) if half else hour % 24
    local = reader.now.astimezone(ZoneInfo(reader.zone))
    meant = local.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return outward_brief(meant, reader.zone, reader.now)


_IN_PLACE: dict[str, Callable[[str, Reader], str]] = {
    "number": _number,
    "other_account": _other,
    "raw_code": _code,
    "zone": _time,
}
"""What is swapped word for word, the rest of its sentence kept."""
