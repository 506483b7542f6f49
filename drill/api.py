"""The Web API on the wire: arguments, token, scopes, limits, faults, log, answer."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from starlette.types import Receive, Scope, Send

from drill.access import Handler
from drill.core import Slack
from drill.coverage import HANDLERS
from drill.errors import SlackError, invalid_arguments
from drill.facts import Method
from drill.faults import Fault
from drill.record import Call
from drill.transport import break_connection

Wire = dict[str, Any]
Headers = list[tuple[bytes, bytes]]

DRIP_S = 0.5
DRIPS = 240
HANG_S = 120.0


class GoneError(Exception):
    """The connection was broken on purpose; there is nobody to answer."""


async def read_body(receive: Receive) -> bytes:
    """Return the whole body of a request."""
    parts: list[bytes] = []
    while True:
        message = await receive()
        if message["type"] != "http.request":
            break
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            break
    return b"".join(parts)


async def send_json(send: Send, status: int, body: bytes, headers: Headers | None = None) -> None:
    """Send a JSON answer."""
    await send(
        {
            "type": "http.response.start",
            "status": status,
            "headers": [
                (b"content-type", b"application/json; charset=utf-8"),
                (b"content-length", str(len(body)).encode()),
                *(headers or []),
            ],
        }
    )
    await send({"type": "http.response.body", "body": body})


def parse_args(body: bytes, content_type: str, query: bytes) -> Wire:
    """Return the arguments of a call from query, form or JSON.

    Raises:
        SlackError: the body is not what its content type says.
    """
    args: Wire = dict(parse_qsl(query.decode(), keep_blank_values=True))
    if not body:
        return args
    if content_type.startswith("application/json"):
        try:
            given = json.loads(body)
        except ValueError:
            raise SlackError("invalid_json") from None
        if not isinstance(given, dict):
            raise SlackError("json_not_object")
        args.update(given)
    elif content_type.startswith("application/x-www-form-urlencoded"):
        args.update(parse_qsl(body.decode(), keep_blank_values=True))
    else:
        raise SlackError("invalid_post_type")
    return args


@dataclass(frozen=True, slots=True)
class Asked:
    """One call as it came in."""

    name: str
    args: Wire
    token: str
    is_json: bool


class WebApi:
    """Answer ``/api/METHOD``."""

    def __init__(self, slack: Slack) -> None:
        self.slack = slack

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one call, or break it as a fault rule says."""
        slack = self.slack
        if slack.faults.down:
            break_connection(scope)
            return
        try:
            asked = _asked(scope, await read_body(receive))
        except SlackError as error:
            await send_json(send, 200, json.dumps(error.answer()).encode())
            return
        if slack.latency_ms:
            await asyncio.sleep(slack.latency_ms / 1000)
        fault = slack.faults.hit(asked.name, asked.args) if slack.faults.rules else None
        if fault is not None:
            try:
                await self._fail(fault, asked, send)
            except GoneError:
                break_connection(scope)
            return
        status, answer, extra = self._answer(asked)
        self._log(asked, status, answer)
        await send_json(send, status, json.dumps(answer).encode(), extra)

    def _answer(self, asked: Asked) -> tuple[int, Wire, Headers]:
        slack = self.slack
        extra: Headers = []
        try:
            handler, method = self._known(asked)
            if asked.name != "apps.connections.open":
                extra.append((b"x-oauth-scopes", ",".join(slack.manifest.scopes).encode()))
            channel = str(asked.args.get("channel", ""))
            wait = slack.rates.wait_s(method, channel, slack.clock.monotonic())
            if wait:
                extra.append((b"retry-after", str(wait).encode()))
                return 429, {"ok": False, "error": "ratelimited"}, extra
            slack.require_scopes(method.scopes)
            _require_args(method, asked)
            return 200, handler(slack, asked.args), extra
        except SlackError as error:
            return 200, error.answer(), extra

    def _known(self, asked: Asked) -> tuple[Handler, Method]:
        method = self.slack.methods.get(asked.name)
        handler = HANDLERS.get(asked.name)
        if method is None or handler is None:
            raise SlackError("unknown_method", req_method=asked.name)
        settings = self.slack.settings
        if not asked.token:
            raise SlackError("not_authed")
        by_app = asked.name == "apps.connections.open"
        if asked.token != (settings.app_token if by_app else settings.bot_token):
            other = asked.token in (settings.bot_token, settings.app_token)
            raise SlackError("not_allowed_token_type" if other else "invalid_auth")
        return handler, method

    def _log(self, asked: Asked, status: int, answer: Wire, fault: str = "") -> None:
        slack = self.slack
        calls = slack.record.calls
        calls.append(
            Call(
                n=len(calls) + 1,
                method=asked.name,
                args=asked.args,
                status=status,
                answer=answer,
                applied=bool(answer.get("ok")),
                fault=fault,
                at=slack.at(),
                at_s=slack.clock.real(),
            )
        )
        slack.touch()

    async def _fail(self, fault: Fault, asked: Asked, send: Send) -> None:
        status, answer, extra = 200, Wire(), Headers()
        if fault.applies:
            status, answer, extra = self._answer(asked)
        self._log(asked, _STATUS.get(fault.kind, status), answer, fault.kind)
        if fault.kind in ("reset", "lost", "refuse"):
            raise GoneError
        if fault.kind == "slow":
            await self.slack.linger(fault.delay_ms / 1000)
            await send_json(send, status, json.dumps(answer).encode(), extra)
        elif fault.kind == "hang":
            await self.slack.linger(HANG_S)
            raise GoneError
        elif fault.kind == "drip":
            await self._drip(json.dumps(answer).encode(), send)
        else:
            await _refuse(fault, send)

    async def _drip(self, body: bytes, send: Send) -> None:
        """Send the answer a byte at a time: each single read succeeds, the whole never does."""
        head = [(b"content-type", b"application/json"), (b"content-length", b"1000000")]
        await send({"type": "http.response.start", "status": 200, "headers": head})
        for place in range(DRIPS):
            piece = body[place : place + 1] or b" "
            await send({"type": "http.response.body", "body": piece, "more_body": True})
            if self.slack.ending.is_set():
                break
            await self.slack.linger(DRIP_S)
        raise GoneError


