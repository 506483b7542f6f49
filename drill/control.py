"""The control API under /drill: what the page and outside tests use. Slack has none of it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any

import aiohttp
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from drill.errors import DrillRefusal
from drill.faults import Fault
from drill.gestures import Gestures
from drill.play.rehearsal import Rehearsal
from drill.play.routes import PlayRoutes
from drill.seen import person_wire, state_for, unread_counts
from drill.workspace import Workspace

Wire = dict[str, Any]
Endpoint = Callable[[Request], Awaitable[Response]]

CLOCK_LIMIT_S = 60.0


def _told(endpoint: Endpoint) -> Endpoint:
    """Turn a refusal into a 400 that says why."""

    async def answer(request: Request) -> Response:
        try:
            return await endpoint(request)
        except (DrillRefusal, KeyError, TypeError, ValueError) as error:
            sentence = str(error) if isinstance(error, DrillRefusal) else repr(error)
            return JSONResponse({"ok": False, "error": sentence}, status_code=400)

    return answer


class Control:
    """The routes of the control API."""

    def __init__(self, workspace: Workspace) -> None:
        self.space = workspace
        self.slack = workspace.slack
        self.gestures = Gestures(workspace)
        self.rehearsal = Rehearsal(workspace, self.gestures)

    @classmethod
    def routes_of(cls, workspace: Workspace) -> list[Route]:
        """Return every route of a workspace."""
        return cls(workspace).routes()

    def routes(self) -> list[Route]:
        """Return every route."""
        table: list[tuple[str, list[str], Endpoint]] = [
            ("/drill/state", ["GET"], self.state),
            ("/drill/people", ["GET"], self.people),
            ("/drill/act", ["POST"], self.act),
            ("/drill/log", ["GET"], self.log),
            ("/drill/mails", ["GET"], self.mails),
            ("/drill/pages", ["GET"], self.pages),
            ("/drill/settings", ["GET", "PUT"], self.settings),
            ("/drill/faults", ["GET", "POST", "DELETE"], self.faults),
            ("/drill/deliveries", ["POST"], self.deliveries),
            ("/drill/reset", ["POST"], self.reset),
            ("/drill/events", ["GET"], self.events),
            ("/drill/clock", ["GET", "PUT"], self.clock),
            ("/sink/pager", ["POST"], self.sink_pager),
            ("/sink/statuspage", ["POST", "PATCH", "PUT"], self.sink_status),
            *PlayRoutes(self.rehearsal).table(),
        ]
        return [Route(path, _told(endpoint), methods=verbs) for path, verbs, endpoint in table]

    async def state(self, request: Request) -> Response:
        """Return what one person sees."""
        user = self.slack.world.person(request.query_params["as"])
        if "read" in request.query_params:
            channel = self.slack.world.channel_named(request.query_params["read"])
            if channel.messages:
                channel.read_up_to[user.id] = next(reversed(channel.messages))
        return JSONResponse(state_for(self.slack, user))

    async def people(self, _request: Request) -> Response:
        """Everybody, with what is unread for them."""
        counts = unread_counts(self.slack)
        users = self.slack.world.users.values()
        return JSONResponse(
            {"people": [{**person_wire(u), "unread": counts.get(u.id, 0)} for u in users]}
        )

    async def act(self, request: Request) -> Response:
        """Act as a person: ``{"as": who, "do": what, ...}``; return what they see if wanted."""
        order = await request.json()
        user = self.slack.world.person(order["as"])
        stack = self.slack.stacks.get(user.id)
        view = stack[-1].payload() if stack and order.get("do") == "submit" else None
        result = await self.gestures.do(order)
        self.rehearsal.noticed(order, result, view)
        seen = {"state": state_for(self.slack, user)} if order.get("state", True) else {}
        return JSONResponse({"ok": True, **result, **seen})

    async def log(self, request: Request) -> Response:
        """Everything that crossed the wire."""
        return JSONResponse(self.slack.record.plain(int(request.query_params.get("since", "0"))))

    async def mails(self, _request: Request) -> Response:
        """Every mail that left."""
        return JSONResponse({"mails": self.slack.mails})

    async def pages(self, _request: Request) -> Response:
        """Every page and status post that left."""
        return JSONResponse({"pages": self.slack.pages, "status": self.slack.status_posts})

    async def settings(self, request: Request) -> Response:
        """Read or change rates, latency, what Slack has not got, and whether it is down."""
        if request.method == "PUT":
            await self._change(await request.json())
        return JSONResponse(
            {
                "rates": self.slack.rates.on,
                "commercial": self.slack.rates.commercial,
                "latency_ms": self.slack.latency_ms,
                "down": self.slack.faults.down,
                "lacks": sorted(self.slack.faults.lacks),
                "mode": self.slack.settings.mode,
                "sockets": len(self.space.hub.lines),
            }
        )

    async def _change(self, wanted: Wire) -> None:
        if "rates" in wanted:
            self.slack.rates.on = bool(wanted["rates"])
        if "commercial" in wanted:
            self.slack.rates.commercial = bool(wanted["commercial"])
        if "latency_ms" in wanted:
            self.slack.latency_ms = int(wanted["latency_ms"])
        if "lacks" in wanted:
            self.slack.faults.lack(wanted["lacks"])
        if "down" in wanted:
            await self.space.set_down(down=bool(wanted["down"]))

    async def faults(self, request: Request) -> Response:
        """List, add or clear fault rules."""
        faults = self.slack.faults
        if request.method == "POST":
            faults.rules.append(Fault(**await request.json()))
        elif request.method == "DELETE":
            faults.rules.clear()
        return JSONResponse({"rules": [asdict(rule) for rule in faults.rules]})

    async def deliveries(self, request: Request) -> Response:
        """Retry events at once, disconnect sockets, let deliveries go wrong."""
        order = await request.json()
        do = order["do"]
        if do == "retry":
            count = self.space.events.retry_now()
        elif do == "disconnect":
            count = await self.space.hub.disconnect(order.get("reason", "refresh_requested"))
        elif do == "drop":
            count = await self.space.hub.drop()
        elif do == "mishap":
            self.space.events.mishap(order["kind"], order.get("name", ""), order.get("count", 1))
            count = 1
        else:
            raise DrillRefusal(f"There is no delivery order {do!r}.")
        return JSONResponse({"ok": True, "count": count})

    async def reset(self, _request: Request) -> Response:
        """Go back to the seed."""
        self.space.events.forget()
        self.slack.reset()
        return JSONResponse({"ok": True})

    async def events(self, _request: Request) -> Response:
        """Stream a counter that moves whenever something changed (server-sent events)."""
        return StreamingResponse(self._counter(), media_type="text/event-stream")

    async def _counter(self) -> AsyncIterator[str]:
        last = -1
        while not self.slack.ending.is_set():
            if self.slack.changes != last:
                last = self.slack.changes
                yield f"data: {last}\n\n"
            self.slack.changed.clear()
            try:
                await asyncio.wait_for(self.slack.changed.wait(), 1.0)
            except TimeoutError:
                yield ": still here\n\n"

    async def clock(self, request: Request) -> Response:
        """Pass a clock order on to the bot, and keep its business time."""
        url = self.slack.settings.app_clock_url
        if not url:
            raise DrillRefusal("The bot's clock is unknown here: start the drill with --bot-url.")
        limit = aiohttp.ClientTimeout(total=CLOCK_LIMIT_S)
        raw = await request.body() if request.method == "PUT" else None
        headers = {"Content-Type": "application/json"}
        try:
            async with (
                aiohttp.ClientSession(timeout=limit) as session,
                session.request(request.method, url, data=raw, headers=headers) as got,
            ):
                body, status = await got.read(), got.status
        except (aiohttp.ClientError, TimeoutError):
            told = {"ok": False, "error": "The bot has not answered yet."}
            return JSONResponse(told, status_code=503)
        self._adopt(body)
        return Response(body, status, media_type="application/json")

    def _adopt(self, body: bytes) -> None:
        try:
            now = json.loads(body)["now"]
        except (ValueError, KeyError, TypeError):
            return
        self.slack.clock.adopt(datetime.fromisoformat(now))
        self.slack.touch()

    async def sink_pager(self, request: Request) -> Response:
        """Keep a page."""
        return await self._keep(request, self.slack.pages, "pager")

    async def sink_status(self, request: Request) -> Response:
        """Keep a status post."""
        return await self._keep(request, self.slack.status_posts, "statuspage")

    async def _keep(self, request: Request, into: list[Wire], name: str) -> Response:
        raw = await request.body()
        try:
            body = json.loads(raw)
        except ValueError:
            body = {"raw": raw.decode(errors="replace")}
        fault = self.slack.faults.hit(name, body if isinstance(body, dict) else {"body": body})
        if fault is not None and not fault.applies:
            if fault.kind == "hang":
                await self.slack.linger(CLOCK_LIMIT_S)
            return Response("no", int(fault.kind) if fault.kind.isdigit() else 500)
        into.append({"body": body, "at": self.slack.at(), "headers": dict(request.headers)})
        self.slack.touch()
        return JSONResponse({"ok": True, "id": f"{name}-{len(into)}"}, status_code=202)
