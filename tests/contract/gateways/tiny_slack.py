"""A strict tiny Slack for the gateway and the courier: a few methods, and every way to fail.

It keeps what it did (`posts`, `channels`) apart from what it was asked (`calls`), because the
difference is what exactly-once is about.
"""

from __future__ import annotations

import asyncio
import json
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

from aiohttp import web

BOT_USER = "U0BRIDGE1"
BOT_ID = "B0BRIDGE1"
TOKEN = "xoxb-test"


@dataclass
class Fault:
    """What goes wrong, for which method, how many times."""

    method: str
    kind: str
    count: int = 1
    value: str = ""
    only_if: Callable[[dict[str, Any]], bool] = lambda _args: True
    released: threading.Event = field(default_factory=threading.Event)


@dataclass
class Call:
    """One request that came in."""

    method: str
    args: dict[str, Any]
    at: float
    http: str
    peer: tuple[str, int] = ("", 0)


class TinySlack:
    """Runs in a thread on a free port of 127.0.0.1; use it as a context manager."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.posts: list[dict[str, Any]] = []
        self.channels: dict[str, dict[str, Any]] = {}
        self.bookmarks: list[dict[str, Any]] = []
        self.people = {"one@vendor.example": "U0PERSON1", "two@vendor.example": "U0PERSON2"}
        self.responses: list[dict[str, Any]] = []
        self.faults: list[Fault] = []
        self.latency_s = 0.0
        self.transports: set[asyncio.BaseTransport] = set()
        self.page = 100
        self._lock = threading.RLock()
        self._count = 0
        self._ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self.port = 0

    @property
    def api_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/api/"

    def __enter__(self) -> TinySlack:
        self._thread.start()
        assert self._ready.wait(5)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for fault in self.faults:
            fault.released.set()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)

    def fault(self, method: str, kind: str, **more: Any) -> Fault:
        fault = Fault(method, kind, **more)
        with self._lock:
            self.faults.append(fault)
        return fault

    def hang_up(self) -> None:
        """Close every connection, as a server does with those that rest too long."""
        done = threading.Event()

        def close() -> None:
            for transport in list(self.transports):
                transport.close()
            self.transports.clear()
            self._loop.call_later(0.05, done.set)

        self._loop.call_soon_threadsafe(close)
        assert done.wait(5)

    def called(self, method: str) -> list[Call]:
        with self._lock:
            return [call for call in self.calls if call.method == method]

    def keys(self) -> list[str]:
        """The outbox keys of the posts that stand in channels, in order."""
        with self._lock:
            return [post["metadata"]["event_payload"]["key"] for post in self.posts]

    def add_channel(self, name: str, *, creator: str = BOT_USER, age_s: float = 0) -> str:
        with self._lock:
            self._count += 1
            channel = f"C{self._count:09d}"
            created = int(time.time() - age_s)
            self.channels[channel] = {
                "id": channel,
                "name": name,
                "creator": creator,
                "created": created,
                "members": {BOT_USER, creator},
            }
            return channel

    # ---------------------------------------------------------------- the server

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        app = web.Application()
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_post("/hooks/{rest}", self._hook)
        # A client that is killed in the middle of its request is not this server's error.
        quiet = logging.getLogger("tests.tiny_slack")
        quiet.setLevel(logging.CRITICAL)
        runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None, logger=quiet)
        self._loop.run_until_complete(runner.setup())
        site = web.TCPSite(runner, "127.0.0.1", 0)
        self._loop.run_until_complete(site.start())
        self.port = runner.addresses[0][1]
        self._ready.set()
        self._loop.run_forever()
        self._loop.run_until_complete(runner.cleanup())
        self._loop.close()

    async def _hook(self, request: web.Request) -> web.Response:
        self.responses.append(await request.json())
        return web.Response(text="ok")

    async def _api(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        args = await _args_of(request)
        if request.transport is not None:
            self.transports.add(request.transport)
        with self._lock:
            self.calls.append(_call_of(request, method, args))
            fault = self._next_fault(method, args)
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return web.json_response({"ok": False, "error": "invalid_auth"})
        if self.latency_s:
            await asyncio.sleep(self.latency_s)
        if fault is not None:
            return await self._fail(request, fault, method, args)
        return web.json_response(self._answer(method, args))

    def _next_fault(self, method: str, args: dict[str, Any]) -> Fault | None:
        for fault in self.faults:
            if fault.method in {method, "*"} and fault.count and fault.only_if(args):
                fault.count -= 1
                return fault
        return None

    async def _fail(  # noqa: PLR0911 - one way to fail a line
        self, request: web.Request, fault: Fault, method: str, args: dict[str, Any]
    ) -> web.StreamResponse:
        kind = fault.kind
        if kind == "429":
            return web.json_response(
                {"ok": False, "error": "ratelimited"},
                status=429,
                headers={"Retry-After": fault.value},
            )
        if kind == "status":
            return web.Response(status=int(fault.value), text="<html>busy</html>")
        if kind == "html":
            return web.Response(text="<html>ok</html>", content_type="text/html")
        if kind == "error":
            return web.json_response({"ok": False, "error": fault.value})
        if kind == "answer":
            return web.json_response(json.loads(fault.value))
        if kind == "lost":
            self._answer(method, args)
            return _cut(request)
        if kind == "reset":
            return _cut(request)
        if kind == "hang":
            await self._released(fault)
            return _cut(request)
        if kind == "late":
            await self._released(fault)
            self._answer(method, args)
            return _cut(request)
        return await _slowly(request, json.dumps(self._answer(method, args)).encode(), kind)

    async def _released(self, fault: Fault) -> None:
        await asyncio.get_running_loop().run_in_executor(None, fault.released.wait, 20)

    def _answer(self, method: str, args: dict[str, Any]) -> dict[str, Any]:
        with self._lock:
            handler = getattr(self, "_" + method.replace(".", "_"), None)
            return {"ok": True} if handler is None else handler(args)

    # ---------------------------------------------------------------- the methods

    def _auth_test(self, args: dict[str, Any]) -> dict[str, Any]:
        return {"ok": True, "user_id": BOT_USER, "bot_id": BOT_ID, "team_id": "T0TEAM001"}

    def _chat_postMessage(self, args: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        channel = args["channel"]
        if channel.startswith("U"):
            channel = "D" + channel[1:]
        elif channel not in self.channels:
            return _error("channel_not_found")
        self._count += 1
        ts = f"{int(time.time())}.{self._count:06d}"
        self.posts.append({**args, "channel": channel, "ts": ts, "bot_id": BOT_ID})
        return {"ok": True, "channel": channel, "ts": ts, "message": {"text": args.get("text")}}

    def _chat_update(self, args: dict[str, Any]) -> dict[str, Any]:
        for post in self.posts:
            if post["ts"] == args["ts"]:
                post.update(text=args.get("text"), metadata=args.get("metadata"))
                return {"ok": True, "channel": post["channel"], "ts": post["ts"]}
        return _error("message_not_found")

    def _conversations_create(self, args: dict[str, Any]) -> dict[str, Any]:
        if any(channel["name"] == args["name"] for channel in self.channels.values()):
            return _error("name_taken")
        made = self.add_channel(args["name"])
        return {"ok": True, "channel": _shown(self.channels[made])}

    def _conversations_open(self, args: dict[str, Any]) -> dict[str, Any]:
        return {"ok": True, "channel": {"id": "D" + args["users"][1:]}}

    def _users_conversations(self, args: dict[str, Any]) -> dict[str, Any]:
        ours = [_shown(each) for each in self.channels.values() if BOT_USER in each["members"]]
        return self._paged("channels", ours, args)

    def _conversations_history(self, args: dict[str, Any]) -> dict[str, Any]:
        found = [post for post in self.posts if post["channel"] == args["channel"]]
        return self._messages([post for post in found if not post.get("thread_ts")], args)

    def _conversations_replies(self, args: dict[str, Any]) -> dict[str, Any]:
        return self._messages(
            [post for post in self.posts if args["ts"] in {post["ts"], post.get("thread_ts")}], args
        )

    def _messages(self, posts: list[dict[str, Any]], args: dict[str, Any]) -> dict[str, Any]:
        found = [post for post in posts if float(post["ts"]) >= float(args.get("oldest", 0))]
        if args.get("include_all_metadata") not in {"1", "true"}:
            found = [{**post, "metadata": {}} for post in found]
        return self._paged("messages", found[::-1], args)

    def _paged(
        self, name: str, found: list[dict[str, Any]], args: dict[str, Any]
    ) -> dict[str, Any]:
        begin = int(args.get("cursor") or 0)
        end = begin + min(int(args.get("limit", 100)), self.page)
        cursor = str(end) if end < len(found) else ""
        return {"ok": True, name: found[begin:end], "response_metadata": {"next_cursor": cursor}}

    def _conversations_invite(self, args: dict[str, Any]) -> dict[str, Any]:
        members = self.channels[args["channel"]]["members"]
        errors = []
        for user in args["users"].split(","):
            if user not in self.people.values():
                errors.append({"user": user, "ok": False, "error": "user_not_found"})
            elif user in members:
                errors.append({"user": user, "ok": False, "error": "already_in_channel"})
            else:
                members.add(user)
        if errors:
            return {"ok": False, "error": errors[0]["error"], "errors": errors}
        return {"ok": True}

    def _users_lookupByEmail(self, args: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        found = self.people.get(args["email"])
        return {"ok": True, "user": {"id": found}} if found else _error("users_not_found")

    def _bookmarks_list(self, args: dict[str, Any]) -> dict[str, Any]:
        found = [each for each in self.bookmarks if each["channel_id"] == args["channel_id"]]
        return {"ok": True, "bookmarks": found}

    def _bookmarks_add(self, args: dict[str, Any]) -> dict[str, Any]:
        self._count += 1
        self.bookmarks.append({**args, "id": f"Bk{self._count}"})
        return {"ok": True, "bookmark": self.bookmarks[-1]}


def _call_of(request: web.Request, method: str, args: dict[str, Any]) -> Call:
    peer = request.transport.get_extra_info("peername") if request.transport else ("", 0)
    return Call(method, args, time.monotonic(), request.method, tuple(peer[:2]))


def _error(name: str) -> dict[str, Any]:
    return {"ok": False, "error": name}


def _shown(channel: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in channel.items() if name != "members"}


async def _args_of(request: web.Request) -> dict[str, Any]:
    if request.content_type == "application/json":
        found: dict[str, Any] = await request.json()
        return found
    return {**dict(request.query), **dict(await request.post())}


def _cut(request: web.Request) -> web.Response:
    if request.transport is not None:  # the client may have left already
        request.transport.abort()
    return web.Response()


async def _slowly(request: web.Request, body: bytes, kind: str) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "application/json"})
    response.content_length = len(body)
    await response.prepare(request)
    if kind == "half":
        await response.write(body[: len(body) // 2])
        return _cut(request)
    try:
        for byte in body:  # a drip: each byte comes before any limit per read
            await response.write(bytes([byte]))
            await asyncio.sleep(0.05)
    except ConnectionError:
        return response
    return response
