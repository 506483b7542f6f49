"""The web front over a real socket: Bolt behind the guard, health, metrics, the drill's clock.

Proves: T01, T03, T04, T31.
"""

from __future__ import annotations

import io
import logging
import socket
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest
from prometheus_client import CollectorRegistry
from slack_bolt import App
from slack_sdk import WebClient

from bot import logs
from bot.clock import MachineClock
from bot.engine.drill_clock import DrillRefused
from bot.web import front as web
from bot.web.guard import Guard, ReplayMemory
from bot.web.server import WebRefused, WebServer
from bot.web.slack_door import WAITING_MAX, SlackDoor
from tests.kit.errors import ErrorLines
from tests.kit.signing import FORM, SECRET, signed
from tests.kit.waiting import until

COMMAND = b"command=%2Fticket&text=help&user_id=U111111111&team_id=T111111111&trigger_id=1.2.a"
CARD = b"4111111111111111"


@dataclass
class FakeDrill:
    """Business time that only counts."""

    wishes: list[Mapping[str, object]] = field(default_factory=list)

    def state(self) -> Mapping[str, object]:
        return {"now": "2026-11-23T14:02:00Z", "next_due_at": None, "idle": True}

    def advance(self, wish: Mapping[str, object]) -> Mapping[str, object]:
        if wish == {"advance_s": -1}:
            raise DrillRefused("Time does not run backwards.")
        self.wishes.append(wish)
        return self.state()


class SetClock(MachineClock):
    """The machine's clock, which somebody can set."""

    def __init__(self) -> None:
        self.ahead_s = 0.0

    def now(self) -> datetime:
        return super().now() + timedelta(seconds=self.ahead_s)


@dataclass
class Front:
    """A running web front, and what went on behind it."""

    client: httpx.Client
    server: WebServer
    door: SlackDoor
    drill: FakeDrill
    metrics: CollectorRegistry
    log: io.StringIO
    commands: list[str]
    hold: threading.Event
    held: threading.Event
    machine: SetClock
    ready: bool = True

    def post(self, body: bytes, headers: dict[str, str] | None = None) -> httpx.Response:
        headers = signed(body, now_s()) if headers is None else headers
        return self.client.post(f"{self.server.url}/slack/events", content=body, headers=headers)

    def call(self, method: str, path: str, **how: Any) -> httpx.Response:
        return self.client.request(method, f"{self.server.url}{path}", **how)


def now_s() -> float:
    return MachineClock().now().timestamp()


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    with httpx.Client() as found:
        yield found


@pytest.fixture
def front(client: httpx.Client) -> Iterator[Front]:
    commands: list[str] = []
    hold, held = threading.Event(), threading.Event()
    machine = SetClock()
    app = bolt_app(commands, hold, held)
    metrics = CollectorRegistry()
    door = SlackDoor(
        app=app,
        guard=Guard(SECRET),
        replays=ReplayMemory(),
        machine=machine,
        metrics=metrics,
        is_an_echo=lambda payload: payload.get("text") == "an echo",
    )
    drill = FakeDrill()

    def readiness() -> web.Readiness:
        return web.Readiness(found.ready, {"database": "ok" if found.ready else "down"})

    asgi = web.application(metrics=metrics, readiness=readiness, slack=door, drill=drill)
    log = io.StringIO()
    handler = logs.configure("text", "DEBUG", stream=log)
    server = WebServer(asgi, "127.0.0.1", 0)
    found = Front(client, server, door, drill, metrics, log, commands, hold, held, machine)
    found.server.start()
    yield found
    hold.set()
    found.server.stop()
    door.close()
    logging.getLogger().removeHandler(handler)


def bolt_app(commands: list[str], hold: threading.Event, held: threading.Event) -> App:
    app = App(
        name="tiny",
        client=WebClient("xoxb-none", base_url="http://127.0.0.1:1/", retry_handlers=[]),
        signing_secret=SECRET,
        token_verification_enabled=False,
        process_before_response=True,
        authorize=authorized,
    )

    @app.command("/ticket")
    def ticket(ack: Any, command: dict[str, str]) -> None:
        if command["text"] == "break":
            raise RuntimeError("a card number 4111111111111111 in an error")
        if command["text"] == "wait":
            held.set()
            hold.wait(5)
        commands.append(command["text"])
        ack("done")

    return app


def authorized() -> Any:
    from slack_bolt.authorization import AuthorizeResult  # noqa: PLC0415 - Bolt's own, heavy

    return AuthorizeResult(
        enterprise_id=None, team_id="T111111111", bot_token="xoxb-none", bot_user_id="U0BOT0BOT"
    )


def test_a_signed_command_reaches_bolt_and_its_answer_comes_back(front: Front) -> None:
    answer = front.post(COMMAND)
    assert (answer.status_code, answer.text) == (200, "done")
    assert front.commands == ["help"]


