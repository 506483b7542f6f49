"""Numbers that must not be kept are masked in a command before any rule sees its words.

So nothing that is journaled, rendered or logged ever holds them. Source: M14, T27.
"""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from protocols import commands as cmd
from protocols.masking import Found, mask

FREE_TEXT = frozenset(
    {
        "summary",
        "description",
        "accounts",
        "since",
        "how",
        "text",
        "reason",
        "asked_reason",
        "why",
        "note",
        "author",
        "speaker",
        "said_at",
        "words",
        "was",
        "done",
        "check",
        "confirmed_by",
        "link",
        "question",
        "default",
    }
)
"""Names of the fields of commands that people type."""


def cleaned(command: cmd.Command) -> tuple[cmd.Command, tuple[Found, ...]]:
    """Return the command with every free text masked, and what was found in them."""
    found: list[Found] = []
    changes: dict[str, Any] = {}
    for field in fields(command):
        value = getattr(command, field.name)
        if field.name == "fields":
            changes["fields"] = tuple((name, _masked(text, found)) for name, text in value)
        elif field.name in FREE_TEXT and isinstance(value, str):
            changes[field.name] = _masked(value, found)
        elif field.name == "options":
            changes["options"] = tuple(_masked(text, found) for text in value)
    return (replace(command, **changes) if found else command), tuple(found)


def _masked(text: str, found: list[Found]) -> str:
    masked = mask(text)
    found.extend(masked.found)
    return masked.text
