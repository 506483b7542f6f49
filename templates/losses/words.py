"""Sentences of events: who and what is gone."""

from __future__ import annotations

from protocols.losses.events import PersonGone, RoadFound
from templates.kit.scene import Scene
from templates.kit.sentences import says
from templates.kit.titles import DUTIES, ROLES


@says(PersonGone)
def _gone(_: Scene, event: PersonGone) -> str:
    parts = ", ".join(part_title(part) for part in event.parts)
    return f"{event.person.name} is not one of us in Slack and the directory any more ({parts})"


@says(RoadFound)
def _found(scene: Scene, event: RoadFound) -> str:
    return f"words for {scene.account} go to #{event.route.channel_name} from now on"


def part_title(part: str) -> str:
    """Return what a part is called."""
    return ROLES.get(part) or DUTIES.get(part) or part.replace("-", " ")