def test_an_echo_is_answered_at_once_and_bolt_does_not_see_it(front: Front) -> None:
    answer = front.post(COMMAND.replace(b"text=help", b"text=an+echo"))
    assert (answer.status_code, answer.text) == (200, "")
    assert front.commands == []
    assert 'outcome="echo"} 1' in front.call("GET", "/metrics").text


def test_an_echo_nobody_signed_is_turned_away(front: Front) -> None:
    body = COMMAND.replace(b"text=help", b"text=an+echo")
    forged = signed(body, now_s(), secret="another-secret")
    assert front.post(body, forged).status_code == 401


def test_the_same_signed_request_ten_times_is_done_once(front: Front) -> None:
    headers = signed(COMMAND, now_s())
    answers = [front.post(COMMAND, headers) for _ in range(10)]
    assert [answer.status_code for answer in answers] == [200] * 10
    assert front.commands == ["help"]
    assert all(answer.text == "" for answer in answers[1:])


@pytest.mark.parametrize("hurt", ["timestamp", "signature", "body", "utf-8", "json", "unsigned"])
def test_a_malformed_request_gets_a_plain_answer_and_one_log_line(front: Front, hurt: str) -> None:
    body, headers = malformed(hurt)
    answer = front.post(body, headers)
    assert answer.status_code in (400, 401)
    assert "Traceback" not in front.log.getvalue() + answer.text
    assert len(front.log.getvalue().splitlines()) == 1
    assert CARD.decode() not in front.log.getvalue() + answer.text
    assert front.commands == []


def malformed(hurt: str) -> tuple[bytes, dict[str, str]]:
    body = COMMAND + b"&text=" + CARD
    bodies = {"utf-8": body + b"\xff", "json": b"payload={bad" + CARD}
    body = bodies.get(hurt, body)
    headers = signed(body, now_s())
    if hurt == "timestamp":
        headers["x-slack-request-timestamp"] = "9" * 5_000
    if hurt == "signature":
        headers["x-slack-signature"] = "v0=" + "\u00fc" * 64
    if hurt == "unsigned":
        headers = {"content-type": FORM}
    if hurt == "body":
        body += b"x"
    raw = {name: value.encode("latin-1") for name, value in headers.items()}
    return body, raw  # type: ignore[return-value]  # httpx takes bytes; they are bytes on the wire


def test_a_forged_body_with_a_card_number_leaves_nothing_in_the_log(front: Front) -> None:
    front.post(COMMAND + CARD, signed(COMMAND, now_s(), secret="forged"))
    assert front.log.getvalue().count("\n") == 1
    assert "wrong signature" in front.log.getvalue()
    assert CARD.decode() not in front.log.getvalue()


def test_too_large_a_body_is_answered_with_413(front: Front) -> None:
    assert front.post(b"x" * 1_000_001, {"content-type": FORM}).status_code == 413


@pytest.mark.slow
def test_a_body_that_drips_is_cut_off_with_408(front: Front) -> None:
    with socket.create_connection(("127.0.0.1", front.server.port), timeout=15) as drip:
        drip.sendall(
            b"POST /slack/events HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\nabc"
        )
        assert drip.recv(1_000).startswith(b"HTTP/1.1 408 ")


def test_when_too_many_wait_the_next_is_told_at_once(front: Front) -> None:
    front.door._waiting = WAITING_MAX
    assert front.post(COMMAND).status_code == 503
    front.door._waiting = 0
    assert front.post(COMMAND).status_code == 200


def test_a_clock_that_is_set_ahead_and_back_lets_no_request_in_a_second_time(
    front: Front,
) -> None:
    headers = signed(COMMAND, now_s())
    assert front.post(COMMAND, headers).text == "done"
    front.machine.ahead_s = 3_600
    assert front.post(COMMAND, headers).status_code == 401
    front.post(COMMAND, signed(COMMAND, now_s() + 3_600))  # Bolt has a clock of its own
    front.machine.ahead_s = 0
    assert front.post(COMMAND, headers).text == ""
    assert front.commands == ["help"]


