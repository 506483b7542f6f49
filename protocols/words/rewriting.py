"""Safe words put in the place of those that a check stopped: where they begin and end.

What a check objects to is a phrase; a reader reads sentences. So most rewrites take the place of
every sentence that the phrase lies in, and only what can be swapped word for word stays smaller.
Source: D43.
"""

from __future__ import annotations

import re

_ENDS = re.compile(r"(?<=[.!?;])\s+|\n+")
_BEFORE_CLAUSE = re.compile(
    r"\s*,?\s*(?:because(?: of)?|owing to|as a (?:result|consequence) of)$", re.IGNORECASE
)
_HANGING = re.compile(
    r"(?:^|\W)(?:is|are|was|were|be|been|and|or|but|that|not|only)$", re.IGNORECASE
)
_FEWEST_LEFT = 3


def sentences_at(form: str, start: int, end: int) -> tuple[int, int]:
    """Return where the sentences begin and end that a place of a text lies in."""
    first, last = 0, len(form)
    for stop in _ENDS.finditer(form):
        if stop.end() <= start:
            first = stop.end()
        elif stop.start() >= end:
            last = stop.start()
            break
    return first, last


def said_before(form: str, start: int, end: int) -> str:
    """Return what a sentence says before it names a cause; empty when that is no sentence."""
    first, _last = sentences_at(form, start, end)
    if not _BEFORE_CLAUSE.search(form[first:end]):
        return ""
    said = form[first:start].rstrip(" ,")
    whole = len(said.split()) >= _FEWEST_LEFT and not _HANGING.search(said)
    return f"{said}." if whole else ""


def put(form: str, start: int, end: int, words: str) -> str:
    """Return a text with words in place of a part; words that it says already are not repeated."""
    before, after = form[:start], form[end:]
    if words in before or words in after:
        words = ""
    if not words:
        before, after = before.rstrip(" "), after.lstrip(" ")
        words = " " if before and after and "\n" not in (before[-1], after[0]) else ""
    return f"{before}{words}{after}".strip()
