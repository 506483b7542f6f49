"""Colleagues who act alone: they press what they see, after a while, in drill time.

Whoever the viewer plays never acts. How long somebody takes is drawn from the names, so that
every run is alike.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from drill.errors import DrillRefusal
from drill.finding import find_button, visible_messages
from drill.gestures import Gestures
from drill.play import hands
from drill.play.scenarios import SEAT, Habit
from drill.play.sight import Sight, words_of
from drill.workspace import Workspace
from drill.world import Channel, User

Wire = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Intention:
    """Something a colleague is going to do, at a business instant."""

    key: str
    due_s: float
    habit: Habit
    user: User
    channel: str
    ts: str


class Colleagues:
    """Everybody but the viewer."""

    def __init__(self, space: Workspace, gestures: Gestures, sight: Sight) -> None:
        self.space = space
        self.gestures = gestures
        self.sight = sight
        self.habits: list[Habit] = []
        self.seen_s: dict[str, float] = {}
        self.done: set[str] = set()
        self.done_habits: set[str] = set()
        self.told: list[str] = []

    def intentions(self, viewer: str) -> list[Intention]:
        """Return what is going to be done by somebody other than the viewer, soonest first."""
        found = [
            wish
            for habit in self.habits
            if self._applies(habit)
            for wish in self._wishes(habit, viewer)
        ]
        return sorted(found, key=lambda wish: wish.due_s)

    def _applies(self, habit: Habit) -> bool:
        if habit.once and habit.key in self.done_habits:
            return False
        return set(habit.when) <= set(self.sight.marks)

    def _wishes(self, habit: Habit, viewer: str) -> Iterator[Intention]:
        for user in self._people(habit):
            if user.id == viewer:
                continue
            wish = self._wish(habit, user)
            if wish is None:
                continue
            yield wish
            if habit.one:
                return

    def _people(self, habit: Habit) -> Iterator[User]:
        for name in habit.who:
            named = self.sight.seats.get(name.removeprefix(SEAT)) if name.startswith(SEAT) else name
            if named is None:
                continue
            with contextlib.suppress(DrillRefusal):
                yield self.space.slack.world.person(named)

    def _wish(self, habit: Habit, user: User) -> Intention | None:
        for channel in self._places(habit, user):
            for message in reversed(visible_messages(user, channel)):
                if float(message["ts"]) < self.sight.since_s:
                    break
                if find_button(message.get("blocks", []), habit.sees) is None:
                    continue
                if habit.not_writer and f"Written by {user.real_name}" in words_of(message):
                    continue
                key = self._key(habit, user, message)
                if key in self.done:
                    continue
                return Intention(
                    key, self._due_s(habit, key, user), habit, user, channel.id, message["ts"]
                )
        return None

    def _places(self, habit: Habit, user: User) -> Iterator[Channel]:
        for channel in self.space.slack.world.channels.values():
            if user.id not in channel.members or channel.archived:
                continue
            if self._is_meant(habit.where, channel):
                yield channel

    def _is_meant(self, place: str, channel: Channel) -> bool:
        is_bridge, is_direct = channel.id == self.sight.bridge_id, channel.kind == "im"
        meant = {
            "any": is_bridge or is_direct,
            "dm": is_direct,
            "bridge": is_bridge,
            "shared": channel.name == self.sight.channel,
        }
        return meant[place]

    def _key(self, habit: Habit, user: User, message: Wire) -> str:
        what = "" if habit.each_person else message["ts"]
        return f"{habit.key}|{user.handle}|{what}"

    def _due_s(self, habit: Habit, key: str, user: User) -> float:
        now_s = self.space.slack.clock.business().timestamp()
        seen_s = self.seen_s.setdefault(key, now_s)
        least, most = habit.within
        due_s: float = seen_s + least + (most - least) * _share(f"{habit.key}|{user.handle}")
        opened_s = self.sight.opened_s
        if habit.not_before is not None:
            start_s = opened_s + habit.not_before
            due_s = max(due_s, start_s + (most - least) * _share(user.handle + habit.key))
        return due_s

    async def act(self, wish: Intention) -> None:
        """Do what was intended, once; what could not be done is kept as a sentence."""
        self.done.add(wish.key)
        self.done_habits.add(wish.habit.key)
        who, press = wish.user.id, wish.habit.sees
        try:
            order = {"as": who, "do": "press", "button": press, "channel": wish.channel}
            await self.gestures.do({**order, "ts": wish.ts})
            if wish.habit.form:
                await hands.fill(self.space, self.gestures, who, wish.habit.form)
        except DrillRefusal as error:
            self.told.append(f"{wish.user.real_name}, {press}: {error}")


def _share(words: str) -> float:
    """Return a number from 0 to 1 that is always the same for the same words."""
    digest = hashlib.sha256(words.encode()).digest()
    return int.from_bytes(digest[:4]) / 0xFFFFFFFF
