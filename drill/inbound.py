"""Everything Slack sends to the app: commands, gestures, options, events; with the 3 s limit."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import aiohttp

from drill.core import Slack
from drill.record import Delivery
from drill.signing import headers as signature_headers
from drill.sockets import SocketHub

Wire = dict[str, Any]

FORM = "application/x-www-form-urlencoded"
TIMEOUT = "operation_timeout"
FAILED = "dispatch_failed"
REDIRECTS_MOST = 2


@dataclass(frozen=True, slots=True)
class Ack:
    """How the app answered; ``failure`` is empty, ``operation_timeout`` or ``dispatch_failed``."""

    status: int
    body: bytes
    ack_ms: float
    failure: str = ""
    no_retry: bool = False

    @property
    def wire(self) -> Wire | None:
        """Return the answer as a JSON object, None when it is not one."""
        try:
            value = json.loads(self.body)
        except ValueError:
            return None
        return value if isinstance(value, dict) else None


class Inbound:
    """Send requests to the app over HTTP or Socket Mode."""

    def __init__(self, slack: Slack, hub: SocketHub) -> None:
        self.slack = slack
        self.hub = hub
        self._session: aiohttp.ClientSession | None = None

    async def close(self) -> None:
        """Give the connections back."""
        if self._session is not None:
            await self._session.close()

    async def interactive(self, payload: Wire, name: str, user_id: str) -> Ack:
        """Deliver a gesture: block_actions, view_submission, shortcut, ..."""
        if self.slack.settings.mode == "socket":
            ack = await self._by_socket("interactive", payload)
        else:
            body = urlencode({"payload": json.dumps(payload)}).encode()
            ack = await self.post(body, FORM)
        self._log(str(payload["type"]), name, user_id, ack, payload)
        return ack

    async def command(self, fields: Wire) -> Ack:
        """Deliver a slash command."""
        if self.slack.settings.mode == "socket":
            ack = await self._by_socket("slash_commands", fields)
        else:
            ack = await self.post(urlencode(fields).encode(), FORM)
        self._log("slash_command", fields["command"], fields["user_id"], ack, fields)
        return ack

    async def event(self, envelope: Wire, retry: int, reason: str) -> Ack:
        """Deliver one attempt of an event."""
        if self.slack.settings.mode == "socket":
            ack = await self._by_socket(
                "events_api", envelope, retry_attempt=retry, retry_reason=reason
            )
        else:
            more = {}
            if retry:
                more = {"x-slack-retry-num": str(retry), "x-slack-retry-reason": reason}
            ack = await self.post(json.dumps(envelope).encode(), "application/json", more)
        event = envelope["event"]
        name = event["type"] + (f"/{event['subtype']}" if event.get("subtype") else "")
        user = event.get("user")
        self._log("event", name, user if isinstance(user, str) else "", ack, envelope, retry=retry)
        return ack

    async def post(
        self, body: bytes, content_type: str, more: dict[str, str] | None = None, forgery: str = ""
    ) -> Ack:
        """Post a signed body to the app's Request URL and wait at most three seconds."""
        slack = self.slack
        started = slack.clock.monotonic()
        sent = {
            "Content-Type": content_type,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            **signature_headers(slack.settings.signing_secret, slack.clock.real(), body, forgery),
            **(more or {}),
        }
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=0)
            self._session = aiohttp.ClientSession(connector=connector)
        limit = aiohttp.ClientTimeout(total=slack.settings.ack_limit_s)
        try:
            async with self._session.post(
                slack.settings.request_url,
                data=body,
                headers=sent,
                timeout=limit,
                max_redirects=REDIRECTS_MOST,
            ) as answer:
                got = await answer.read()
                status, no_retry = answer.status, "x-slack-no-retry" in answer.headers
        except TimeoutError:
            return Ack(0, b"", self._since(started), TIMEOUT)
        except (aiohttp.ClientError, OSError, RuntimeError):
            # aiohttp says RuntimeError when a kept connection is closed under the request.
            return Ack(0, b"", self._since(started), FAILED)
        failure = "" if 200 <= status < 300 else FAILED
        return Ack(status, got, self._since(started), failure, no_retry)

    async def _by_socket(self, kind: str, payload: Wire, **more: object) -> Ack:
        started = self.slack.clock.monotonic()
        try:
            answer = await self.hub.send(kind, payload, self.slack.settings.ack_limit_s, **more)
        except ConnectionError:
            return Ack(0, b"", self._since(started), FAILED)
        if answer is None:
            return Ack(0, b"", self._since(started), TIMEOUT)
        body = json.dumps(answer).encode() if answer else b""
        return Ack(200, body, self._since(started))

    def _since(self, started: float) -> float:
        return round((self.slack.clock.monotonic() - started) * 1000, 3)

    def _log(
        self, kind: str, name: str, user: str, ack: Ack, body: Wire, *, retry: int = 0
    ) -> None:
        slack = self.slack
        deliveries = slack.record.deliveries
        deliveries.append(
            Delivery(
                n=len(deliveries) + 1,
                kind=kind,
                name=name,
                user=user,
                status=ack.status,
                ack_ms=ack.ack_ms,
                failure=ack.failure,
                retry=retry,
                at=slack.at(),
                body=body,
            )
        )
        slack.touch()
