"""Numbers that must not be kept are masked in a command before any rule sees its words.

So nothing that is journaled, rendered or logged ever holds them. Source: M14, T27.
"""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from protocols import commands as cmd
from protocols.masking import MaskedNumber, mask_form, masks_in

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


PREFILLED = (cmd.OpenTicket, cmd.RecordFinding, cmd.ChangeTier)
"""Commands of forms that we fill with what was typed or written elsewhere: masked by then."""


def cleaned(command: cmd.Command) -> tuple[cmd.Command, tuple[MaskedNumber, ...]]:
    """Return the command with every free text masked, and what was found in them.

    All its texts are read as one, because a number may be typed in two fields of one form.
    """
    typed = _typed(command)
    kept, found = mask_form([text for _, text in typed])
    if isinstance(command, PREFILLED):
        found = (*found, *(hit for _, text in typed for hit in masks_in(text)))
    if [*kept] == [text for _, text in typed]:
        return command, found
    return replace(command, **_put_back(command, typed, kept)), found


def _typed(command: cmd.Command) -> list[tuple[str, str]]:
    """Return every text that a person typed, by its field, in the order of the command."""
    typed: list[tuple[str, str]] = []
    for field in fields(command):
        value = getattr(command, field.name)
        if field.name == "fields":
            typed += [(field.name, text) for _, text in value]
        elif field.name == "options":
            typed += [(field.name, text) for text in value]
        elif field.name in FREE_TEXT and isinstance(value, str):
            typed.append((field.name, value))
    return typed


def _put_back(
    command: cmd.Command, typed: list[tuple[str, str]], kept: tuple[str, ...]
) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    for name in dict.fromkeys(name for name, _ in typed):
        texts = tuple(text for (its, _), text in zip(typed, kept, strict=True) if its == name)
        if name == "fields":
            labels = (label for label, _ in getattr(command, name))
            changes[name] = tuple(zip(labels, texts, strict=True))
        else:
            changes[name] = texts if name == "options" else texts[0]
    return changes
