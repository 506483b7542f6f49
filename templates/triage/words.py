"""Sentences of events: the card in a team's channel."""

from __future__ import annotations

from protocols.triage.events import (
    CardBack,
    CardDeleted,
    CardPlaced,
    CardStood,
    CardWithheld,
    NoteAltered,
    WordsShown,
)
from templates.kit.late import read_late
from templates.kit.scene import Scene
from templates.kit.sentences import says, silent, simply

simply(CardPlaced, lambda _, e: f"its card stands in the channel of {e.team}")
silent(CardStood, WordsShown)
simply(CardWithheld, lambda _, _e: "its card waits until only we read the team's channel")
simply(CardBack, lambda _, _e: "its card in the team's channel shows how it stands again")
simply(CardDeleted, lambda _, _e: "a person deleted its card in the team's channel")


@says(NoteAltered)
def _altered(_: Scene, event: NoteAltered) -> str:
    if not event.text:
        return f'{event.person.name} deleted a note: "{event.was}"{read_late(event)}'
    was = f'"{event.was}" is now ' if event.was else ""
    return f'{event.person.name} changed a note: {was}"{event.text}"{read_late(event)}'
