"""The two ways a surface can fail to be made."""

from __future__ import annotations


class TemplateBroken(Exception):
    """A template could not become a message: a fact is missing, or its notation is wrong."""

    def __init__(self, name: str, reason: str) -> None:
        """Name the template and say in one sentence what is wrong with it."""
        super().__init__(f"Template {name!r} is broken: {reason}")
        self.name = name
        self.reason = reason


class LimitExceeded(Exception):
    """A surface would be refused by Slack, because one of its fields is too large."""

    def __init__(self, name: str, place: str, field: str, limit: int, got: int) -> None:
        """Name the surface, the block and the field, the limit, and what it got."""
        super().__init__(f"{name!r}, {place}: {field} may have {limit}, has {got}")
        self.name = name
        self.place = place
        self.field = field
        self.limit = limit
        self.got = got
