"""The pace of a rehearsal: business time moved on in small steps, with everybody acting in it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import aiohttp

from drill.workspace import Workspace

Wire = dict[str, Any]

LIMIT_S = 60.0


@dataclass(slots=True)
class BotTime:
    """What the bot last said about its time."""

    now: str = ""
    next_due_at: str = ""
    next_kind: str = ""
    next_reference: str = ""
    idle: bool = True
    answers: bool = False


class Pace:
    """Asks the bot to move its business time, and keeps the local Slack's the same."""

    def __init__(self, space: Workspace) -> None:
        self.space = space
        self.bot = BotTime()
        self.last_error = ""

    @property
    def now_s(self) -> float:
        """Return business seconds."""
        return self.space.slack.clock.business().timestamp()

    @property
    def next_due_s(self) -> float | None:
        """Return when the bot does something next by itself."""
        due = self.bot.next_due_at
        return datetime.fromisoformat(due).timestamp() if due else None

    def forget(self) -> None:
        """Forget what a bot said that has ended."""
        self.bot = BotTime()

    async def read(self) -> None:
        """Ask the bot for its time."""
        await self._order("GET", None)

    async def settle(self) -> None:
        """Let the bot finish what it is doing, without moving the time."""
        await self._order("PUT", {"advance_s": 0})

    async def to(self, target_s: float) -> None:
        """Move business time to an instant; the messages of it carry that instant."""
        target_s = max(target_s, self.now_s)
        at = datetime.fromtimestamp(target_s, tz=UTC)
        if not self.space.slack.settings.app_clock_url:
            self.space.slack.clock.adopt(at)
            self.space.slack.touch()
            return
        if self.bot.answers:
            self.space.slack.clock.adopt(at)
        await self._order("PUT", {"to": at.isoformat()})

    async def _order(self, verb: str, body: Wire | None) -> None:
        url = self.space.slack.settings.app_clock_url
        if not url:
            return
        limit = aiohttp.ClientTimeout(total=LIMIT_S)
        try:
            async with (
                aiohttp.ClientSession(timeout=limit) as session,
                session.request(verb, url, json=body) as got,
            ):
                told = json.loads(await got.read())
        except (aiohttp.ClientError, TimeoutError, ValueError):
            self._heard(None)
            return
        self._heard(told if isinstance(told, dict) and "now" in told else None, told)

    def _heard(self, told: Wire | None, raw: object = None) -> None:
        before = (self.bot.next_due_at, self.bot.answers)
        if told is None:
            self.bot.answers = isinstance(raw, dict)
            self.last_error = str(raw.get("error", "")) if isinstance(raw, dict) else ""
            return
        self.last_error = ""
        self.bot = BotTime(
            now=told["now"],
            next_due_at=told.get("next_due_at") or "",
            next_kind=told.get("next_kind") or "",
            next_reference=told.get("next_reference") or "",
            idle=bool(told.get("idle", True)),
            answers=True,
        )
        self.space.slack.clock.adopt(datetime.fromisoformat(told["now"]))
        if before != (self.bot.next_due_at, True):
            self.space.slack.touch()


async def every(seconds: float, ending: asyncio.Event, work: Callable[[], Awaitable[None]]) -> None:
    """Do something again and again in real time, until the server ends."""
    while not ending.is_set():
        await work()
        try:
            await asyncio.wait_for(ending.wait(), seconds)
        except TimeoutError:
            continue
