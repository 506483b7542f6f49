"""The words of answers, as a table of one language, and how a text is cut along it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cache

from protocols.words.normal_form import normal, reading

_STRETCHED = re.compile(r"([a-z])\1{2,}")
_LONG_VOWEL = re.compile("[ー〜~]+")


@dataclass(frozen=True, slots=True)
class Words:
    """What the words of a language do in an answer; a list is cut at its commas.

    A star at the end of a word stands for any ending.

    Attributes:
        thanks: With these, ``polite`` and ``filler`` alone an answer only thanks.
        polite: What thanks are for; alone they say nothing.
        works: It is solved.
        close: It may be closed.
        broken: It is not solved.
        trouble: Names of a trouble, which say nothing alone.
        nots: Turn what they stand with into its opposite.
        still: It goes on as it was.
        again: It is as it once was, well or badly.
        same: It is what it was before.
        but: Something else is said as well.
        doubts: It is asked, hoped, or under a condition.
        matter: What payments are about; neither thanks nor an answer.
        filler: Words that say nothing of their own.
    """

    thanks: str = ""
    polite: str = ""
    works: str = ""
    close: str = ""
    broken: str = ""
    trouble: str = ""
    nots: str = ""
    still: str = ""
    again: str = ""
    same: str = ""
    but: str = ""
    doubts: str = ""
    matter: str = ""
    filler: str = ""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of a language, ready to be looked for."""

    kinds: dict[str, str]
    pattern: re.Pattern[str]

    @classmethod
    def of(cls, *tables: Words, is_spaced: bool = True) -> Lexicon:
        """Return the words of some tables; where two name a word, the last one counts."""
        kinds = {word: kind for table in tables for kind, word in _listed(table)}
        longest_first = sorted(kinds, key=len, reverse=True)
        either = "|".join(_as_pattern(word) for word in longest_first)
        whole = rf"(?<!\w)(?:{either})(?!\w)" if is_spaced else either
        return cls(kinds, re.compile(whole))

    def kind(self, found: str) -> str:
        """Return what a word or phrase that was found does."""
        phrase = _joined(found)
        stems = (f"{phrase[:end]}*" for end in range(len(phrase), 0, -1))
        return next(self.kinds[each] for each in (phrase, *stems) if each in self.kinds)


@cache
def _listed(table: Words) -> tuple[tuple[str, str], ...]:
    return tuple(_kinds_and_words(table))


def _kinds_and_words(table: Words) -> Iterator[tuple[str, str]]:
    for field in fields(table):
        for word in map(str.strip, getattr(table, field.name).split(",")):
            if word:
                # Without its star and the blanks around it most are in plain form as they stand.
                star = "*" if word.endswith("*") else ""
                yield field.name, _joined(plain(word.removesuffix("*")) + star)


def _as_pattern(word: str) -> str:
    ending = r"\w*" if word.endswith("*") else ""
    return re.escape(word.removesuffix("*")).replace(r"\ ", r"[ '-]+") + ending


def _joined(phrase: str) -> str:
    return re.sub(r"[\s'-]+", " ", phrase)


def plain(text: str) -> str:
    """Return text as answers are compared: one case, no accents, no stretched letters.

    The marks of Japanese letters stay: they make other words.
    """
    formed = normal(text)
    kept = (
        sign if _is_kana(sign) else read for sign, read in zip(formed, reading(formed), strict=True)
    )
    return _STRETCHED.sub(r"\1", _LONG_VOWEL.sub("", "".join(kept).casefold()))


def _is_kana(sign: str) -> bool:
    return "\u3040" <= sign <= "\u30ff"
