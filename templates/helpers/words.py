"""Ids of buttons and forms, and sentences of events: helpers."""

from __future__ import annotations

from protocols.bridge.events import LeadsBroughtIn
from protocols.helpers.events import HelperAnswered, HelperCalled, HelperCalledAgain
from templates.kit import titles
from templates.kit.actions import action
from templates.kit.scene import Scene
from templates.kit.sentences import says, simply

BRIDGE_ON_IT = action("bridge.on_it", "I am on it")
BRIDGE_ASK_ENGINEERING = action("bridge.ask_engineering", "Ask Engineering")
BRIDGE_BRING_IN = action("bridge.bring_in", "Bring them in now")


def _duty(duty: str) -> str:
    return titles.duty_title(duty)


@says(HelperCalled)
def _called(_: Scene, event: HelperCalled) -> str:
    word = "was told" if event.heads_up else "was called"
    return f"{event.person.name} {word} as {_duty(event.duty)}"


@says(HelperAnswered)
def _answered(_: Scene, event: HelperAnswered) -> str:
    if event.joined:
        return ""  # that they are in the bridge is an entry of its own
    return f"{event.person.name} is on it as {_duty(event.duty)}"


simply(HelperCalledAgain, lambda _, e: f"{e.person.name} was asked again: {_duty(e.duty)}")
simply(LeadsBroughtIn, lambda _, e: f"{e.by.name} brought in whoever was missing")
