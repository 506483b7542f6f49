"""The certificate of what was rehearsed, asked for as a person asks for it."""

from __future__ import annotations

import asyncio
from typing import Any

from drill.gestures import Gestures
from drill.play.scenarios import Scenario
from drill.play.sight import Sight
from drill.workspace import Workspace

Wire = dict[str, Any]

LOOKS = 80
LOOK_S = 0.05


async def asked_certificate(
    space: Workspace, gestures: Gestures, sight: Sight, scenario: Scenario
) -> Wire:
    """Ask for the certificate as the first persona, and return the message."""
    bridge = sight.bridge
    if bridge is None:
        return {}
    who = space.slack.world.person(scenario.cast.you)
    before = len(bridge.ephemerals)
    order = {"as": who.id, "do": "command", "command": "/bridge", "text": "certificate"}
    await gestures.do({**order, "channel": bridge.id})
    # The answer comes by itself within moments; nothing tells of it.
    for _ in range(LOOKS):
        found = newest_certificate(bridge.ephemerals[before:])
        if found:
            bridge.ephemerals.remove(found)  # nobody in the bridge asked for it
            return found
        await asyncio.sleep(LOOK_S)
    return {}


def newest_certificate(messages: list[Wire]) -> Wire:
    """Return the newest certificate among messages; nothing when there is none."""
    for message in reversed(messages):
        if str(message.get("text", "")).startswith("Certificate of"):
            return message
    return {}
