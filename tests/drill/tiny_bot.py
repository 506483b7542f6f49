"""A small scripted app, over HTTP or Socket Mode, that the local Slack is proved with."""

from __future__ import annotations

import re
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.request import BoltRequest
from slack_sdk import WebClient

from drill.local import LocalSlack

Wire = dict[str, Any]


def text_input(block_id: str, label: str, **more: object) -> Wire:
    return {
        "type": "input",
        "block_id": block_id,
        "label": {"type": "plain_text", "text": label},
        "element": {"type": "plain_text_input", "action_id": "typed", **more},
    }


def modal(*blocks: Wire, title: str = "A form", **more: Any) -> Wire:
    return {
        "type": "modal",
        "callback_id": "form",
        "title": {"type": "plain_text", "text": title},
        "submit": {"type": "plain_text", "text": "Send"},
        "blocks": list(blocks),
        **more,
    }


def button(label: str, action_id: str, value: str = "1") -> Wire:
    text = {"type": "plain_text", "text": label}
    return {"type": "button", "action_id": action_id, "text": text, "value": value}


def section(text: str) -> Wire:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def buttons(*elements: Wire) -> Wire:
    return {"type": "actions", "elements": list(elements)}


def plain(text: str) -> Wire:
    return {"type": "plain_text", "text": text}


def container(title: str, *children: Wire, **more: Any) -> Wire:
    return {"type": "container", "title": plain(title), "child_blocks": list(children), **more}


def folded(title: str, *children: Wire, **more: Any) -> Wire:
    return container(title, *children, is_collapsible=True, default_collapsed=True, **more)


def raw(text: str) -> Wire:
    return {"type": "raw_text", "text": text}


def rich(*pieces: Wire) -> Wire:
    section = {"type": "rich_text_section", "elements": list(pieces)}
    return {"type": "rich_text", "elements": [section]}


def data_table(caption: str, *rows: tuple[Wire | str, ...], **more: Any) -> Wire:
    cells = [[raw(one) if isinstance(one, str) else one for one in row] for row in rows]
    return {"type": "data_table", "caption": caption, "rows": cells, **more}


def alert(text: str, level: str = "warning") -> Wire:
    return {"type": "alert", "text": {"type": "mrkdwn", "text": text}, "level": level}


class TinyBot:
    """A Bolt app whose behaviour each test registers; it keeps what it was sent."""

    def __init__(self, slack: LocalSlack) -> None:
        self.slack = slack
        self.client = WebClient(
            token=slack.bot_token, base_url=slack.api_url, retry_handlers=[], timeout=5
        )
        self.app = App(
            name="tiny",
            client=self.client,
            signing_secret=slack.signing_secret,
            token_verification_enabled=False,
            process_before_response=True,
            ignoring_self_events_enabled=False,
        )
        self.events: list[Wire] = []
        self.headers: list[dict[str, str]] = []
        self.statuses: list[int] = []
        self._server: ThreadingHTTPServer | None = None
        self._socket: SocketModeHandler | None = None

    def keep_events(self) -> None:
        """Take every event, with what it came in."""

        @self.app.event({"type": "message", "subtype": None})
        def plain(body: Wire, ack: Any) -> None:
            ack()
            self.events.append(body)

        @self.app.event(re.compile(".*"))
        def other(body: Wire, ack: Any) -> None:
            ack()
            self.events.append(body)

    def serve_http(self) -> Self:
        bot = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                size = int(self.headers.get("content-length", 0))
                raw = self.rfile.read(size).decode()
                bot.headers.append({k.lower(): v for k, v in self.headers.items()})
                request = BoltRequest(body=raw, headers=dict(self.headers))
                answer = bot.app.dispatch(request)
                bot.statuses.append(answer.status)
                body = answer.body.encode()
                # Slack does not wait for a late answer.
                with suppress(ConnectionError):
                    self.send_response(answer.status)
                    self.send_header("Content-Type", answer.first_headers().get("content-type", ""))
                    self.send_header("Content-Length", str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)

            def log_message(self, *args: object) -> None:
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        self.slack.request_url = f"http://127.0.0.1:{self._server.server_port}/slack/events"
        return self

    def serve_socket(self, sockets: int = 1) -> Self:
        self._socket = SocketModeHandler(self.app, app_token=self.slack.app_token)
        self._socket.client.web_client = self.client
        self._socket.connect()  # type: ignore[no-untyped-call]
        self.slack.wait_for(lambda: self.slack.sockets() >= sockets)
        return self

    def stop(self) -> None:
        if self._socket is not None:
            self._socket.close()  # type: ignore[no-untyped-call]
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
