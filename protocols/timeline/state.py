"""How many notes stand on the timeline."""

from __future__ import annotations

from dataclasses import dataclass

from protocols.kernel.changing import on
from protocols.kernel.record import part_of
from protocols.ticket import Ticket
from protocols.timeline.events import NoteAdded


@part_of(Ticket)
@dataclass(frozen=True, slots=True)
class Notes:
    """How many notes stand on the timeline."""

    notes_count: int = 0


@on(NoteAdded)
def _note_added(notes: Notes, _event: NoteAdded) -> Notes:
    return Notes(notes.notes_count + 1)
