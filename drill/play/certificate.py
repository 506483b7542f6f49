"""The certificate of what was rehearsed, asked for as a person asks for it."""

from __future__ import annotations

import asyncio
from typing import Any

from drill.gestures import Gestures
from drill.play import hands
from drill.play.scenarios import Scenario
from drill.play.sight import Sight
from drill.workspace import Workspace
from drill.world import Channel

Wire = dict[str, Any]

NAME = "Certificate"
LOOKS = 80
LOOK_S = 0.05


async def asked_certificate(
    space: Workspace, gestures: Gestures, sight: Sight, scenario: Scenario
) -> Wire:
    """Ask for the certificate as the first persona, and return the message."""
    who = space.slack.world.person(scenario.cast.you)
    if sight.bridge is not None:
        place = sight.bridge
        before = len(place.ephemerals)
        order = {"as": who.id, "do": "command", "command": "/bridge", "text": "certificate"}
        await gestures.do({**order, "channel": place.id})
    elif sight.reference:
        await hands.look_home(space, gestures, who.id)
        place = space.slack.world.direct((who.id,))
        order = {"as": who.id, "do": "command", "command": "/ticket", "channel": place.id}
        before = len(place.ephemerals)
        await gestures.do({**order, "text": f"show {sight.reference}"})
        await _taken_from(place, before, "")
        await gestures.do({"as": who.id, "do": "press", "button": NAME, "channel": place.id})
    else:
        return {}
    return await _taken_from(place, before, f"{NAME} of")


async def _taken_from(place: Channel, before: int, begins: str) -> Wire:
    """Return what the app answered, and take it away: nobody in the channel asked for it."""
    # The answer comes by itself within moments; nothing tells of it.
    for _ in range(LOOKS):
        found = newest(place.ephemerals[before:], begins)
        if found:
            if begins:
                place.ephemerals[:] = [*place.ephemerals[:before]]
            return found
        await asyncio.sleep(LOOK_S)
    return {}


def newest(messages: list[Wire], begins: str) -> Wire:
    """Return the newest of some messages that begins so; nothing when there is none."""
    for message in reversed(messages):
        if str(message.get("text", "")).startswith(begins):
            return message
    return {}
