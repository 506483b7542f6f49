"""What the page asks of the rehearsal, under /drill/play."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from drill.core import Slack
from drill.errors import DrillRefusal
from drill.play.rehearsal import Rehearsal
from drill.play.score import outward_mails
from drill.seen import person_wire, state_for, unread_counts
from drill.world import User

Wire = dict[str, Any]
Endpoint = Callable[[Request], Awaitable[Response]]


class PlayRoutes:
    """The routes of the page."""

    def __init__(self, rehearsal: Rehearsal) -> None:
        self.rehearsal = rehearsal
        self.slack: Slack = rehearsal.space.slack

    def table(self) -> list[tuple[str, list[str], Endpoint]]:
        """Return path, verbs and endpoint of every route."""
        return [
            ("/drill/play", ["GET"], self.page),
            ("/drill/play/start", ["POST"], self.start),
            ("/drill/play/leave", ["POST"], self.leave),
            ("/drill/play/clock", ["POST"], self.clock),
            ("/drill/play/be", ["POST"], self.be),
            ("/drill/play/offer", ["POST"], self.offer),
            ("/drill/play/score", ["GET"], self.score),
        ]

    async def page(self, request: Request) -> Response:
        """Everything the page shows, for one persona; ``read`` marks a channel as read."""
        self.rehearsal.watch()
        self.rehearsal.look()
        who = request.query_params.get("as") or self.rehearsal.viewer
        play = self.rehearsal.wire()
        if not who:
            return JSONResponse({"play": play, "changes": self.slack.changes, **self._desk()})
        user = self.slack.world.person(who)
        self._read(user, request.query_params.get("read", ""))
        outside = self._outside()
        self._read(outside, play["scenario"]["channel"] if play["scenario"] else "")
        return JSONResponse(
            {
                "play": play,
                "changes": self.slack.changes,
                "me": state_for(self.slack, user),
                "outside": state_for(self.slack, outside),
                **self._desk(),
            }
        )

    def _outside(self) -> User:
        scenario = self.rehearsal.scenario or next(iter(self.rehearsal.known.values()))
        return self.slack.world.person(scenario.cast.outside)

    def _desk(self) -> Wire:
        slack, counts = self.slack, unread_counts(self.slack)
        sight = self.rehearsal.sight
        return {
            "now": slack.at(),
            "people": [
                {**person_wire(u), "unread": counts.get(u.id, 0)}
                for u in slack.world.users.values()
            ],
            "mails": slack.mails[sight.mails_before :],
            "mails_out": len(outward_mails(slack, sight)),
            "left": sight.outward() if self.rehearsal.scenario else [],
            "status_posts": slack.status_posts,
            "pages": slack.pages,
        }

    def _read(self, user: User, name: str) -> None:
        if not name:
            return
        with contextlib.suppress(DrillRefusal):
            channel = self.slack.world.channel_named(name)
            if channel.messages and user.id in channel.members:
                channel.read_up_to[user.id] = next(reversed(channel.messages))

    async def start(self, request: Request) -> Response:
        """Begin a scenario."""
        order = await request.json()
        self.rehearsal.watch()
        await self.rehearsal.start(str(order["scenario"]))
        return JSONResponse({"ok": True})

    async def leave(self, _request: Request) -> Response:
        """Go back to the picker."""
        self.rehearsal.leave()
        return JSONResponse({"ok": True})

    async def clock(self, request: Request) -> Response:
        """Move time on."""
        await self.rehearsal.go(await request.json())
        self.slack.touch()
        return JSONResponse({"ok": True})

    async def be(self, request: Request) -> Response:
        """Say which persona the viewer is, and whether colleagues act alone."""
        order = await request.json()
        if "who" in order:
            self.rehearsal.viewer = self.slack.world.person(str(order["who"])).id
        if "alone" in order:
            self.rehearsal.acting_alone = bool(order["alone"])
        self.slack.touch()
        return JSONResponse({"ok": True})

    async def offer(self, _request: Request) -> Response:
        """Type the coach's words."""
        await self.rehearsal.offer()
        await asyncio.sleep(0)
        return JSONResponse({"ok": True})

    async def score(self, _request: Request) -> Response:
        """Say how it went."""
        return JSONResponse(await self.rehearsal.score())
