"""Rows as the driver gives them: whatever somebody put into a column is read, and judged later."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Column, Select, select, type_coerce
from sqlalchemy.types import NullType

from store.columns import EPOCH
from store.json_text import Json, canonical, from_json

UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError)
"""What reading a value raises that no program of ours wrote."""


def raw(columns: Iterable[Column[Any]]) -> Select[Any]:
    """Return a query of columns without their types."""
    untyped: list[Any] = [type_coerce(each, NullType()).label(each.name) for each in columns]
    return select(*untyped)


def spelled(instant: object) -> str | None:
    """Spell an instant as a header does; None when it is none."""
    if isinstance(instant, datetime):
        return instant.astimezone(UTC).isoformat()
    if isinstance(instant, int) and not isinstance(instant, bool):
        try:
            return (EPOCH + timedelta(microseconds=instant)).isoformat()
        except OverflowError:
            return None
    return None


def parsed(text: object) -> Json:
    """Return the JSON object that a column holds in its canonical spelling, None when none."""
    if not isinstance(text, str) or not text.isascii():
        return None
    try:
        found = from_json(text)
        return found if isinstance(found, dict) and canonical(found) == text else None
    except UNREADABLE:
        return None
