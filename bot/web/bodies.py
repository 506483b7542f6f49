"""Reading a request's body: no more than may come, in no more time than it may take."""

from __future__ import annotations

import asyncio

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from bot.web.guard import Turned

BODY_TIMEOUT_S = 5.0


async def read_body(request: Request, limit_bytes: int) -> bytes:
    """Read a body, and no more than may come, in no more time than it may take.

    Raises:
        Turned: 413 for too much, 408 for too slow, 400 for a body that broke off.
    """
    chunks: list[bytes] = []
    size_bytes = 0
    try:
        async with asyncio.timeout(BODY_TIMEOUT_S):
            async for chunk in request.stream():
                size_bytes += len(chunk)
                if size_bytes > limit_bytes:
                    raise Turned(413, "too large")
                chunks.append(chunk)
    except TimeoutError:
        raise Turned(408, "too slow") from None
    except ClientDisconnect:
        raise Turned(400, "broken off") from None
    return b"".join(chunks)


def every_header(request: Request) -> dict[str, list[str]]:
    """Return every value of every header, names in lower case."""
    found: dict[str, list[str]] = {}
    for name, value in request.headers.items():
        found.setdefault(name, []).append(value)
    return found


def turned_away(turned: Turned) -> Response:
    """Return the plain answer to a request that was turned away."""
    headers = {"connection": "close"} if turned.status in (408, 413) else {}
    return JSONResponse({"error": turned.reason}, status_code=turned.status, headers=headers)
