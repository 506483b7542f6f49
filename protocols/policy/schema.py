"""The forms that a policy's entries had, and the steps from one to the next.

A body is kept as it was written, with the number of its schema beside it: the digest that tickets
name is of exactly these letters. It is lifted each time it is read. Source: design, Versions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

Entries: TypeAlias = dict[str, object]
Upcaster: TypeAlias = Callable[[Entries], Entries]
"""Takes the entries as one schema has them, and returns them as of the next.

What stands there already stays: a file of the next schema may say the same letters as one of this.
"""
Upcasters: TypeAlias = Mapping[int, Upcaster]

SCHEMA = 1
"""The schema in which this program writes and reads."""
UPCASTERS: Upcasters = {}
"""By a schema the step to the next."""


def lifted(entries: Entries, schema: int, upcasters: Upcasters = UPCASTERS) -> Entries:
    """Return the entries of a body of this schema as the newest has them."""
    while schema in upcasters:
        entries, schema = upcasters[schema](entries), schema + 1
    return entries
