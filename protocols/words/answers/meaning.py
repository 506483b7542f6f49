"""What a message of an account says, read as an answer to *is it solved?*: a rule, and no guess.

It is read clause by clause. Thanks are nothing but polite words. "It works" and "it is broken"
are said by plain words, which a *not* turns round; both at once, a question, a condition or too
much else is for a person. Source: D7, D42.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from protocols.words.answers.dutch import DUTCH
from protocols.words.answers.english import ENGLISH
from protocols.words.answers.everywhere import EVERYWHERE, NAMED_SIGNS, SIGNS
from protocols.words.answers.french import FRENCH
from protocols.words.answers.german import GERMAN
from protocols.words.answers.italian import ITALIAN
from protocols.words.answers.japanese import JAPANESE
from protocols.words.answers.lexicon import Lexicon, plain
from protocols.words.answers.polish import POLISH
from protocols.words.answers.portuguese import PORTUGUESE
from protocols.words.answers.spanish import SPANISH
from protocols.words.answers.turkish import TURKISH
from protocols.words.normal_form import normal


class Meaning(StrEnum):
    """What the account's words say of the ticket. Source: D7, D42."""

    THANKS = "thanks"
    WORKS = "works"
    BROKEN = "broken"
    UNCLEAR = "unclear"


_LANGUAGES = (
    ENGLISH,
    GERMAN,
    FRENCH,
    SPANISH,
    PORTUGUESE,
    ITALIAN,
    DUTCH,
    POLISH,
    TURKISH,
)
_KANA = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")
_CLAUSES = re.compile(r"([^.,;:!?\n。、！？…()]+)([.,;:!?\n。、！？…()]*)")
_MENTION = re.compile(r"[@#][\w.-]+")
_NAMED = re.compile(r":([\w+-]{1,40}):")
_UNKNOWN = re.compile(r"[^\W_]+|[^\w\s'\"/&*+-]")
_TONES = re.compile("[\U0001f3fb-\U0001f3ff\ufe0f\u200d]")
_NAME = re.compile(r"\b[A-Z\u00c0-\u00de][^\W\d_]+")
_CALLED = re.compile(r",(?=\s*[A-Z\u00c0-\u00de][^\W\d_]+\s*[.!]*\s*$)")
LONGEST = 2000
"""Longer messages are no plain answer; a person reads them."""
STRANGE_MOST = 1
"""How many words that nobody knows "it works" may bring along: a thing of theirs."""


@dataclass(frozen=True, slots=True)
class _Clause:
    """What a clause holds: kinds of words, how many are unknown, whether it asks."""

    kinds: frozenset[str]
    strange: int
    asks: bool


def meaning_of(text: str) -> Meaning:
    """Return what a message says of the ticket. Source: D7, D42."""
    if len(text) > LONGEST:
        return Meaning.UNCLEAR
    signs, written = _without_signs(text)
    names = frozenset(map(plain, _NAME.findall(written)))
    lexicons = (_japanese(),) if _KANA.search(written) else _spaced()
    readings = [tuple(_clauses(plain(written), names, lexicon)) for lexicon in lexicons]
    least = min(map(_strange, readings))
    said = {_said(reading, signs) for reading in readings if _strange(reading) == least}
    return said.pop() if len(said) == 1 else Meaning.UNCLEAR


def warm() -> None:
    """Make every language ready: the first to be read would keep all the others waiting."""
    _spaced()
    _japanese()


@cache
def _spaced() -> tuple[Lexicon, ...]:
    """Return the languages that set words apart."""
    return tuple(Lexicon.of(EVERYWHERE, words) for words in _LANGUAGES)


@cache
def _japanese() -> Lexicon:
    return Lexicon.of(JAPANESE, is_spaced=False)


def _without_signs(text: str) -> tuple[frozenset[str], str]:
    """Return which kinds of signs stand in a text, and its words."""
    kinds: set[str] = set()

    def named(found: re.Match[str]) -> str:
        kinds.add("thanks" if found[1].casefold() in NAMED_SIGNS else "strange")
        return " "

    bare = _MENTION.sub(" ", normal(_NAMED.sub(named, text)))
    if not SIGNS.isdisjoint(bare):
        kinds.add("thanks")
    words = "".join(" " if sign in SIGNS else sign for sign in _TONES.sub("", bare))
    return frozenset(kinds), _CALLED.sub(" ", words)


def _clauses(text: str, names: frozenset[str], lexicon: Lexicon) -> Iterator[_Clause]:
    for found in _CLAUSES.finditer(text):
        kinds: set[str] = set()
        unknown: list[str] = []
        at = 0
        for word in lexicon.pattern.finditer(found[1]):
            unknown += _between(found[1][at : word.start()], kinds, names)
            kinds.add(lexicon.kind(word[0]))
            at = word.end()
        unknown += _between(found[1][at:], kinds, names)
        asks = any(mark in found[2] for mark in "?？") or found[1].endswith("か")
        if kinds or unknown:
            yield _Clause(frozenset(kinds), len(unknown), asks)


def _between(text: str, kinds: set[str], names: frozenset[str]) -> list[str]:
    """Return the words that nobody knows; whom thanks are said to is a name."""
    words = [word for word in _UNKNOWN.findall(text) if not word.isdigit()]
    return [word for word in words if not ("thanks" in kinds and word in names)]


def _strange(clauses: tuple[_Clause, ...]) -> int:
    return sum(clause.strange for clause in clauses)


def _said(clauses: tuple[_Clause, ...], signs: frozenset[str]) -> Meaning:
    found = {_of(clause) for clause in clauses}
    strange = _strange(clauses) + ("strange" in signs)
    if "mixed" in found or {"works", "broken"} <= found:
        return Meaning.UNCLEAR
    if "broken" in found:
        return Meaning.BROKEN
    if "works" in found:
        plainly = found <= {"works", "thanks", "filler", "other"} and strange <= STRANGE_MOST
        return Meaning.WORKS if plainly else Meaning.UNCLEAR
    polite = "thanks" in found or "thanks" in signs
    if polite and found <= {"thanks", "filler"} and not strange:
        return Meaning.THANKS
    return Meaning.UNCLEAR


def _of(clause: _Clause) -> str:
    """Return what one clause says: works, broken, mixed, asks, but, thanks, filler or other."""
    kinds = clause.kinds
    if clause.asks or "doubts" in kinds:
        return "asks"
    if "nots" in kinds:
        return _denied(kinds)
    if "works" in kinds or "close" in kinds:
        return "mixed" if kinds & {"broken", "still", "but"} else "works"
    if "broken" in kinds or ("trouble" in kinds and kinds & {"still", "again", "same"}):
        return "broken"
    if kinds & {"but", "still", "same", "again"}:
        return "but"
    if clause.strange or kinds & {"matter", "trouble"}:
        return "other"
    return "thanks" if "thanks" in kinds else "filler"


def _denied(kinds: frozenset[str]) -> str:
    if "broken" in kinds or "close" in kinds:
        return "mixed" if "works" in kinds else "asks"
    if "works" in kinds:
        return "broken"
    if "trouble" in kinds and kinds & {"still", "again", "same"}:
        return "broken"
    return "but"
