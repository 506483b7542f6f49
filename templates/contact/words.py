"""Ids of buttons and forms, and sentences of events: contact."""

from __future__ import annotations

from protocols.contact.events import (
    ContactAway,
    ContactBack,
    ContactUncovered,
    PocChanged,
    PocDeclined,
    PocOffered,
    PocOfferSilent,
    ShiftListed,
    ShiftTaken,
)
from templates.kit.actions import action, form
from templates.kit.scene import Scene
from templates.kit.sentences import says, silent, simply

HAND_OVER_OPEN = action("hand_over.open", "Hand over")
POC_ACCEPT = action("poc.accept")
POC_DECLINE = action("poc.decline")
SHIFT_ACCEPT = action("shift.accept")
SHIFT_OPEN = action("shift.open", "What I leave you")
VIEW_HAND_OVER = form("hand_over")
VIEW_SHIFT = form("leave_shift")


@says(PocChanged, decided=True)
def _poc_changed(scene: Scene, event: PocChanged) -> str:
    after = f", after {event.before.name}" if event.before is not None else ""
    return f"{event.person.name} is the one contact for {scene.account}{after}"


simply(PocOffered, lambda _, e: f"{e.person.name} was asked to be the one contact")
simply(ShiftListed, lambda _, e: f"{e.by.name} left it to {e.person.name}, to be accepted")
silent(ShiftTaken)
simply(
    PocOfferSilent,
    lambda s, e: f"{e.person.name} has not accepted to be the one contact for {s.account}",
)
simply(PocDeclined, lambda _, e: f"{e.person.name} cannot be the one contact")
simply(ContactAway, lambda _, e: f"{e.person.name}, the one contact, is away")
simply(ContactUncovered, lambda _, e: f"nobody could be asked to cover for {e.person.name}")
simply(ContactBack, lambda _, e: f"{e.person.name}, the one contact, is back")