def _asked(scope: Scope, body: bytes) -> Asked:
    headers = {k.decode(): v.decode("latin-1") for k, v in scope["headers"]}
    kind = headers.get("content-type", "")
    args = parse_args(body, kind, scope["query_string"])
    token = headers.get("authorization", "").removeprefix("Bearer ") or str(args.get("token", ""))
    args.pop("token", None)
    is_json = bool(body) and kind.startswith("application/json")
    return Asked(scope["path"].rpartition("/")[2], args, token, is_json)


def _require_args(method: Method, asked: Asked) -> None:
    args = asked.args
    if asked.is_json and args and not method.takes_json:
        raise SlackError("invalid_post_type")
    lacking = [name for name in method.required if args.get(name) in (None, "")]
    if method.name in ("conversations.setTopic", "conversations.setPurpose"):
        lacking = [name for name in lacking if name not in args]
    if method.name == "conversations.create":
        lacking = []
    if lacking == ["channel"]:
        raise SlackError("channel_not_found")
    if lacking:
        raise invalid_arguments(*(f"missing required field: {name}" for name in lacking))


_STATUS = {"429": 429, "500": 500, "503": 503, "reset": 0, "hang": 0, "refuse": 0, "lost": 0}


async def _refuse(fault: Fault, send: Send) -> None:
    if fault.kind == "garbage":
        await send_json(send, 200, b'<html>{"ok":tru')
    elif fault.kind == "429":
        answer = json.dumps({"ok": False, "error": "ratelimited"}).encode()
        await send_json(send, 429, answer, [(b"retry-after", fault.retry_after_s.encode())])
    elif fault.kind in ("500", "503"):
        await send_json(send, int(fault.kind), b"upstream error")
    else:
        error = fault.error if fault.kind == "error" else fault.kind
        await send_json(send, 200, json.dumps({"ok": False, "error": error}).encode())
