"""Ids of buttons, and sentences of events: classification."""

from __future__ import annotations

from protocols.classification.events import ClassificationAsked, TicketClassified
from templates.kit.actions import action
from templates.kit.scene import Scene
from templates.kit.sentences import says

CLASSIFY_ROUTINE = action("classify.routine")
CLASSIFY_ELEVATED = action("classify.elevated")
CLASSIFY_CRITICAL = action("classify.critical")
CLASSIFY_READ = action("classify.read")


@says(ClassificationAsked)
def _asked(_: Scene, event: ClassificationAsked) -> str:
    because = f', because "{event.words}" was heard' if event.words else ""
    if not event.to:
        return f"nobody is on duty who could say which tier it is{because}"
    names = ", ".join(who.name for who in event.to)
    return f"{names} {'was' if len(event.to) == 1 else 'were'} asked which tier it is{because}"


@says(TicketClassified, decided=True)
def _classified(_: Scene, event: TicketClassified) -> str:
    return f"{event.by.name} said that it is Tier {int(event.tier)}, {event.tier.label}"
