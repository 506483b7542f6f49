"""Where a text repeats a finding: word for word, or nearly, however it is broken into lines.

Source: M2; D10.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from protocols.words.normal_form import normal, reading

_NEAR = 0.8
_FEWEST_WORDS = 4
_FEWEST_TO_SLIDE = 6
_WIDTHS = (1.0, 1.25)
_WORD = re.compile(r"[^\W_]+")
_LINES = re.compile(r"(?<=[.!?;])\s+|\n+")
_FULL_STOPS = re.compile(r"(?<=[.!?;])\s+")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a text: its words as they compare, and where it stands."""

    words: tuple[str, ...]
    start: int
    end: int

    @property
    def spaced(self) -> str:
        """Return the words between blanks, so that one stretch can be sought in another."""
        return f" {' '.join(self.words)} "


def repeated(text: str, findings: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Find where a text repeats a finding.

    Args:
        text: words in normal form.
        findings: what was found, as it was recorded.

    Yields:
        Where each such part begins and ends, in order; none lies in another.
    """
    known = tuple(_known(findings))
    told_to = 0
    for start, end in sorted(_found(text, known)):
        if start >= told_to:
            told_to = end
            yield start, end


def _known(findings: tuple[str, ...]) -> Iterable[Stretch]:
    parts: dict[tuple[str, ...], Stretch] = {}
    for finding in map(normal, findings):
        for part in (*_parts(finding), _stretch(finding, 0, len(finding))):
            if part.words:
                parts.setdefault(part.words, part)
    return parts.values()


def _found(text: str, known: tuple[Stretch, ...]) -> Iterator[tuple[int, int]]:
    if not known:
        return
    for part in _parts(text):
        if any(_near(part, each) for each in known):
            yield part.start, part.end
    whole = [*_WORD.finditer(reading(text))]
    said = [word[0].casefold() for word in whole]
    in_text = Counter(said)
    for each in known:
        size = len(each.words)
        if size >= _FEWEST_TO_SLIDE and _shared(in_text, Counter(each.words)) >= _NEAR * size:
            for first, last in _slid(said, each.words):
                yield whole[first].start(), whole[last].end()


def _slid(said: list[str], known: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Yield each window of words that is nearly the known ones: their first and last."""
    for width in _WIDTHS:
        size = round(width * len(known))
        left, shared = Counter(known), 0
        for last, word in enumerate(said):
            shared += left[word] > 0
            left[word] -= 1
            first = last - size + 1
            if first > 0:
                gone = said[first - 1]
                left[gone] += 1
                shared -= left[gone] > 0
            if first >= 0 and 2 * shared >= _NEAR * (size + len(known)):
                yield first, last


def _parts(text: str) -> Iterator[Stretch]:
    """Yield the sentences of a text twice: ended by its lines too, and by full stops alone."""
    for ends in (_LINES, _FULL_STOPS):
        at = 0
        for end in (*ends.finditer(text), None):
            until = end.start() if end is not None else len(text)
            if text[at:until].strip():
                yield _stretch(text, at, until)
            at = end.end() if end is not None else until


def _stretch(text: str, start: int, end: int) -> Stretch:
    said = tuple(_WORD.findall(reading(text[start:end]).casefold()))
    return Stretch(said, start, end)


def _near(part: Stretch, known: Stretch) -> bool:
    if part.words == known.words:
        return True
    said, sought = len(part.words), len(known.words)
    if said < _FEWEST_WORDS or sought < _FEWEST_WORDS:
        return False
    if known.spaced in part.spaced:
        return True
    if 2 * min(said, sought) < _NEAR * (said + sought):
        return False
    return 2 * _shared(Counter(part.words), Counter(known.words)) >= _NEAR * (said + sought)


def _shared(said: Counter[str], known: Counter[str]) -> int:
    return sum((said & known).values())
