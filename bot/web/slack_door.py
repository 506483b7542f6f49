"""The way in from Slack over HTTP: guard, replay memory, then Bolt in a thread pool of its own.

A slow request of one person never holds the loop, the health check or anyone else.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Histogram
from slack_bolt import BoltRequest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from bot.clock import MachineClock
from bot.slack.app import Dispatcher
from bot.threads import Threads, real_threads
from bot.web.bodies import Room, every_header, read_body, turned_away
from bot.web.guard import BODY_MAX_BYTES, Guard, Passed, Replays, Turned
from bot.web.repeats import Repeats

LOGGER = logging.getLogger(__name__)
THREADS = 32
WAITING_MAX = 512
# Bolt obeys some headers of its own (x-slack-bolt-lazy-only); only these are let through to it.
PASSED_ON = (
    "content-type",
    "x-slack-request-timestamp",
    "x-slack-signature",
    "x-slack-retry-num",
    "x-slack-retry-reason",
)
# They change nothing and carry no id: typed twice within a second, the second is signed alike.
ONLY_READ = frozenset({"block_suggestion", "dialog_suggestion", "url_verification"})


class SlackDoor:
    """Answers `POST /slack/events`."""

    def __init__(
        self,
        *,
        app: Dispatcher,
        guard: Guard,
        replays: Replays,
        machine: MachineClock,
        metrics: CollectorRegistry,
        is_an_echo: Callable[[Mapping[str, Any]], bool] = lambda _payload: False,
        pool_of: Threads = real_threads,
    ) -> None:
        """Open the door.

        Args:
            app: The Bolt App.
            guard: Verifies each request before Bolt sees it.
            replays: Turns a second copy of a signed request away.
            machine: Real time, for signatures.
            metrics: Takes a counter of requests by outcome and a histogram of answers.
            is_an_echo: Says of a verified request that nobody would do anything with it; it is
                answered at once, and Bolt does not see it.
            pool_of: Makes the threads that Bolt answers in.
        """
        self._app = app
        self._guard = guard
        self._replays = replays
        self._machine = machine
        self._is_an_echo = is_an_echo
        self._waiting = 0
        self._room = Room()
        self._turned = Repeats(LOGGER)
        self._threads = pool_of(THREADS, "slack-in")
        self._requests = Counter(
            "bridgewatch_slack_requests",
            "Requests of Slack by outcome",
            ["outcome"],
            registry=metrics,
        )
        self._took = Histogram(
            "bridgewatch_slack_answer_seconds",
            "From Slack's request to our answer",
            registry=metrics,
        )

    async def answer(self, request: Request) -> Response:
        """Answer one request; whatever is wrong with it, in one log line at most, and no trace."""
        began_s = self._machine.monotonic()
        try:
            answer = await self._guarded(request)
        except Turned as turned:
            self._requests.labels(turned.reason).inc()
            self._turned.say(f"A request to the Slack address was turned away: {turned.reason}")
            return turned_away(turned)
        self._took.observe(self._machine.monotonic() - began_s)
        return answer

    def close(self) -> None:
        """Wait for requests that run, and end the threads."""
        self._threads.shutdown(wait=True, cancel_futures=True)

    async def _guarded(self, request: Request) -> Response:
        body = await read_body(request, BODY_MAX_BYTES, self._room)
        headers = every_header(request)
        now_s = self._machine.now().timestamp()
        passed = self._guard.check(headers, body, now_s)
        if self._is_an_echo(passed.payload):
            self._requests.labels("echo").inc()
            return Response(status_code=200)
        if passed.payload.get("ssl_check") == "1":
            self._requests.labels("ssl check").inc()
            return Response(status_code=200)
        if self._waiting >= WAITING_MAX:
            raise Turned(503, "overloaded")
        kept = {name: headers[name] for name in PASSED_ON if name in headers}
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(
                self._threads, self._once, passed, kept
            )
        finally:
            self._waiting -= 1

    def _once(self, passed: Passed, headers: Mapping[str, Sequence[str]]) -> Response:
        """Let Bolt answer, unless this very request was answered before; in a pool thread."""
        only_reads = passed.payload.get("type") in ONLY_READ
        if not only_reads and not self._replays.claim(passed.replay_key, self._machine.monotonic()):
            self._requests.labels("replay").inc()
            LOGGER.info("A request of Slack came a second time and changed nothing")
            return Response(status_code=200)
        try:
            answer = self._app.dispatch(_request(passed, headers))
        except Exception:
            # The edge of the program: whatever failed, Slack gets a plain 500 and may send again.
            self._replays.release(passed.replay_key)
            self._requests.labels("failed").inc()
            LOGGER.exception("A request of Slack could not be handled")
            return PlainTextResponse("", status_code=500)
        taken = answer.status < 300
        if not taken:
            self._replays.release(passed.replay_key)
        self._requests.labels("answered" if taken else "refused by Bolt").inc()
        return Response(
            answer.body,
            status_code=answer.status,
            headers=answer.first_headers_without_set_cookie(),
        )


def _request(passed: Passed, headers: Mapping[str, Sequence[str]]) -> BoltRequest:
    """Return Bolt's request without having the body read a second time.

    Bolt takes a body that was read only as if it came over a socket, so the rest is put right.
    """
    request = BoltRequest(body=dict(passed.payload), headers=dict(headers), mode="socket_mode")
    request.raw_body = passed.body
    request.mode = "http"
    return request
