"""Finding accounts by words as they are typed, without a walk through all of them.

Source: design, Accounts.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from protocols.words.normal_form import normal

_PARTS = re.compile(r"[\s\-_.&]+")
_LINE, _PART = "\n", "\t"


Sought = tuple[str, str, tuple[str, ...]]
"""An account as it is found: its name in the one form of names, its key, its tags."""


class AccountSearch:
    """The accounts in the order of their names, with one text in which words are looked up.

    Args:
        accounts: The accounts that may be found.
    """

    def __init__(self, accounts: Iterable[Sought]) -> None:
        ordered = sorted(accounts)
        self._names = [name for name, _, _ in ordered]
        self._keys = [key for _, key, _ in ordered]
        self._by_key = array("L", sorted(range(len(ordered)), key=self._keys.__getitem__))
        # It grows in its place: a list of twenty thousand lines would be held beside their text.
        text, self._begins = "", array("L", (0,))
        for each in ordered:
            text += _line(*each)
            self._begins.append(len(text))
        self._text = text

    def found(self, words: str, most: int) -> tuple[str, ...]:
        """Return the keys of accounts that fit what was typed, the best first.

        Args:
            words: What was typed; nothing finds all.
            most: So many at most.

        Returns:
            Exact names first, then names that begin with the words, names with a word that does,
            then those that hold them anywhere; alphabetical within each.
        """
        wanted = " ".join(normal(words).casefold().split())
        found: dict[int, None] = {}
        for place in self._ranked(wanted):
            if len(found) >= most:
                break
            found.setdefault(place)
        return tuple(self._keys[place] for place in found)

    def _ranked(self, wanted: str) -> Iterator[int]:
        first, last = bisect_left(self._names, wanted), bisect_right(self._names, wanted)
        exact = set(range(first, last))
        exact.update(self._of_key(wanted))
        yield from sorted(exact)
        after = bisect_left(self._names, wanted + "\U0010ffff")
        yield from range(first, after)
        sought = wanted.split()
        for before in (_PART, ""):
            yield from self._holding([before + word for word in sought])

    def _of_key(self, wanted: str) -> Iterator[int]:
        at = bisect_left(self._by_key, wanted, key=self._keys.__getitem__)
        for place in self._by_key[at : at + 1]:
            if self._keys[place] == wanted:
                yield place

    def _holding(self, sought: list[str]) -> Iterator[int]:
        """Yield the places of the lines that hold all of some texts; the longest is looked up."""
        longest = max(sought, key=len, default="")
        at = self._text.find(longest) if longest else -1
        while at >= 0:
            place = bisect_right(self._begins, at) - 1
            begins, ends = self._begins[place : place + 2]
            if all(self._text.find(each, begins, ends) >= 0 for each in sought):
                yield place
            at = self._text.find(longest, ends - 1)


def _line(name: str, key: str, tags: tuple[str, ...]) -> str:
    parts = (*_PARTS.split(name), key, *map(str.casefold, tags))
    return _PART + _PART.join(parts) + _LINE
