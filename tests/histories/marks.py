"""The marks in everything that anybody types: words that nobody else says, found again anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LETTERS = "bcdfghjkmnprstvz"
_MARK = re.compile(rf"qx[{_LETTERS}]{{4}}qx")


def mark(number: int) -> str:
    """Return the mark of this number; letters only, so that no rule takes it for anything else."""
    found = ""
    for _ in range(4):
        number, digit = divmod(number, len(_LETTERS))
        found = _LETTERS[digit] + found
    return f"qx{found}qx"


def marks_in(words: str) -> Iterator[str]:
    """Return every mark in some words, in order."""
    yield from (found[0] for found in _MARK.finditer(words.casefold()))
