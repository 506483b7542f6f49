"""A count and what is counted, which agree. There is no other place for a plural."""

from __future__ import annotations

_IRREGULAR = {"person": "people", "address": "addresses", "entry": "entries"}


def counted(count: int, one: str, many: str = "") -> str:
    """Return a count with what is counted: ``1 account``, ``9 accounts``, ``2 people are here``."""
    if count == 1:
        return f"1 {one}"
    first, space, last = one.rpartition(" ")
    return f"{count} {many or first + space + _IRREGULAR.get(last, f'{last}s')}"
