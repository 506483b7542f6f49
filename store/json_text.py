"""JSON as text: one value has one spelling, which is what the journal hashes."""

from __future__ import annotations

import json
from typing import Any, TypeAlias

# None, bool, int, float, str, lists of them, and dicts from str to them.
Json: TypeAlias = Any

_canonical = json.JSONEncoder(
    ensure_ascii=True, allow_nan=False, sort_keys=True, separators=(",", ":")
)
_ordered = json.JSONEncoder(ensure_ascii=True, allow_nan=False, separators=(",", ":"))


def canonical(value: object) -> str:
    """Spell a JSON value in its one canonical way: sorted keys, ASCII, no spaces."""
    return _canonical.encode(value)


def to_json(value: object) -> str:
    """Spell a JSON value for a column.

    ASCII, so that NUL and lone surrogates survive as escapes on both dialects.
    """
    return _ordered.encode(value)


def from_json(spelled: str | bytes) -> Json:
    """Read a JSON value back."""
    return json.loads(spelled)
