"""What the words after a command mean.

A first word is a verb only when what follows it fits it; a lone word within two letters of a verb
is asked back, and so is a verb with a ticket that it does not fit; everything else is what
happened, whole. So nobody loses a sentence because it begins with *hold* or *show*. Source:
design, What a person types; words.md 1.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from difflib import get_close_matches

from protocols.words.masking import masked_and_cut
from templates.kit.text import clean, one_line

REFERENCE = re.compile(r"[A-Za-z]{2,5}-[0-9]{1,9}")
SUMMARY_MAX = 150
DESCRIPTION_MAX = 3000


_TICKET_VERBS = (
    "show", "why", "account", "acknowledge", "triage", "engineering", "change", "tier", "resolve",
    "reopen", "close", "recall", "history", "mine", "help", "queue", "find", "note", "assign",
    "ask", "answer", "verified", "link", "unlink", "merge", "escalate", "checklist",
    "codes", "record", "review", "hold", "leave", "follow", "unfollow",
)  # fmt: skip
_NEARLY = 0.7
"""How much of a word has to be a verb's: one letter wrong, missing or in another place."""
_MENTION = re.compile(r"<([@#!])([^<>|]*)(?:\|([^<>]*))?>")
_LINK = re.compile(r"<((?:https?|mailto|tel):[^<>|]*)(?:\|([^<>]*))?>")
_PERSON = re.compile(r"<@([A-Z0-9]+)(?:\|[^<>]*)?>")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_AWAY = re.compile(
    r"away until (?:(?P<clock>\d{1,2}[:.]\d\d)|(?P<iso>\d{4}-\d\d-\d\d)|"
    rf"(?P<day>\d{{1,2}} (?:{'|'.join(_MONTHS)})[a-z]*))",
    re.ASCII,
)
_SWAP = re.compile(r"(\S+) +(<@[^<>]*>) +until +(\d{1,2})[:.](\d\d)", re.ASCII | re.IGNORECASE)
_CODE = re.compile(r"[Rr][0-9]{2}[,;]?", re.ASCII)
_WANTS = {"find": "WORDS", "unlink": "BW-1001 BW-1002"}
"""What stands after a verb that means nothing alone, nor with one ticket."""
_LISTS = ("queue", "mine")
"""After these a single word is meant for the list, and no sentence."""
_LINKS = ("related", "duplicate", "problem")
_TIER = re.compile(r"[1-4]")


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb that was meant.

    Attributes:
        reference: As typed, in capitals; empty when the ticket is implied or not named.
        rest: What follows the reference: a reason, an account, a figure and a reason.
    """

    name: str
    reference: str = ""
    rest: str = ""


@dataclass(frozen=True, slots=True)
class NearMiss:
    """What is nearly a verb with what it wants, or not built: ``nearest`` is empty then."""

    typed: str
    nearest: str = ""


@dataclass(frozen=True, slots=True)
class TypedWords:
    """What happened, in the words of the one who typed it; empty when nothing was typed."""

    text: str = ""


@dataclass(frozen=True, slots=True)
class SwapAsked:
    """A duty that is to go to a person until a clock shows a time."""

    duty: str
    user_id: str
    until: time


Meant = Verb | NearMiss | TypedWords


def ticket(
    text: str,
    *,
    in_bridge: bool = False,
    is_account: Callable[[str], bool] = lambda _: True,
    is_queue: Callable[[str], bool] = lambda _: False,
) -> Meant:
    """Read what stands after ``/ticket``.

    Args:
        text: As Slack sent it.
        in_bridge: Whether it was typed in a bridge, where a reference may be left out.
        is_account: Says whether words name an account.
        is_queue: Says whether words name a queue: a team, or what is shown of it.
    """
    readable_text = readable(text)
    words = one_line(readable_text).split(" ") if readable_text else []
    if not words:
        return TypedWords()
    verb, rest = words[0].casefold(), words[1:]
    fits = verb in _TICKET_VERBS and _FITS[verb](rest, in_bridge)
    names = {"history": is_account, "queue": is_queue}.get(verb)
    is_ticket = verb == "history" and len(rest) == 1 and is_reference(rest[0])
    if fits and (names is None or not rest or is_ticket or names(" ".join(rest))):
        return _verb(verb, rest)
    near = _nearly(verb, rest)
    return NearMiss(" ".join(words), near) if near else TypedWords(readable_text)


def _nearly(verb: str, rest: list[str]) -> str:
    """Return what words that fit no verb nearly are; empty when they are what happened."""
    known = verb if verb in _TICKET_VERBS else nearest(verb, _TICKET_VERBS)
    if rest and is_reference(rest[0]) and known:
        return f"{known} {_WANTS.get(known, rest[0].upper())}"
    if rest:
        return verb if verb in _LISTS and len(rest) == 1 else ""
    return f"{verb} {_WANTS[verb]}" if verb in _WANTS else nearest(verb, _TICKET_VERBS)


def _verb(name: str, rest: list[str]) -> Verb:
    if rest and is_reference(rest[0]) and name not in ("history", "find"):
        return Verb(name, rest[0].upper(), " ".join(rest[1:]))
    return Verb(name, "", " ".join(rest))


def _reads(rest: list[str], _in_bridge: bool) -> bool:
    return not rest or (is_reference(rest[0]) and len(rest) == 1)


def _why(rest: list[str], _in_bridge: bool) -> bool:
    named = rest[1:] if rest and is_reference(rest[0]) else rest
    return not named or [word.casefold() for word in named] == ["utc"]


def _tier(rest: list[str], in_bridge: bool) -> bool:
    if rest and is_reference(rest[0]):
        return len(rest) == 1 or _TIER.fullmatch(rest[1]) is not None
    return not rest or (in_bridge and _TIER.fullmatch(rest[0]) is not None)


def _address(rest: list[str], _in_bridge: bool) -> bool:
    return not rest or (is_reference(rest[0]) and len(rest) <= 2)


def _of_ticket(rest: list[str], _in_bridge: bool) -> bool:
    return not rest or is_reference(rest[0])


def _reopen(rest: list[str], in_bridge: bool) -> bool:
    return not rest or is_reference(rest[0]) or in_bridge


def _searched(rest: list[str], _in_bridge: bool) -> bool:
    return bool(rest)


def _noted(rest: list[str], in_bridge: bool) -> bool:
    return not rest or is_reference(rest[0]) or in_bridge


def _given(rest: list[str], in_bridge: bool) -> bool:
    named = rest[1:] if rest and is_reference(rest[0]) else rest
    is_whose = bool(rest) and is_reference(rest[0])
    if not named:
        return True
    return len(named) == 1 and named[0].startswith("@") and (is_whose or in_bridge)


def _linked(rest: list[str], _in_bridge: bool) -> bool:
    """Say whether nothing, a ticket, or two and what they are to each other were named."""
    is_how = len(rest) < 3 or (len(rest) == 3 and rest[2].casefold() in _LINKS)
    return is_how and all(map(is_reference, rest[:2]))


def _merged(rest: list[str], _in_bridge: bool) -> bool:
    return len(rest) < 3 and all(map(is_reference, rest))


def _unlinked(rest: list[str], _in_bridge: bool) -> bool:
    return len(rest) == 2 and all(map(is_reference, rest))


def _left(rest: list[str], _in_bridge: bool) -> bool:
    return not rest or (len(rest) == 1 and rest[0].startswith("@"))


def _alone(rest: list[str], _in_bridge: bool) -> bool:
    return not rest


def _coded(rest: list[str], _in_bridge: bool) -> bool:
    return all(map(_CODE.fullmatch, rest))


def _anything(_rest: list[str], _in_bridge: bool) -> bool:
    return True


_FITS = {
    "show": _reads,
    "why": _why,
    "account": _of_ticket,
    "acknowledge": _reads,
    "triage": _reads,
    "engineering": _address,
    "change": _reads,
    "tier": _tier,
    "resolve": _reads,
    "reopen": _reopen,
    "close": _reopen,
    "recall": _reads,
    "history": _anything,
    "mine": _alone,
    "leave": _left,
    "ask": _of_ticket,
    "answer": _of_ticket,
    "verified": _of_ticket,
    "link": _linked,
    "unlink": _unlinked,
    "record": _reads,
    "review": _reads,
    "escalate": _of_ticket,
    "checklist": _reads,
    "codes": _coded,
    "merge": _merged,
    "hold": _of_ticket,
    "follow": _reads,
    "unfollow": _reads,
    "queue": _anything,
    "find": _searched,
    "note": _noted,
    "assign": _given,
    "help": _alone,
}


def swapping(text: str) -> SwapAsked | None:
    """Read ``DUTY @person until 18:00``; None when the words are something else."""
    found = _SWAP.fullmatch(" ".join(text.split()))
    if found is None or int(found[3]) > 23 or int(found[4]) > 59:
        return None
    until = time(int(found[3]), int(found[4]))
    return SwapAsked(found[1].casefold(), person_id(found[2]), until)


@dataclass(frozen=True, slots=True)
class AwayAsked:
    """What ``/oncall away until ...`` says: a time of day, or a day; neither when they are back."""

    clock: time | None = None
    day: date | None = None


def away(text: str, today: date) -> AwayAsked | None:
    """Read ``away until 18:00``, ``away until 5 Dec`` and ``back``; None for anything else.

    Args:
        text: What was typed.
        today: The typist's day: a day without a year is the next one of that name.
    """
    words = " ".join(text.casefold().split())
    if words == "back":
        return AwayAsked()
    found = _AWAY.fullmatch(words)
    if found is None:
        return None
    clock, day, iso = found.group("clock", "day", "iso")
    try:
        if clock:
            return AwayAsked(clock=time.fromisoformat(clock.replace(".", ":").zfill(5)))
        return AwayAsked(day=date.fromisoformat(iso) if iso else _next_day(day, today))
    except ValueError:
        return None


def until(text: str, here: datetime) -> tuple[str, datetime | None]:
    """Read words that may end in ``until 18:00`` or ``until 5 Dec``; a day ends at 18:00 of it.

    Args:
        text: What was typed.
        here: Now, in the typist's zone: a time that has passed today is tomorrow's.
    """
    words, _, ending = text.rpartition("until ")
    meant = away(f"away until {ending}", here.date()) if ending.strip() else None
    if meant is None or (words and not words[-1].isspace()):
        return text.strip(), None
    clock = meant.clock or time(18)
    at = datetime.combine(meant.day or here.date(), clock, here.tzinfo)
    if meant.day is None and at <= here:
        at += timedelta(days=1)
    return words.strip(), at


def _next_day(words: str, today: date) -> date:
    number, month = words.split()
    at = _MONTHS.index(month[:3]) + 1
    this_year = date(today.year, at, int(number))
    return this_year if this_year >= today else this_year.replace(year=today.year + 1)


def is_reference(word: str) -> bool:
    """Say whether a word has the form of a ticket's reference."""
    return REFERENCE.fullmatch(word) is not None


