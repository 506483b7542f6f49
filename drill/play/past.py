"""What was done before a rehearsal begins: played through the same gestures, by the moved clock.

People act at once with one another, and each does one thing after the other.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from itertools import groupby

from drill.errors import DrillRefusal
from drill.finding import channels_of, find_button, visible_messages
from drill.gestures import Gestures
from drill.play import hands
from drill.play.pace import Pace
from drill.play.scenarios import Past
from drill.play.sight import words_of
from drill.workspace import Workspace
from drill.world import User

LOOK_S = 0.02
LOOKS_MOST = 400


class Before:
    """Plays a past that ends at an instant.

    Args:
        space: The workspace.
        gestures: What people can do.
        pace: The clock.
        told: Is told how much of it has been played.
    """

    def __init__(
        self, space: Workspace, gestures: Gestures, pace: Pace, told: Callable[[int, int], None]
    ) -> None:
        self.space = space
        self.gestures = gestures
        self.pace = pace
        self.told = told

    async def play(self, past: tuple[Past, ...], until_s: float) -> None:
        """Play it, and read everybody's messages of it.

        Raises:
            DrillRefusal: somebody could not do what the scenario says of them.
        """
        done = 0
        for ago, acts in groupby(past, key=lambda act: act.ago):
            now = list(acts)
            await self._walk(until_s - ago)
            await self._together(now)
            done += len(now)
            self.told(done, len(past))
        await self._walk(until_s)
        self._read_all()

    async def _walk(self, target_s: float) -> None:
        """Move on from one due point to the next: what is said at each carries its instant."""
        await self.pace.read()
        while (due_s := self.pace.next_due_s) is not None and self.pace.now_s < due_s < target_s:
            await self.pace.to(due_s)
        await self.pace.to(target_s)

    async def _together(self, acts: list[Past]) -> None:
        people = dict.fromkeys(act.who for act in acts)
        own = [[act for act in acts if act.who == who] for who in people]
        await asyncio.gather(*(self._in_turn(mine) for mine in own))

    async def _in_turn(self, acts: Iterable[Past]) -> None:
        for act in acts:
            try:
                await self._do(act)
            except DrillRefusal as error:
                what = act.opens or act.says or f"{act.presses} on {act.card!r}"
                raise DrillRefusal(f"The past, {act.who}, {what}: {error}") from error

    async def _do(self, act: Past) -> None:
        who = self.space.slack.world.person(act.who)
        if act.says:
            await self._order(who, do="message", channel=act.where, text=act.says)
            await self._seen_by_all(act)
        elif act.opens:
            await self._order(who, do="command", command="/ticket", text=act.opens)
            await hands.fill(self.space, self.gestures, who.id, act.form)
        else:
            channel, ts = await self._card(who, act)
            await self._order(who, do="press", button=act.presses, channel=channel, ts=ts)
            if act.form:
                await hands.fill(self.space, self.gestures, who.id, act.form)

    async def _order(self, who: User, **order: str) -> None:
        await self.gestures.do({"as": who.id, **order})

    async def _card(self, who: User, act: Past) -> tuple[str, str]:
        """Return where the message with these words and this button stands; it comes by itself."""
        for _ in range(LOOKS_MOST):
            for channel in channels_of(self.space.slack, who):
                for message in reversed(visible_messages(who, channel)):
                    has = find_button(message.get("blocks", []), act.presses)
                    if has is not None and act.card in words_of(message):
                        return channel.id, str(message["ts"])
            await asyncio.sleep(LOOK_S)
        raise DrillRefusal("nothing of that kind is to be seen")

    async def _seen_by_all(self, act: Past) -> None:
        """Wait until the app shows inside what somebody wrote: time goes on only then."""
        slack = self.space.slack
        inside = [one for one in slack.world.channels.values() if not one.is_ext_shared]
        for _ in range(LOOKS_MOST):
            if any(act.says in words_of(m) for one in inside for m in one.messages.values()):
                return
            await asyncio.sleep(LOOK_S)
        raise DrillRefusal("the app shows it to nobody")

    def _read_all(self) -> None:
        for channel in self.space.slack.world.channels.values():
            if channel.messages:
                last = next(reversed(channel.messages))
                channel.read_up_to.update(dict.fromkeys(channel.members, last))
