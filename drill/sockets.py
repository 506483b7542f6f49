"""Socket Mode: sockets by ticket, envelopes in turn, acknowledgments by envelope id.

Source: slack-contract 7.
"""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from starlette.websockets import WebSocket, WebSocketDisconnect

from drill.core import Slack

Wire = dict[str, Any]

SOCKETS_MOST = 10
TICKET_LIVES_S = 30.0
DEBUG_LIVES_S = 360.0
WARNING_AHEAD_S = 10.0
HANG_S = 120.0


@dataclass(slots=True, eq=False)
class Line:
    """One open socket of the app."""

    socket: WebSocket
    sent: int = 0
    timers: list[asyncio.TimerHandle] = field(default_factory=list)


class SocketHub:
    """All sockets of the app; each envelope goes to one of them, in turn."""

    def __init__(self, slack: Slack) -> None:
        self.slack = slack
        self.lines: list[Line] = []
        self.connected = asyncio.Event()
        self._tickets: dict[str, float] = {}
        self._turn = 0
        self._waiting: dict[str, asyncio.Future[Wire]] = {}

    def url(self) -> str:
        """Return a new address with a ticket good for one connection."""
        ticket = self.slack.world.ids.secret()
        self._tickets[ticket] = self.slack.clock.monotonic()
        base = self.slack.base_url.replace("http://", "ws://")
        return f"{base}/link?ticket={ticket}&app_id={self.slack.world.app_id}"

    async def serve(self, socket: WebSocket) -> None:
        """Serve one connection until it ends. An expired ticket gets no handshake."""
        query = parse_qs(socket.scope["query_string"].decode())
        issued = self._tickets.pop(query.get("ticket", [""])[0], None)
        now = self.slack.clock.monotonic()
        if issued is None or now - issued > TICKET_LIVES_S or self.slack.faults.down:
            await socket.close(code=4001)
            return
        fault = self.slack.faults.on_link()
        if fault is not None:
            await self._fail(fault.kind, socket)
            return
        await socket.accept()
        if len(self.lines) >= SOCKETS_MOST:
            await socket.send_text(_frame("disconnect", reason="too_many_websockets"))
            await socket.close()
            return
        line = Line(socket)
        self.lines.append(line)
        try:
            await self._hello(line, debug="debug_reconnects" in query)
            await self._listen(line)
        finally:
            self._forget(line)

    async def _fail(self, kind: str, socket: WebSocket) -> None:
        """Let a connection go wrong: never answered, closed at once, or refused."""
        if kind == "hang":
            await self.slack.linger(HANG_S)
        if kind == "reset":
            await socket.accept()
        await socket.close(code=4001)

    async def _hello(self, line: Line, *, debug: bool) -> None:
        lives_s = DEBUG_LIVES_S if debug else 18_060.0
        await line.socket.send_text(
            json.dumps(
                {
                    "type": "hello",
                    "num_connections": len(self.lines),
                    "debug_info": {
                        "host": "applink-drill",
                        "build_number": 10,
                        "approximate_connection_time": int(lives_s),
                    },
                    "connection_info": {"app_id": self.slack.world.app_id},
                }
            )
        )
        loop = asyncio.get_running_loop()
        for delay_s, reason in (
            (lives_s - WARNING_AHEAD_S, "warning"),
            (lives_s, "refresh_requested"),
        ):
            line.timers.append(loop.call_later(delay_s, self._tell_later, line, reason))
        self.connected.set()

    async def _listen(self, line: Line) -> None:
        while True:
            try:
                text = await line.socket.receive_text()
            except (WebSocketDisconnect, KeyError):
                return
            with suppress(ValueError):
                self._acknowledge(json.loads(text))

    def _acknowledge(self, frame: Wire) -> None:
        waiting = self._waiting.get(str(frame.get("envelope_id")))
        if waiting is not None and not waiting.done():
            waiting.set_result(frame.get("payload") or {})

    def _forget(self, line: Line) -> None:
        for timer in line.timers:
            timer.cancel()
        if line in self.lines:
            self.lines.remove(line)
        if not self.lines:
            self.connected.clear()

    def _tell_later(self, line: Line, reason: str) -> None:
        self.slack.spawn(self._tell(line, reason))

    async def _tell(self, line: Line, reason: str) -> None:
        with suppress(RuntimeError, WebSocketDisconnect):
            await line.socket.send_text(_frame("disconnect", reason=reason))

    async def disconnect(self, reason: str) -> int:
        """Send every socket a disconnect frame; return to how many."""
        lines = list(self.lines)
        for line in lines:
            await self._tell(line, reason)
        return len(lines)

    async def drop(self) -> int:
        """Close every socket without a word; return how many there were."""
        lines = list(self.lines)
        for line in lines:
            with suppress(RuntimeError):
                await line.socket.close(code=1011)
            self._forget(line)
        return len(lines)

    async def send(self, kind: str, payload: Wire, limit_s: float, **more: object) -> Wire | None:
        """Send one envelope down the next socket; return the ack's payload, None without ack.

        Raises:
            ConnectionError: no socket is open.
        """
        envelope_id = str(more.pop("envelope_id", "")) or self.slack.world.ids.envelope()
        envelope = {
            "envelope_id": envelope_id,
            "type": kind,
            "accepts_response_payload": kind != "events_api",
            "payload": payload,
            **more,
        }
        text = json.dumps(envelope)
        waiting: asyncio.Future[Wire] = asyncio.get_running_loop().create_future()
        self._waiting[envelope_id] = waiting
        try:
            await self._write(text)
            return await asyncio.wait_for(waiting, limit_s)
        except TimeoutError:
            return None
        finally:
            self._waiting.pop(envelope_id, None)

    async def _write(self, text: str) -> None:
        while self.lines:
            self._turn += 1
            line = self.lines[self._turn % len(self.lines)]
            try:
                await line.socket.send_text(text)
            except (RuntimeError, WebSocketDisconnect):
                self._forget(line)
                continue
            line.sent += 1
            return
        raise ConnectionError("no socket of the app is open")


def _frame(kind: str, **more: object) -> str:
    return json.dumps({"type": kind, **more, "debug_info": {"host": "applink-drill"}})
