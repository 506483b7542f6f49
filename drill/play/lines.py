"""What is said by itself: somebody outside writes, colleagues talk on the bridge."""

from __future__ import annotations

import contextlib
from datetime import datetime
from typing import Any

from drill.errors import DrillRefusal
from drill.gestures import Gestures
from drill.play.scenarios import BRIDGE, SEAT, Scenario, Spoken
from drill.play.sight import Sight
from drill.workspace import Workspace
from drill.world import Channel, User

Wire = dict[str, Any]

TYPES_S = 45.0


class Lines:
    """The lines of a scenario: each is said once, by somebody who is there."""

    def __init__(
        self, space: Workspace, gestures: Gestures, sight: Sight, scenario: Scenario | None
    ) -> None:
        self.space = space
        self.gestures = gestures
        self.sight = sight
        self.left: list[Spoken] = list(scenario.lines) if scenario else []
        self.said: list[tuple[Spoken, str]] = []

    def due(self, viewer: str, *, alone: bool) -> list[tuple[float, Spoken, User, Channel]]:
        """Return what is going to be said, and when; nobody speaks for the viewer.

        Args:
            viewer: Whom the viewer plays.
            alone: Whether colleagues act alone; people outside always do.
        """
        found = []
        for line in self.left:
            who, where = self._speaker(line), self._place(line)
            if who is None or where is None or who.id not in where.members:
                continue
            ours = not who.is_outside
            if set(line.after) <= set(self.sight.marks) and not (
                ours and (not alone or who.id == viewer)
            ):
                found.append((self._at_s(line), line, who, where))
        return found

    def _speaker(self, line: Spoken) -> User | None:
        name = line.who
        if name.startswith(SEAT):
            name = self.sight.seats.get(name.removeprefix(SEAT), "")
        with contextlib.suppress(DrillRefusal):
            return self.space.slack.world.person(name) if name else None
        return None

    def _place(self, line: Spoken) -> Channel | None:
        if line.where == BRIDGE:
            return self.sight.bridge
        return self.space.slack.world.channel_named(line.where)

    def _at_s(self, line: Spoken) -> float:
        return (self.sight.opened_s if line.after else self.sight.since_s) + line.at

    async def say(self, line: Spoken, who: User, where: Channel) -> None:
        """Say a line, and never again."""
        self.left.remove(line)
        self.said.append((line, who.real_name))
        now = self.space.slack.clock.business()
        order: Wire = {"as": who.id, "do": "message", "channel": where.id}
        order |= {"text": filled(line.text, now)}
        root = self._root(where) if line.reply else ""
        await self.gestures.do(order | ({"thread_ts": root} if root else {}))

    def _root(self, where: Channel) -> str:
        """Return the thread of the app's first message in a channel, best one that began it."""
        bot = self.space.slack.world.bot_user_id
        own = [one for one in self.sight.fresh(where) if one.get("user") == bot]
        begun = [one for one in own if one.get("thread_ts") in (None, one["ts"])]
        first = next(iter([*begun, *own]), None)
        return str(first.get("thread_ts") or first["ts"]) if first else ""

    def typing(self, viewer: str, now_s: float, *, alone: bool) -> list[Wire]:
        """Return who is about to say something, and where."""
        return [
            {"who": who.id, "channel": where.id}
            for at_s, _line, who, where in self.due(viewer, alone=alone)
            if now_s < at_s <= now_s + TYPES_S
        ]


def filled(text: str, now: datetime) -> str:
    """Return a text with the day of the rehearsal in it."""
    return text.replace("{day}", f"{now.day} {now:%b}")
