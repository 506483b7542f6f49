"""What strangers do to an open port: heads and trailers without end, half requests, drips, crowds.

Whoever is signed by Slack is answered meanwhile, and what strangers hold is bounded.

Proves: T24.
"""

from __future__ import annotations

import asyncio
import io
import logging
import socket
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass

import httpx
import pytest
from prometheus_client import CollectorRegistry, generate_latest
from slack_bolt import BoltRequest, BoltResponse
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot import logs
from bot.clock import MachineClock
from bot.web import front as web
from bot.web.bodies import Room
from bot.web.connection import Limits
from bot.web.crowd import Crowd
from bot.web.guard import Guard, ReplayMemory, Turned
from bot.web.repeats import Repeats
from bot.web.server import WebServer
from bot.web.slack_door import SlackDoor
from tests.kit.signing import FORM, SECRET, signed
from tests.kit.waiting import until

COMMAND = b"command=%2Fticket&text=help&user_id=U111111111&team_id=T111111111&trigger_id=1.2."
SEARCH = b"payload=%7B%22type%22%3A%22block_suggestion%22%2C%22value%22%3A%22acme%22%7D"
HEAD = b"POST /slack/events HTTP/1.1\r\nHost: 127.0.0.1\r\n"
SOON = Limits(head_s=0.4, body_s=0.4, idle_s=0.8, unread_s=0.4)


class Taker:
    """Answers what Bolt would answer."""

    def __init__(self) -> None:
        self.bodies: list[str] = []

    def dispatch(self, req: BoltRequest) -> BoltResponse:
        self.bodies.append(req.raw_body)
        return BoltResponse(status=200, body="done")


@dataclass
class Door:
    """A running server of the program's own kind, and what it said."""

    server: WebServer
    taker: Taker
    crowd: Crowd
    metrics: CollectorRegistry
    log: io.StringIO

    def connect(self, source: str = "127.0.0.1") -> socket.socket:
        return socket.create_connection(
            ("127.0.0.1", self.server.port), timeout=30, source_address=(source, 0)
        )

    def printed(self) -> str:
        return generate_latest(self.metrics).decode()

    def post(self, body: bytes, headers: dict[str, str] | None = None) -> httpx.Response:
        now_s = MachineClock().now().timestamp()
        how = signed(body, now_s) if headers is None else headers
        return httpx.post(f"{self.server.url}/slack/events", content=body, headers=how, timeout=30)


def ready() -> web.Readiness:
    return web.Readiness(True, {})


async def large(_: Request) -> Response:
    return Response(b"x" * 40_000_000)


@pytest.fixture
def limits() -> Limits:
    return SOON


@pytest.fixture
def door(limits: Limits) -> Iterator[Door]:
    taker, metrics, crowd = Taker(), CollectorRegistry(), Crowd()
    slack = SlackDoor(
        app=taker,
        guard=Guard(SECRET),
        replays=ReplayMemory(),
        machine=MachineClock(),
        metrics=metrics,
    )
    app = web.application(
        metrics=metrics, readiness=ready, slack=slack, routes=[Route("/large", large)]
    )
    log = io.StringIO()
    handler = logs.configure("text", "INFO", stream=log)
    server = WebServer(app, "127.0.0.1", 0, metrics=metrics, limits=limits, crowd=crowd)
    server.start()
    yield Door(server, taker, crowd, metrics, log)
    server.stop()
    slack.close()
    logging.getLogger().removeHandler(handler)


def all_of(connection: socket.socket) -> bytes:
    """Return what comes until the other side ends."""
    said = b""
    with suppress(ConnectionError):
        while came := connection.recv(65_536):
            said += came
    return said


def pour(connection: socket.socket, part: bytes, most_bytes: int = 60_000_000) -> int:
    """Send the same again and again, and return how much was taken before the end."""
    sent = 0
    with suppress(ConnectionError):
        while sent < most_bytes:
            connection.sendall(part)
            sent += len(part)
    return sent


ENDLESS = {
    "headers": (HEAD, b"X-More: more\r\n" * 4_000),
    "one header": (HEAD + b"X-More: ", b"m" * 60_000),
    "an address": (b"GET /", b"m" * 60_000),
    "empty lines": (b"", b"\r\n" * 30_000),
    "trailers": (
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n",
        b"X-More: more\r\n" * 4_000,
    ),
    "one trailer": (
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX-More: ",
        b"m" * 60_000,
    ),
    "requests ahead": (b"", b"GET /large HTTP/1.1\r\nHost: a\r\n\r\n" * 2_000),
}


@pytest.mark.parametrize("kind", ENDLESS)
def test_what_never_ends_is_cut_off_soon(door: Door, kind: str) -> None:
    begin, more = ENDLESS[kind]
    with door.connect() as stranger:
        stranger.sendall(begin)
        assert pour(stranger, more) < 10_000_000
    assert door.post(COMMAND).text == "done"


def test_a_large_head_is_refused_and_one_of_a_proxy_is_not(door: Door) -> None:
    large_s, usual = "x" * 40_000, "x" * 8_000
    assert httpx.get(f"{door.server.url}/health", headers={"x-a": large_s}).status_code == 431
    assert httpx.get(f"{door.server.url}/health", headers={"x-a": usual}).status_code == 200


def test_a_large_body_is_no_large_head(door: Door) -> None:
    assert door.post(COMMAND + b"a" * 900_000).text == "done"


