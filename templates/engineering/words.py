"""Ids of buttons, and sentences of events: engineering."""

from __future__ import annotations

from protocols.engineering.events import (
    EngineerAsked,
    EngineeringTaken,
    EngineeringTicketRecorded,
    EngineerLapsed,
    EngineersExhausted,
)
from templates.kit.actions import action
from templates.kit.scene import Scene
from templates.kit.sentences import says, simply

ENGINEERING_TAKE = action("engineering.take", "I am on it")
ENGINEERING_DECLINE = action("engineering.decline", "I can't")


@says(EngineersExhausted)
def _exhausted(_: Scene, event: EngineersExhausted) -> str:
    told = f"{event.told.name} was told" if event.told is not None else "nobody could be told"
    return f"Nobody in Engineering on duty is left to be asked; {told}"


@says(EngineerLapsed)
def _lapsed(_: Scene, event: EngineerLapsed) -> str:
    return f"{event.person.name} {'cannot' if event.declined else 'has not answered'}"


simply(EngineerAsked, lambda _, e: f"{e.person.name} of Engineering was asked")
simply(EngineeringTaken, lambda _, e: f"{e.by.name} of Engineering is on it", decided=True)
simply(
    EngineeringTicketRecorded,
    lambda _, e: f"{e.by.name} recorded Engineering's ticket: {e.address}",
    decided=True,
)
