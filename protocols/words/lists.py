"""The entries of a list that somebody typed, one a line, without the marks typed before them."""

from __future__ import annotations

import re
from collections.abc import Iterator

_MARK = re.compile(r"(?:(?P<number>[0-9]{1,2})[.)]|[-*•–])(?:\s+|$)")


def entries(text: str) -> tuple[str, ...]:
    """Return the entries of a list: whoever shows it numbers it.

    A number is a mark only where it counts: ``3. November`` on the first line stays.
    """
    return tuple(_bare(text))


def _bare(text: str) -> Iterator[str]:
    place = 1
    for line in map(str.strip, text.splitlines()):
        mark = _MARK.match(line)
        counts = mark is not None and mark["number"] in (None, str(place))
        found = line[mark.end() :].strip() if mark is not None and counts else line
        if found:
            place += 1
            yield found
