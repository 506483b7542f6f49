"""The wires of the program, ending in this process: Slack's Web API, mail, the pager, the page."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from bot.gateways.addressees import FIELDS, listed
from bot.gateways.letters import LetterRefused, letter_of
from bot.gateways.outcomes import NotSent, Outcome, RateLimited, Refused, Taken, Unknown
from bot.gateways.timed_http import HttpAnswer
from drill.api import WebApi
from drill.core import Slack
from drill.hooks import Hooks
from drill.sinks import read_mail
from tests.histories.weather import Fate, Weather

SENDER = "support@vendor.example"
Wire = dict[str, Any]


def finished(work: Coroutine[Any, Any, Any]) -> Any:
    """Run a coroutine that waits for nothing to its end."""
    try:
        work.send(None)
    except StopIteration as end:
        return end.value
    work.close()
    raise RuntimeError("Something waited where nothing may: the clock stands still.")


class SlackWire:
    """HTTP to the local Slack, without a socket.

    Args:
        slack: The local Slack.
        weather: What becomes of calls.
    """

    def __init__(self, slack: Slack, weather: Weather) -> None:
        self._api, self._hooks = WebApi(slack), Hooks(slack)
        self._weather = weather

    def call(
        self,
        verb: str,
        url: str,
        *,
        headers: Mapping[str, str],
        body: bytes | None = None,
        deadline_s: float,
    ) -> HttpAnswer | NotSent | Unknown:
        """Make one call, or do to it what the weather does."""
        del deadline_s
        parts = urlsplit(url)
        method = parts.path.rpartition("/")[2] if parts.path.startswith("/api/") else "hooks"
        fate, error = self._weather.fate(method, {"q": parts.query, "b": (body or b"").decode()})
        match fate:
            case Fate.NOT_SENT:
                return NotSent("the weather kept it")
            case Fate.LOST_BEFORE:
                return Unknown("the weather lost it")
            case Fate.REFUSED:
                return HttpAnswer(
                    HTTPStatus.OK, {}, json.dumps({"ok": False, "error": error}).encode()
                )
            case Fate.LIMITED:
                return HttpAnswer(HTTPStatus.TOO_MANY_REQUESTS, {"Retry-After": "2"}, b"")
        scope = {
            "type": "http", "method": verb, "path": parts.path,
            "query_string": parts.query.encode(),
            "headers": [(k.lower().encode(), v.encode()) for k, v in headers.items()],
        }  # fmt: skip
        app = self._hooks if method == "hooks" else self._api
        status, heads, told = finished(asked(app, scope, body or b""))
        if fate is Fate.LOST_AFTER:
            return Unknown("the weather lost its answer")
        return HttpAnswer(status, {k.decode().title(): v.decode() for k, v in heads}, told)

    def close(self) -> None:
        """Have nothing to close."""


async def asked(
    app: Callable[..., Awaitable[None]], scope: Wire, body: bytes
) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
    """Ask an ASGI application one thing."""
    told: list[Wire] = []

    async def receive() -> Wire:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Wire) -> None:
        told.append(message)

    await app(scope, receive, send)
    whole = b"".join(part.get("body", b"") for part in told[1:])
    return int(told[0]["status"]), list(told[0].get("headers", [])), whole


@dataclass(frozen=True, slots=True)
class OtherWire:
    """A road out beside Slack: mail, the pager or the status page.

    Attributes:
        name: The gateway's name.
        slack: Keeps what arrived.
        weather: What becomes of calls.
    """

    name: str
    slack: Slack
    weather: Weather

    def send(self, payload: Mapping[str, object], *, key: str, deadline_s: float) -> Outcome:
        """Send one payload, or do to it what the weather does."""
        del deadline_s
        fate, error = self.weather.fate(self.name, payload)
        match fate:
            case Fate.NOT_SENT:
                return NotSent("the weather kept it")
            case Fate.LOST_BEFORE:
                return Unknown("the weather lost it")
            case Fate.REFUSED:
                return Refused(error)
            case Fate.LIMITED:
                return RateLimited(2.0)
        try:
            self._take(payload, key)
        except LetterRefused as refused:
            return Refused(str(refused))
        return Unknown("its answer lost") if fate is Fate.LOST_AFTER else Taken({"ok": True})

    def _take(self, payload: Mapping[str, object], key: str) -> None:
        at = self.slack.at()
        if self.name == "mail":
            letter = letter_of(payload, key=key, sender=SENDER, vendor="Vendor")
            kept = read_mail(letter.as_bytes())
            to = [each for name in FIELDS for each in listed(payload.get(name))]
            self.slack.mails.append({**kept, "to": to, "at": at, "key": key})
            return
        kept_in = self.slack.pages if self.name == "pager" else self.slack.status_posts
        # Whoever takes a page or a post folds repeats by their key.
        if all(each["key"] != key for each in kept_in):
            kept_in.append({**payload, "key": key, "at": at})
