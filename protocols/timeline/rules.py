"""What people put on the timeline, and that a message was altered. Source: M4."""

from __future__ import annotations

from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.tables import decides
from protocols.rights.guards import need_on_ticket, need_reason
from protocols.ticket import Ticket
from protocols.timeline.events import AddNote, MessageAltered, NoteAdded, NoteEdited


@decides(AddNote)
def add_note(ticket: Ticket, command: AddNote, ctx: Context) -> tuple[Event, ...]:
    """Decide a note."""
    need_on_ticket(ticket, ctx)
    need_reason(command.text)
    return (NoteAdded(ctx.now, ctx.by, command.text, command.author, command.link),)


@decides(NoteEdited)
def note_edited(ticket: Ticket, command: NoteEdited, ctx: Context) -> tuple[Event, ...]:
    """Record that a message in the bridge was edited or deleted. Source: M4."""
    return (
        MessageAltered(
            ctx.now, ctx.by, command.person, command.was, command.deleted, command.written_at
        ),
    )