def test_a_failing_handler_is_answered_without_its_trace_and_may_be_tried_again(
    front: Front, error_lines: ErrorLines
) -> None:
    error_lines.expect("a card number")
    body = COMMAND.replace(b"help", b"break")
    headers = signed(body, now_s())
    answers = [front.post(body, headers) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [500, 500]
    assert all("RuntimeError" not in answer.text for answer in answers)
    assert front.log.getvalue().count("RuntimeError") >= 2


def test_a_slow_handler_holds_nobody_else(front: Front) -> None:
    slow = threading.Thread(target=front.post, args=(COMMAND.replace(b"help", b"wait"),))
    slow.start()
    assert front.held.wait(5)
    assert front.call("GET", "/health").status_code == 200
    assert front.post(COMMAND).text == "done"
    front.hold.set()
    slow.join(5)
    assert sorted(front.commands) == ["help", "wait"]


def test_headers_that_bolt_would_obey_are_not_passed_on(front: Front) -> None:
    headers = signed(COMMAND, now_s()) | {"x-slack-bolt-lazy-only": "1"}
    assert front.post(COMMAND, headers).text == "done"


def test_health_needs_nothing(front: Front) -> None:
    front.ready = False
    assert front.call("GET", "/health").json() == {"status": "ok"}


def test_ready_says_what_is_missing(front: Front) -> None:
    assert front.call("GET", "/ready").status_code == 200
    front.ready = False
    answer = front.call("GET", "/ready")
    assert (answer.status_code, answer.json()) == (503, {"ready": False, "database": "down"})


def test_metrics_count_requests_by_outcome(front: Front) -> None:
    front.post(COMMAND)
    front.post(COMMAND, {"content-type": FORM})
    text = front.call("GET", "/metrics").text
    assert 'bridgewatch_slack_requests_total{outcome="answered"} 1' in text
    assert 'bridgewatch_slack_requests_total{outcome="malformed signature"} 1' in text
    assert "bridgewatch_slack_answer_seconds_count 1" in text


def test_a_method_that_is_not_declared_is_answered_with_405(front: Front) -> None:
    paths = ["/health", "/ready", "/metrics", "/slack/events", "/drill/clock"]
    calls = [(method, path) for method in ("TRACE", "DELETE", "PATCH") for path in paths]
    assert {front.call(*call).status_code for call in calls} == {405}


def test_no_version_is_told(front: Front) -> None:
    assert "server" not in front.call("GET", "/health").headers


def test_the_drill_clock_walks_as_asked(front: Front) -> None:
    wishes: list[Mapping[str, object]] = [
        {"advance_s": 60},
        {"advance_s": 0.5},
        {"to": "2026-11-23T15:00:00Z"},
        {"next": True},
    ]
    answers = [front.call("PUT", "/drill/clock", json=wish) for wish in wishes]
    assert all(answer.json()["idle"] for answer in answers)
    assert front.drill.wishes == wishes


def test_the_drill_clock_refuses_another_wish_with_a_sentence(front: Front) -> None:
    wishes = [{}, [], {"advance_s": "60"}, {"advance_s": True}, {"next": 1}, {"a": 1}]
    answers = [front.call("PUT", "/drill/clock", json=wish) for wish in wishes]
    assert {answer.status_code for answer in answers} == {400}
    assert all(answer.json()["error"].startswith("Ask for") for answer in answers)
    assert front.drill.wishes == []


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "[NaN]"])
def test_the_drill_clock_takes_no_number_that_json_has_not(front: Front, number: str) -> None:
    headers = {"content-type": "application/json"}
    wish = f'{{"advance_s": {number}}}'
    answer = front.call("PUT", "/drill/clock", content=wish, headers=headers)
    assert (answer.status_code, answer.json()) == (400, {"error": "That is not JSON."})


def test_the_drill_clock_passes_its_controllers_refusal_on(front: Front) -> None:
    answer = front.call("PUT", "/drill/clock", json={"advance_s": -1})
    assert (answer.status_code, answer.json()) == (400, {"error": "Time does not run backwards."})


@pytest.mark.parametrize(
    "headers",
    [{"host": "evil.example"}, {"content-type": "text/plain"}],
    ids=["rebound name", "form of another page"],
)
def test_the_drill_clock_is_moved_by_no_other_page(front: Front, headers: dict[str, str]) -> None:
    how = {"content-type": "application/json"} | headers
    answer = front.call("PUT", "/drill/clock", content=b'{"next": true}', headers=how)
    assert answer.status_code in (400, 403)
    assert front.drill.wishes == []


def test_outside_a_drill_its_clock_does_not_exist() -> None:
    def readiness() -> web.Readiness:
        return web.Readiness(True, {})

    server = WebServer(
        web.application(metrics=CollectorRegistry(), readiness=readiness), "127.0.0.1", 0
    )
    server.start()
    try:
        assert httpx.get(f"{server.url}/drill/clock").status_code == 404
        assert httpx.put(f"{server.url}/drill/clock", json={"next": True}).status_code == 404
        assert httpx.post(f"{server.url}/slack/events").status_code == 404
    finally:
        server.stop()


def test_a_taken_port_is_refused_with_a_sentence(front: Front) -> None:
    second = WebServer(
        web.application(metrics=CollectorRegistry(), readiness=ready), "127.0.0.1", 0
    )
    second._port = front.server.port
    with pytest.raises(WebRefused, match="BRIDGEWATCH_PORT"):
        second.start()


def ready() -> web.Readiness:
    return web.Readiness(True, {})


def test_stopping_lets_a_running_request_finish(front: Front) -> None:
    answers: list[httpx.Response] = []
    body = COMMAND.replace(b"help", b"wait")
    slow = threading.Thread(target=lambda: answers.append(front.post(body)))
    slow.start()
    assert front.held.wait(5)
    stopping = threading.Thread(target=front.server.stop)
    stopping.start()
    until(lambda: front.server._server.should_exit, what="the stop")
    front.hold.set()
    stopping.join(10)
    slow.join(5)
    assert [answer.text for answer in answers] == ["done"]
