"""Numbers that must not be kept are masked in a command before any rule sees its words.

So nothing that is journaled, rendered or logged ever holds them. Source: M14, T27.
"""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from protocols.investigation.events import RecordFinding
from protocols.kernel.command import Command
from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.tables import cleans
from protocols.masked.events import NumberMasked
from protocols.opening.events import AttachedFile, OpenTicket
from protocols.tiers.events import ChangeTier
from protocols.words.masking import MaskedNumber, mask_form, masks_in

FREE_TEXT = frozenset(
    {
        "summary",
        "description",
        "accounts",
        "address",
        "since",
        "how",
        "text",
        "attached",
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
        "answer",
        "default",
        "sample_at",
        "error_code",
    }
)
"""Names of the fields of commands that people type."""


PREFILLED = (OpenTicket, RecordFinding, ChangeTier)
"""Commands of forms that we fill with what was typed or written elsewhere: masked by then."""


@cleans
def masked(command: Command, ctx: Context) -> tuple[Command, tuple[Event, ...]]:
    """Return the command as it may be kept, and which numbers were taken out of it."""
    clean, found = cleaned(command)
    numbers = dict.fromkeys((one.kind.value, one.last4) for one in found)
    return clean, tuple(NumberMasked(ctx.now, ctx.by, kind, last4) for kind, last4 in numbers)


def cleaned(command: Command) -> tuple[Command, tuple[MaskedNumber, ...]]:
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


def _typed(command: Command) -> list[tuple[str, str]]:
    """Return every text that a person typed, by its field, in the order of the command."""
    typed: list[tuple[str, str]] = []
    for field in fields(command):
        value = getattr(command, field.name)
        if field.name == "fields":
            typed += [(field.name, text) for _, text in value]
        elif field.name == "options":
            typed += [(field.name, text) for text in value]
        elif field.name == "files" and isinstance(value, tuple):
            typed += [(field.name, file.name) for file in value]
        elif field.name in FREE_TEXT and isinstance(value, str):
            typed.append((field.name, value))
    return typed


def _put_back(
    command: Command, typed: list[tuple[str, str]], kept: tuple[str, ...]
) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    for name in dict.fromkeys(name for name, _ in typed):
        texts = tuple(text for (its, _), text in zip(typed, kept, strict=True) if its == name)
        if name == "fields":
            labels = (label for label, _ in getattr(command, name))
            changes[name] = tuple(zip(labels, texts, strict=True))
        elif name == "files":
            changes[name] = tuple(map(_named, getattr(command, name), texts))
        else:
            changes[name] = texts if name == "options" else texts[0]
    return changes


def _named(file: AttachedFile, name: str) -> AttachedFile:
    """Return a file under its clean name; the address of one that was masked has the number too."""
    return file if file.name == name else replace(file, name=name, url="")
