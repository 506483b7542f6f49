"""Nothing outward twice: not the same release or fixed text, not the same body within a minute."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from tests.histories.finding import Finding
from tests.histories.hearing import Heard

MINUTE = timedelta(minutes=1)


def twice(taken: Sequence[Heard]) -> Iterator[Finding]:
    """Return what reached the same place a second time.

    A mail that is sent again under its own Message-ID is one mail to whoever gets it.
    """
    keys: set[tuple[str, str]] = set()
    bodies: dict[tuple[str, str], tuple[datetime, str]] = {}
    for each in taken:
        if not each.outside or not each.is_new:
            continue
        keyed = (each.place, each.key)
        if each.key and keyed in keys:
            if each.kind != "mail":
                yield Finding("twice: one key", f"{each.key} reached {each.place} twice.")
            continue
        keys.add(keyed)
        before = bodies.get((each.place, each.words))
        if before is not None and each.at - before[0] <= MINUTE:
            name = _name(each.key)
            yield Finding(
                f"twice: {name}", f"{each.place} read the same in {before[1]} and {each.key}."
            )
        bodies[each.place, each.words] = (each.at, each.key)


def _name(key: str) -> str:
    parts = key.split("/")
    return parts[1] if len(parts) > 1 else key