@pytest.mark.parametrize(
    "half", [b"", b"\r\n", b"GET /hea", HEAD, HEAD + b"Content-Length: 9\r\n\r\nabc"]
)
def test_half_a_request_is_given_little_time(door: Door, half: bytes) -> None:
    with door.connect() as stranger:
        stranger.sendall(half)
        assert all_of(stranger)[:12] in (b"", b"HTTP/1.1 408")


def test_dripping_does_not_hold_a_connection(door: Door) -> None:
    asked = b"GET /health HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n"
    for begin, drip in ((HEAD, b"X"), (asked, b"x"), (b"GET /health HTTP/1.1\r\n\r\n", b"\r\n")):
        with door.connect() as stranger:
            stranger.sendall(begin)
            until(lambda: is_cut(stranger, drip), every_s=0.05, what="the end")  # noqa: B023


def is_cut(connection: socket.socket, drip: bytes) -> bool:
    try:
        connection.sendall(drip)
    except ConnectionError:
        return True
    return False


def test_an_answer_that_nobody_takes_is_cut_off(door: Door) -> None:
    with door.connect() as stranger:
        stranger.sendall(b"GET /large HTTP/1.1\r\nHost: a\r\n\r\n")
        until(lambda: not door.crowd.size, what="the end")


def test_who_asks_again_before_they_are_answered_is_cut_off(door: Door) -> None:
    for _ in range(20):
        with door.connect() as stranger:
            stranger.sendall(b"GET /large HTTP/1.1\r\nHost: a\r\n\r\n" * 3)
            assert len(all_of(stranger)) < 40_000_000


def test_a_proxys_connection_serves_one_request_after_the_other(door: Door) -> None:
    with httpx.Client() as proxy:
        for _ in range(20):
            assert proxy.get(f"{door.server.url}/health").status_code == 200
        assert door.crowd.size == 1


class TestACrowd:
    """Half requests by the hundred, with the times of every day: nobody is cut off by the clock."""

    @pytest.fixture
    def limits(self) -> Limits:
        return Limits()

    def test_of_half_requests_keeps_slack_out_not_even_from_its_own_address(
        self, door: Door
    ) -> None:
        with ExitStack() as crowd:
            for _ in range(600):
                crowd.enter_context(door.connect()).sendall(HEAD)
            until(
                lambda: 'reason="crowded"} 344.0' in door.printed(),
                what="the bound",
            )
            answers = [door.post(COMMAND + str(n).encode()) for n in range(20)]
            assert {answer.text for answer in answers} == {"done"}
            assert door.crowd.size <= 256

    def test_of_one_address_takes_no_place_of_another(self, door: Door) -> None:
        with door.connect("127.0.0.2") as other, ExitStack() as crowd:
            other.sendall(b"GET /health HTTP/1.1\r\nHost: a\r\n")
            for _ in range(300):
                crowd.enter_context(door.connect()).sendall(HEAD)
            until(
                lambda: 'reason="crowded"} 44.0' in door.printed(),
                what="the bound",
            )
            other.sendall(b"\r\n")
            assert other.recv(1_000).startswith(b"HTTP/1.1 200")

    def test_is_told_in_one_line_and_counted(self, door: Door) -> None:
        with ExitStack() as crowd:
            for _ in range(300):
                crowd.enter_context(door.connect())
            until(
                lambda: 'reason="crowded"} 44.0' in door.printed(),
                what="the bound",
            )
        assert door.crowd.size <= 256
        assert door.log.getvalue().count("\n") == 1


def test_refused_requests_are_written_once(door: Door) -> None:
    answers = [door.post(COMMAND, {"content-type": FORM}) for _ in range(50)]
    assert {answer.status_code for answer in answers} == {401}
    assert door.log.getvalue().count("\n") == 1
    for _ in range(50):
        with door.connect() as stranger:
            stranger.sendall(b"not HTTP at all\r\n\r\n")
            assert all_of(stranger).startswith(b"HTTP/1.1 400")
    assert door.log.getvalue().count("\n") == 2


def test_what_was_written_once_is_counted_afterwards(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)

    async def crowd() -> None:
        repeats = Repeats(logging.getLogger("here"), every_s=0.05)
        for _ in range(3):
            repeats.say("Turned away.")
        await asyncio.to_thread(until, lambda: len(caplog.messages) == 2)
        repeats.say("Turned away.")
        await asyncio.to_thread(until, lambda: len(caplog.messages) == 3)

    asyncio.run(crowd())
    assert caplog.messages == [
        "Turned away.",
        "Turned away. (2 more within 0 s)",
        "Turned away. (1 more within 0 s)",
    ]


def test_the_same_search_twice_within_a_second_is_answered_twice(door: Door) -> None:
    headers = signed(SEARCH, MachineClock().now().timestamp())
    assert [door.post(SEARCH, headers).text for _ in range(2)] == ["done", "done"]


def test_a_signed_check_of_the_certificate_is_answered(door: Door) -> None:
    answer = door.post(b"ssl_check=1&token=a-token-nobody-reads")
    assert (answer.status_code, answer.text) == (200, "")
    assert door.taker.bodies == []
    assert door.post(b"ssl_check=1&token=x", {"content-type": FORM}).status_code == 401


def test_bodies_of_strangers_have_so_much_room_together() -> None:
    room = Room(1_000)
    room.take(900)
    with pytest.raises(Turned, match="overloaded"):
        room.take(200)
    room.give(900)
    room.take(1_000)
