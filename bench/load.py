"""The load: signed requests over keep-alive connections, each sent at its planned instant."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import hmac
import time
from collections.abc import Sequence
from dataclasses import dataclass

import uvloop

from bench.processes import HOST, SECRET

FORM = "application/x-www-form-urlencoded"
LONGEST_S = 30.0


@dataclass(frozen=True, slots=True)
class Answered:
    """One request as it was answered.

    Attributes:
        at_s: Seconds since the epoch at which it was to be sent.
        took_ms: From then until the whole answer was here.
        status: The HTTP status.
        body: The answer.
    """

    at_s: float
    took_ms: float
    status: int
    body: bytes


class Connections:
    """Open connections to one port, as many as are needed at the same time."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._free: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def open(self, count: int) -> None:
        """Have this many connections ready."""
        while len(self._free) < count:
            self._free.append(await asyncio.open_connection(HOST, self._port))

    async def send(self, body: bytes, planned_s: float) -> Answered:
        """Send one signed request and wait for its answer."""
        reader, writer = await self._one()
        at_s = time.time() - (time.perf_counter() - planned_s)
        writer.write(_request(body))
        status, answer = await asyncio.wait_for(_response(reader), LONGEST_S)
        took_ms = (time.perf_counter() - planned_s) * 1000
        self._free.append((reader, writer))
        return Answered(at_s, took_ms, status, answer)

    async def _one(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Take a connection, anew where the bot has closed those that said nothing for long."""
        while self._free:
            reader, writer = self._free.pop()
            if not reader.at_eof():
                return reader, writer
            writer.close()
        return await asyncio.open_connection(HOST, self._port)

    async def close(self) -> None:
        """Close them all."""
        for _, writer in self._free:
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()


def send_all(port: int, bodies: Sequence[bytes], after_s: Sequence[float]) -> list[Answered]:
    """Send each body at its instant, whether or not earlier ones have been answered.

    Args:
        port: Where the bot listens.
        bodies: What to send.
        after_s: When to send each, counted from now; equal instants are a burst.

    Returns:
        The answers in the order of the bodies.
    """
    return uvloop.run(_send_all(port, bodies, after_s))


async def _send_all(port: int, bodies: Sequence[bytes], after_s: Sequence[float]) -> list[Answered]:
    connections = Connections(port)
    await connections.open(40)
    began_s = time.perf_counter() + 0.05

    async def one(body: bytes, planned_s: float) -> Answered:
        await asyncio.sleep(max(planned_s - time.perf_counter(), 0.0))
        return await connections.send(body, planned_s)

    waiting = [one(body, began_s + at) for body, at in zip(bodies, after_s, strict=True)]
    found = await asyncio.gather(*waiting)
    await connections.close()
    return list(found)


def _request(body: bytes) -> bytes:
    timestamp = str(int(time.time()))
    base = b"v0:" + timestamp.encode() + b":" + body
    signature = "v0=" + hmac.new(SECRET.encode(), base, hashlib.sha256).hexdigest()
    head = (
        f"POST /slack/events HTTP/1.1\r\nHost: {HOST}\r\nContent-Type: {FORM}\r\n"
        f"X-Slack-Request-Timestamp: {timestamp}\r\nX-Slack-Signature: {signature}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def _response(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    head = await reader.readuntil(b"\r\n\r\n")
    status = int(head.split(b" ", 2)[1])
    length = 0
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    return status, await reader.readexactly(length)
