"""What became of a question that was put with buttons; a rule per subject says it.

A message that asks something is known by its key: of whom, of what, when. Once its question is
settled it says so instead, and its buttons go.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from protocols.kernel.context import Context
from protocols.kernel.record import Record
from protocols.kernel.tables import Events, rules_of
from protocols.people.people import Who
from protocols.status import Status

PREFIX = "became"
"""How the key of an edit begins by which a message says what became of its question."""
AT_WORK = (Status.OPEN,)
NOT_CLOSED = (Status.OPEN, Status.RESOLVED, Status.CONFIRMED)


class Key(tuple[str, ...]):
    """The key of a posted message behind the name of its subject, part by part."""

    __slots__ = ()

    def number(self, at: int = 0) -> int:
        """Return the number, or the stamp of an instant, that stands at a place of it."""
        return int(self[at])


@dataclass(frozen=True, slots=True)
class Became:
    """What became of a question.

    Attributes:
        word: How it ended, such as ``taken`` or ``over``.
        about: What was asked for, such as ``role``.
        of: Which of these.
        by: Who brought it about.
        at: When.
        then: Who is asked now.
        template: What says it.
        params: What that needs besides.
        keeps: Whether the message stays as it was sent, and only its buttons give way.
        bare: Whether it says nothing where it stays, and only its buttons go, or come back.
        turn: What tells a later end of a question from an earlier one that was said already.
    """

    word: str
    about: str = ""
    of: str = ""
    by: Who | None = None
    at: datetime | None = None
    then: Who | None = None
    template: str = "settled"
    params: Mapping[str, object] = field(default_factory=dict)
    keeps: bool = False
    turn: str = ""
    bare: bool = False


def edit_key(reference: str, suffix: str, ending: Became) -> str:
    """Return the key of the edit by which a message says an ending; each end is said once.

    Args:
        reference: The record's name.
        suffix: The message's key, behind the record's name.
        ending: What became of its question.
    """
    turn = f"/{ending.turn}" if ending.turn else ""
    return f"{reference}/{PREFIX}/{suffix}{turn}"


def over(
    status: Status, about: str, of: str = "", alive: tuple[Status, ...] = AT_WORK
) -> Became | None:
    """Return that a ticket ended before its question was answered; None while it may be."""
    return None if status in alive else Became("over", about, of)


def ending_of(record: Record, suffix: str, events: Events, ctx: Context) -> Became | None:
    """Return what became of the question of a message; None while it stands, or asks nothing.

    Args:
        record: The record after the events.
        suffix: The message's key, behind the record's name.
        events: What has just happened.
        ctx: What was known.
    """
    subject, *key = suffix.split("/")
    rule = rules_of(type(record)).ends.get(subject)
    found: Became | None = rule(record, Key(key), events, ctx) if rule is not None else None
    return found
