"""One connection of the server: uvicorn's own, held to a size, to times and to a crowd.

uvicorn's httptools protocol parses and answers; it waits without end for a head that does not end,
and keeps all of it. Nothing is parsed here: what came is counted, and when it came.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httptools
from uvicorn.protocols.http.httptools_impl import (
    STATUS_LINE,
    HttpToolsProtocol,
    RequestResponseCycle,
)

from bot.web.crowd import Crowd


@dataclass(frozen=True, slots=True)
class Limits:
    """What a caller may take.

    Attributes:
        beside_bytes: Of a request, all that is not its body.
        head_s: From a connection, or a request's first byte, to the end of its head.
        body_s: From the end of a head to the end of its body.
        idle_s: Between two requests, whatever drips meanwhile.
        unread_s: For taking an answer.
    """

    beside_bytes: int = 32_768
    head_s: float = 5.0
    body_s: float = 10.0
    idle_s: float = 30.0
    unread_s: float = 10.0


class Connection(HttpToolsProtocol):
    """uvicorn's connection, within limits.

    Args:
        crowd: Who else is connected.
        limits: What a caller may take.
        cut: Told in a word or two why a connection was cut.
        how: What uvicorn gives its protocol.
    """

    def __init__(
        self, crowd: Crowd, limits: Limits, cut: Callable[[str], None], **how: Any
    ) -> None:
        super().__init__(**how)
        self._crowd = crowd
        self._limits = limits
        self._cut = cut
        self._timer: asyncio.TimerHandle | None = None
        self._unread: asyncio.TimerHandle | None = None
        self._came_bytes = self._beside_bytes = 0
        self._is_reading = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a connection, and a place in the crowd."""
        super().connection_made(transport)
        self._give(self._limits.head_s)
        self._crowd.come(self, self.client[0] if self.client else "")

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._crowd.go(self)
        _stop(self._timer)
        _stop(self._unread)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Have what came parsed, and count it."""
        self._unset_keepalive_if_required()
        self._came_bytes = len(data)
        self._beside_bytes += len(data)
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            pass  # nothing else is spoken here; the request is answered without it
        except httptools.HttpParserError:
            self._refuse(400, "malformed")
        if self._beside_bytes > self._limits.beside_bytes:
            self._refuse(431, "too large a head")

    def on_message_begin(self) -> None:
        """Begin a request: its head has so much time."""
        if not self._is_answered():
            # uvicorn would queue it, and write its answer to a connection that has gone.
            raise ValueError("Nobody asks again before they are answered.")
        super().on_message_begin()
        self._is_reading = True
        self._beside_bytes = self._came_bytes
        self._give(self._limits.head_s)
        self._crowd.wait(self)

    def on_headers_complete(self) -> None:
        """Let the request be answered: its body has so much time."""
        super().on_headers_complete()
        self._give(self._limits.body_s)

    def on_body(self, body: bytes) -> None:
        """Take a part of the body, which has its own limit where it is read."""
        self._beside_bytes -= len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        """Note that all has come."""
        super().on_message_complete()
        self._is_reading = False
        self._turn()

    def on_response_complete(self) -> None:
        """Note that it is answered."""
        super().on_response_complete()
        self._turn()

    def pause_writing(self) -> None:
        """Give the caller so much time to take what is written."""
        super().pause_writing()
        self._unread = self.loop.call_later(self._limits.unread_s, self._cut_off, "unread")

    def resume_writing(self) -> None:
        """Go on writing."""
        _stop(self._unread)
        super().resume_writing()

    def give_way(self) -> None:
        """Let the connection go: others came, and it only waits."""
        self._cut_off("crowded")

    def _asked(self) -> RequestResponseCycle | None:
        """Return the latest request; uvicorn's own attribute is None before the first."""
        return self.cycle

    def _is_answered(self) -> bool:
        asked = self._asked()
        return asked is None or asked.response_complete

    def _turn(self) -> None:
        """Note who waits for whom: the caller for us, or we for the caller."""
        if not self._is_answered():
            if not self._is_reading:
                _stop(self._timer)
                self._crowd.work(self)
            return
        self._crowd.wait(self)
        if not self._is_reading:
            self._give(self._limits.idle_s)

    def _give(self, seconds: float) -> None:
        _stop(self._timer)
        self._timer = self.loop.call_later(seconds, self._time_is_up)

    def _time_is_up(self) -> None:
        if not self._is_reading:
            self.transport.close()  # nothing was asked for
        elif self._is_answered():
            self._refuse(408, "too slow")
        else:
            self._cut_off("too slow")

    def _refuse(self, status: int, why: str) -> None:
        """Answer what cannot be read to its end, and close."""
        if self.transport.is_closing():
            return
        if not self._is_answered():
            if self.cycle.response_started:
                self._cut_off(why)
                return
            self.cycle.disconnected = True  # whatever the application would answer
        self._cut(why)
        self.transport.write(
            STATUS_LINE[status] + b"content-length: 0\r\nconnection: close\r\n\r\n"
        )
        self.transport.close()

    def _cut_off(self, why: str) -> None:
        self._cut(why)
        if (asked := self._asked()) is not None:
            asked.disconnected = True
        self.transport.abort()


def _stop(timer: asyncio.TimerHandle | None) -> None:
    if timer is not None:
        timer.cancel()