def person_id(word: str) -> str:
    """Return the Slack id in a mention; empty when the word is none."""
    found = _PERSON.fullmatch(word.strip())
    return found[1] if found else ""


def first_person(text: str) -> str:
    """Return the Slack id of the first person mentioned in words; empty when none is."""
    found = _PERSON.search(text)
    return found[1] if found else ""


def readable(text: str) -> str:
    """Return Slack's escaped text as a person reads it, without characters nobody sees."""
    named = _MENTION.sub(_named, text)
    linked = _LINK.sub(lambda found: found[1], named)
    return clean(html.unescape(linked)).strip()


def _named(found: re.Match[str]) -> str:
    sign = "#" if found[1] == "#" else "@"
    return f"{sign}{(found[3] or found[2]).lstrip('@#')}"


def nearest(word: str, verbs: tuple[str, ...]) -> str:
    """Return the verb that a word nearly is; empty when it is nearly none, or is one."""
    found = get_close_matches(word, verbs, n=1, cutoff=_NEARLY)
    return found[0] if found and found[0] != word else ""


def summary_and_description(text: str) -> tuple[str, str]:
    """Return what goes into the two fields of the form.

    What is too long for one line stands whole in the description, so that nothing is lost. Numbers
    are masked before the cut: half a card number would be known for none.
    """
    line = one_line(text)
    if len(line) <= SUMMARY_MAX and "\n" not in text.strip():
        return line, ""
    return masked_and_cut(line, SUMMARY_MAX), masked_and_cut(text.strip(), DESCRIPTION_MAX)


def is_too_long(text: str) -> bool:
    """Say whether a text does not even fit the description."""
    return len(text.strip()) > DESCRIPTION_MAX
