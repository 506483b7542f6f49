"""Ids of buttons and forms, and sentences of events: holds."""

from __future__ import annotations

from protocols.holds.events import (
    HoldAsked,
    HoldCleared,
    HoldStands,
    HoldStopped,
    StopAsked,
    StopLapsed,
    StopRotaExhausted,
)
from protocols.holds.state import Holds
from templates.kit.actions import action, form
from templates.kit.scene import Scene
from templates.kit.sentences import says

HOLD_PLACE = action("hold.place", "Place hold")
HOLD_STOPPED = action("hold.stopped", "Confirmed stopped")
HOLD_CLEAR = action("hold.clear", "Clear hold")
VIEW_PLACE_HOLD = form("place_hold")
VIEW_HOLD_STOPPED = form("hold_stopped")
VIEW_CLEAR_HOLD = form("clear_hold")


@says(HoldAsked, decided=True)
def _hold_asked(_: Scene, event: HoldAsked) -> str:
    return f'{event.by.name} asked for the {event.kind.value} hold: "{event.reason}"'


@says(StopAsked)
def _stop_asked(scene: Scene, event: StopAsked) -> str:
    return f"{event.person.name} was asked to stop the payments of {scene.account}"


@says(StopLapsed)
def _stop_lapsed(_: Scene, event: StopLapsed) -> str:
    return f"{event.person.name} did not answer: stop of payments"


@says(StopRotaExhausted)
def _stop_rota(_: Scene, _event: StopRotaExhausted) -> str:
    return "nobody further on duty can be asked to stop payments"


@says(HoldStands)
def _hold_stands(scene: Scene, event: HoldStands) -> str:
    return f"{_hold(scene, event.number)} is still in force: those who may clear it were asked"


@says(HoldStopped, decided=True)
def _hold_stopped(scene: Scene, event: HoldStopped) -> str:
    return f"{event.confirmed_by} confirmed that {_hold(scene, event.number)} stands"


@says(HoldCleared, decided=True)
def _hold_cleared(scene: Scene, event: HoldCleared) -> str:
    return f'{event.by.name} cleared {_hold(scene, event.number)}: "{event.reason}"'


def _hold(scene: Scene, number: int) -> str:
    found = next((hold for hold in scene.ticket.of(Holds).holds if hold.number == number), None)
    return f"the {found.kind.value} hold" if found is not None else f"hold {number}"
