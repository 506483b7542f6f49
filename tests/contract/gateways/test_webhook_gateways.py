"""The pager's and the status page's webhook: key, classes, no redirects; and the console twins.

Proves: T17.
"""

from __future__ import annotations

import http.server
import io
import json
import threading
from collections.abc import Iterator

import pytest

from bot.gateways.console import ConsoleSender, ConsoleSlack
from bot.gateways.outcomes import NotSent, Outcome, RateLimited, Refused, Taken, Unknown
from bot.gateways.pager import PagerGateway
from bot.gateways.statuspage import StatusPageGateway
from tests.kit.ports import free_port


class Hook:
    """A webhook receiver that answers what the test says."""

    def __init__(self) -> None:
        self.status = 200
        self.headers: dict[str, str] = {}
        self.got: list[tuple[dict[str, object], dict[str, str]]] = []
        hook = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                hook.got.append((body, dict(self.headers)))
                self.send_response(hook.status)
                for name, value in hook.headers.items():
                    self.send_header(name, value)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                """Say nothing."""

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/page"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join(5)


@pytest.fixture
def hook() -> Iterator[Hook]:
    running = Hook()
    yield running
    running.close()


def page(hook: Hook) -> Outcome:
    gateway = PagerGateway(hook.url)
    try:
        return gateway.send({"text": "wake"}, key="BW-1001/page", deadline_s=2)
    finally:
        gateway.close()


def test_a_page_carries_its_key_in_header_and_body(hook: Hook) -> None:
    assert isinstance(page(hook), Taken)
    body, headers = hook.got[0]
    assert body == {"text": "wake", "key": "BW-1001/page"}
    assert headers["Idempotency-Key"] == "BW-1001/page"


def test_the_status_page_gets_its_bearer_token(hook: Hook) -> None:
    gateway = StatusPageGateway(hook.url, token="secret")
    gateway.send({"text": "released"}, key="k", deadline_s=2)
    gateway.close()
    assert hook.got[0][1]["Authorization"] == "Bearer secret"


@pytest.mark.parametrize(
    ("status", "kind"),
    [(204, Taken), (400, Refused), (401, Unknown), (404, Unknown), (500, Unknown), (503, Unknown)],
)
def test_each_status_has_its_class(hook: Hook, status: int, kind: type[Outcome]) -> None:
    hook.status = status
    assert isinstance(page(hook), kind)


def test_a_busy_pager_says_how_long_to_wait(hook: Hook) -> None:
    hook.status, hook.headers = 429, {"Retry-After": "12"}
    assert page(hook) == RateLimited(12.0)


def test_a_redirect_is_not_followed(hook: Hook) -> None:
    hook.status, hook.headers = 307, {"Location": hook.url + "/elsewhere"}
    assert isinstance(page(hook), Refused)
    assert len(hook.got) == 1


def test_a_pager_that_is_not_there_got_nothing() -> None:
    gateway = PagerGateway(f"http://127.0.0.1:{free_port()}/")
    outcome = gateway.send({}, key="k", deadline_s=2)
    gateway.close()
    assert isinstance(outcome, NotSent)


def test_the_console_prints_and_answers_so_that_a_bridge_can_be_set_up() -> None:
    out = io.StringIO()
    slack = ConsoleSlack(out)
    made = slack.call("conversations.create", {"name": "bw-1001-acme"}, deadline_s=1)
    posted = slack.call("chat.postMessage", {"channel": "C1", "text": "hello"}, deadline_s=1)
    ConsoleSender("mail", out).send({"subject": "[BW-1001]"}, key="k", deadline_s=1)
    assert isinstance(made, Taken)
    assert isinstance(posted, Taken)
    assert posted.result["ts"]
    lines = out.getvalue().splitlines()
    assert lines[1] == 'slack chat.postMessage {"channel": "C1", "text": "hello"}'
    assert lines[2] == 'mail k {"subject": "[BW-1001]"}'
