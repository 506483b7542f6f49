"""The words of promised calls: a button, three sentences, the facts of a message."""

from __future__ import annotations

from templates.kit.actions import action
from templates.kit.presenting import presents
from templates.kit.scene import Facts, Scene
from templates.kit.sentences import simply
from templates.kit.when import utc_full
from tests.example.protocols.callbacks.events import CallbackAsked, CallbackLate, CallbackMade
from tests.example.protocols.callbacks.state import Callbacks

CALLBACK_MADE = action("callback.made")

simply(CallbackAsked, lambda _, e: f"{e.by.name} promised a call by {utc_full(e.call_by)}")
simply(CallbackMade, lambda _, e: f"{e.by.name} made the promised call")
simply(CallbackLate, lambda scene, _: f"nobody called {scene.account} in time")


@presents("callback")
def callback(scene: Scene) -> Facts:
    """Return by when the call is owed, and whether that has passed."""
    owed = scene.ticket.of(Callbacks)
    return {**scene.common(), "call_by": owed.call_by, "late": scene.params["late"]}
