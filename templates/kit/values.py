"""What the small values have in common that templates are given."""

from __future__ import annotations


class Value:
    """What a template may look into, beside plain words and instants."""

    __slots__ = ()
