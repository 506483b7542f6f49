"""Ids of buttons and forms, and sentences of events: the timeline."""

from __future__ import annotations

from protocols.timeline.events import MessageAltered, NoteAdded
from templates.kit.actions import action, form
from templates.kit.late import read_late
from templates.kit.scene import Scene
from templates.kit.sentences import says

TICKET_TIMELINE = action("ticket.timeline")
NOTE_OPEN = action("note.open")
VIEW_NOTE = form("note")


@says(NoteAdded, decided=True)
def _note(_: Scene, event: NoteAdded) -> str:
    author = event.author or event.by.name
    kept = f", put here by {event.by.name}" if event.author else ""
    return f'{author}: "{event.text}"{kept}{read_late(event)}'


@says(MessageAltered)
def _altered(_: Scene, event: MessageAltered) -> str:
    word = "deleted" if event.deleted else "edited"
    if event.written_at is not None:
        return f"{event.person.name} {word} a message{read_late(event)}"
    return f'{event.person.name} {word} a message (was: "{event.was}")'
