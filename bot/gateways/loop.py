"""One asyncio loop in a thread of its own, behind a synchronous face with total deadlines."""

from __future__ import annotations

import asyncio
import concurrent.futures
import threading
from collections.abc import Awaitable, Callable
from typing import TypeVar

import aiohttp
import uvloop

from bot.outcomes import NotSent, Outcome, Unknown

_T = TypeVar("_T")
_GRACE_S = 2.0


class LoopThread:
    """Owns a loop, its thread and one HTTP session with keep-alive.

    Args:
        name: the thread's name.
    """

    def __init__(self, name: str) -> None:
        self._loop = uvloop.new_event_loop()
        self._session: aiohttp.ClientSession | None = None
        self._lock = threading.Lock()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def outcome(self, work: Callable[[], Awaitable[Outcome]], *, deadline_s: float) -> Outcome:
        """Run one call within its total deadline and return what came of it.

        The deadline counts from connecting to the last byte of the answer: a peer that drips one
        byte per second cannot hold the caller.
        """
        if self._closed:
            return NotSent("the gateway is closed")
        future = asyncio.run_coroutine_threadsafe(_bounded(work, deadline_s), self._loop)
        try:
            return future.result(timeout=deadline_s + _GRACE_S)
        except (concurrent.futures.TimeoutError, concurrent.futures.CancelledError):
            future.cancel()
            return Unknown("the call did not end in time")

    def session(self) -> aiohttp.ClientSession:
        """Return the one session; to be called inside the loop."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=15.0),
                timeout=aiohttp.ClientTimeout(total=None, sock_connect=4.0),
                cookie_jar=aiohttp.DummyCookieJar(),
            )
        return self._session

    def close(self, *, timeout_s: float = 2.0) -> None:
        """Close the session, end the loop, and wait for the thread."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
        closing = asyncio.run_coroutine_threadsafe(self._close_session(), self._loop)
        concurrent.futures.wait([closing], timeout=timeout_s)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=timeout_s)

    async def _close_session(self) -> None:
        if self._session is not None:
            await self._session.close()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_forever()
        left = asyncio.all_tasks(self._loop)
        for task in left:
            task.cancel()
        if left:
            self._loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        self._loop.close()


async def _bounded(work: Callable[[], Awaitable[Outcome]], deadline_s: float) -> Outcome:
    try:
        async with asyncio.timeout(deadline_s):
            return await work()
    except aiohttp.ConnectionTimeoutError:
        return NotSent("no connection within four seconds")
    except TimeoutError:
        return Unknown(f"no answer within {deadline_s:g} s")
    except (aiohttp.ClientConnectorError, aiohttp.InvalidURL) as error:
        return NotSent(f"no connection: {type(error).__name__}")
    except (aiohttp.ClientError, OSError) as error:
        return Unknown(f"the connection broke: {type(error).__name__}")
    except (AttributeError, TypeError, ValueError) as error:
        # What slack_sdk and the JSON decoder raise when the answer is not an object of Slack's.
        return Unknown(f"the answer was not readable: {type(error).__name__}")
