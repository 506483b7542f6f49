"""Notes on the timeline, and messages of the bridge that were altered. Source: M4."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from protocols.kernel.command import Command
from protocols.kernel.event import Event
from protocols.people.people import Who


@dataclass(frozen=True, slots=True)
class AddNote(Command):
    """Put a line on the timeline. ``author`` and ``link`` when it is someone's message."""

    text: str
    author: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class NoteEdited(Command):
    """A message in the bridge was edited or deleted. Source: M4."""

    person: Who
    was: str
    deleted: bool
    written_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class NoteAdded(Event):
    """A line was put on the timeline; ``written_at`` is when, where it was read late."""

    NAME = "NoteAdded"

    text: str
    author: str = ""
    link: str = ""
    written_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class MessageAltered(Event):
    """A message in the bridge was edited or deleted.

    Read late, at ``written_at``, what it was is not known: Slack shows what it is.
    """

    NAME = "MessageAltered"

    person: Who
    was: str
    deleted: bool
    written_at: datetime | None = None
