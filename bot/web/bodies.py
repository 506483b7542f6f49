"""Reading a request's body: no more than may come, in no more time than it may take."""

from __future__ import annotations

import asyncio

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from bot.web.guard import Turned

BODY_TIMEOUT_S = 5.0
ROOM_BYTES = 32_000_000


class Room:
    """How much of bodies is held at a time before anybody knows who sent them."""

    def __init__(self, most_bytes: int = ROOM_BYTES) -> None:
        self._left_bytes = most_bytes

    def take(self, size_bytes: int) -> None:
        """Take so much of it.

        Raises:
            Turned: 503, when there is no more.
        """
        if size_bytes > self._left_bytes:
            raise Turned(503, "overloaded")
        self._left_bytes -= size_bytes

    def give(self, size_bytes: int) -> None:
        """Give so much of it back."""
        self._left_bytes += size_bytes


async def read_body(request: Request, limit_bytes: int, room: Room) -> bytes:
    """Read a body, and no more than may come, in no more time than it may take.

    Raises:
        Turned: 413 for too much, 408 for too slow, 400 for a body that broke off, 503 when
            others hold too much.
    """
    chunks: list[bytes] = []
    size_bytes = 0
    if _declared(request) > limit_bytes:
        raise Turned(413, "too large")
    try:
        async with asyncio.timeout(BODY_TIMEOUT_S):
            async for chunk in request.stream():
                if size_bytes + len(chunk) > limit_bytes:
                    raise Turned(413, "too large")
                room.take(len(chunk))
                size_bytes += len(chunk)
                chunks.append(chunk)
    except TimeoutError:
        raise Turned(408, "too slow") from None
    except ClientDisconnect:
        raise Turned(400, "broken off") from None
    finally:
        room.give(size_bytes)
    return b"".join(chunks)


def _declared(request: Request) -> int:
    """Return the length that a request says its body has; the server has read it as a number."""
    return int(request.headers.get("content-length", "0"))


def every_header(request: Request) -> dict[str, list[str]]:
    """Return every value of every header, names in lower case."""
    found: dict[str, list[str]] = {}
    for name, value in request.headers.items():
        found.setdefault(name, []).append(value)
    return found


def turned_away(turned: Turned) -> Response:
    """Return the plain answer to a request that was turned away."""
    headers = {"connection": "close"} if turned.status in (408, 413, 503) else {}
    return JSONResponse({"error": turned.reason}, status_code=turned.status, headers=headers)
