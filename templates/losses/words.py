"""Sentences of events: who and what is gone."""

from __future__ import annotations

from protocols.losses.events import (
    BridgeBack,
    BridgeCardGone,
    BridgeLost,
    BridgeMadeAnew,
    BridgeRenamed,
    PersonGone,
    RoadFound,
)
from templates.kit.actions import action
from templates.kit.scene import Scene
from templates.kit.sentences import says, simply
from templates.kit.titles import DUTIES, ROLES

BRIDGE_ANEW = action("bridge.anew", "New bridge")
BRIDGE_ASK_BACK = action("bridge.ask_back")
_LOST = {"archived": "was archived", "left": "is without the bot"}

simply(BridgeLost, lambda _, e: f"the bridge {_LOST.get(e.why, 'is not there any more')}")
simply(
    BridgeBack,
    lambda _, e: (
        "the bridge is open to the bot again"
        + ("; it is to be archived after all" if e.archive_owed else "")
    ),
)
simply(
    BridgeCardGone,
    lambda _, e: (
        "a person took the pin off the card; it is set again"
        if e.why == "pin"
        else "a person deleted the card; it is posted anew"
    ),
)
simply(BridgeRenamed, lambda _, e: f"the bridge is called {e.name} now")
simply(BridgeMadeAnew, lambda _, e: f"{e.by.name} had a new bridge made", decided=True)


@says(PersonGone)
def _gone(_: Scene, event: PersonGone) -> str:
    parts = ", ".join(part_title(part) for part in event.parts)
    return f"{event.person.name} is not one of us in Slack and the directory any more ({parts})"


@says(RoadFound)
def _found(scene: Scene, event: RoadFound) -> str:
    return f"words for {scene.account} go to #{event.route.channel_name} from now on"


def part_title(part: str) -> str:
    """Return what a part is called."""
    if part == "release":
        return "the release of a text"
    return ROLES.get(part) or DUTIES.get(part) or part.replace("-", " ")
