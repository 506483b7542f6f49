"""Which accounts a text names: by their whole name, or by the part that tells one from others.

A text is read once, word by word; as many words as a name that begins so may have are looked up at
once, so five thousand accounts cost no more than five, whatever their names have in common. A name
that is made of ordinary words counts only where it is written as a name. Source: M2; words.md 0.7.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from protocols.words.normal_form import reading, words
from protocols.words.ordinary_words import GENERIC, PAYMENT_WORDS, PLACES_AND_DAYS, is_ordinary

_WORD = re.compile(r"[^\W_]+")
_STARTS = frozenset(".!?:;\n-•*>|/")
_BEFORE_A_START = " \"'()[]"
_LONG_NAME = 3
_SHORTEST_PART = 3
_NEVER_ALONE = GENERIC | PAYMENT_WORDS | PLACES_AND_DAYS


@dataclass(frozen=True, slots=True)
class NameForm:
    """One way to write an account's name.

    Attributes:
        words: its words, in small letters.
        in_capitals: whether it is a name only where each word has a capital.
    """

    words: tuple[str, ...]
    in_capitals: bool = False


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text: as it compares, and where it stands."""

    word: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Index:
    """Forms of names as they are looked up.

    Attributes:
        in_capitals: of each form, its words with a blank between them, whether it is a name only
            where each word has a capital.
        lengths: how many words the forms have that begin with a word, the most first; a word that
            is not here begins none of several.
    """

    in_capitals: Mapping[str, bool]
    lengths: Mapping[str, tuple[int, ...]]


_ALONE = (1,)


def named(text: str, names: AccountNames, own: str) -> Iterator[tuple[int, int]]:
    """Find where a text names one of many accounts.

    Args:
        text: words in normal form.
        names: the accounts' names.
        own: the account that the text is for: what stands in its name may be said.

    Yields:
        Where each name begins and ends in the text.
    """
    tokens = [Token(f[0].casefold(), f.start(), f.end()) for f in _WORD.finditer(reading(text))]
    index, own_words = names.index, _spaced(words(own))
    at = 0
    while at < len(tokens):
        count = _words_at(text, tokens, at, index, own_words)
        if count:
            yield tokens[at].start, tokens[at + count - 1].end
        at += count or 1


def _words_at(text: str, tokens: list[Token], at: int, index: Index, own_words: str) -> int:
    """Return how many words a name has that begins here; 0 where none does."""
    for count in index.lengths.get(tokens[at].word, _ALONE):
        found = tokens[at : at + count]
        form = " ".join(token.word for token in found)
        in_capitals = index.in_capitals.get(form)
        if in_capitals is None or len(found) < count or f" {form} " in own_words:
            continue
        if not in_capitals or _is_a_name(text, found):
            return count
    return 0


def _spaced(found: list[str]) -> str:
    return f" {' '.join(found)} "


def _is_a_name(text: str, found: list[Token]) -> bool:
    """Say whether ordinary words are written as a name; one of them not where a sentence begins."""
    if not all(text[token.start].isupper() or text[token.start].isdigit() for token in found):
        return False
    if len(found) > 1:
        return True
    before = text[: found[0].start].rstrip(_BEFORE_A_START)
    if not before or before[-1] in _STARTS:
        return False
    return not text.isupper()


@dataclass(frozen=True)
class AccountNames:
    """The names of many accounts, with their index, made once."""

    names: tuple[str, ...] = ()
    small: tuple[str, ...] = ()
    """The same in the form in which they are compared, where somebody holds that already."""

    @cached_property
    def index(self) -> Index:
        """Return the forms of the names, to be looked up."""
        return _index_of(zip(self.names, self.small or self.names, strict=True))


def _index_of(names: Iterable[tuple[str, str]]) -> Index:
    in_capitals: dict[str, bool] = {}
    lengths: dict[str, tuple[int, ...]] = {}
    for form, small in ((form, small) for name, small in names for form in forms(name)):
        words_of = " ".join(form.words)
        if words_of == small:
            words_of = small  # that one is held already: of twenty thousand names a megabyte
        in_capitals[words_of] = form.in_capitals and in_capitals.get(words_of, True)
        first, count = form.words[0], len(form.words)
        known = lengths.get(first, _ALONE)
        if count not in known:
            lengths[first] = tuple(sorted((*known, count), reverse=True))
    return Index(in_capitals, lengths)


def forms(name: str) -> tuple[NameForm, ...]:
    """Return how an account may be named: whole, written together, and by its telling part."""
    whole = tuple(words(name))
    if not whole:
        return ()
    made = [NameForm(whole, _ordinary(whole) and len(whole) < _LONG_NAME)]
    if len(whole) > 1 and not _ordinary(whole):
        made.append(NameForm(("".join(whole),)))
    part = _telling_part(whole)
    if part and part != whole:
        made.append(NameForm(part, _ordinary(part)))
    return tuple(form for form in made if not _says_nothing(form, whole))


def _telling_part(whole: tuple[str, ...]) -> tuple[str, ...]:
    part = whole[1:] if whole[0] == "the" else whole
    while part and part[-1] in GENERIC:
        part = part[:-1]
    return part


def _ordinary(found: tuple[str, ...]) -> bool:
    return not any(len(word) >= _SHORTEST_PART and not is_ordinary(word) for word in found)


def _says_nothing(form: NameForm, whole: tuple[str, ...]) -> bool:
    """Say whether a form could stand for anything: figures, a day, a place, a short form."""
    if all(word.isdigit() for word in form.words):
        return True
    if not form.in_capitals or (form.words == whole and len(whole) > 1):
        return False
    is_short = len(form.words) == 1 and len(form.words[0]) < _SHORTEST_PART
    return is_short or all(word in _NEVER_ALONE for word in form.words)
