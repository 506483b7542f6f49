"""Twins of the gateways that print instead of sending, for a first look without accounts."""

from __future__ import annotations

import hashlib
import json
import sys
import threading
from collections.abc import Mapping
from typing import TextIO

from bot.gateways.outcomes import Outcome, Taken


class ConsoleSlack:
    """Prints every call and answers as an obliging Slack would.

    Args:
        out: where to print; standard output by default.
    """

    def __init__(self, out: TextIO | None = None) -> None:
        self._out = out or sys.stdout
        self._lock = threading.Lock()
        self._calls = 0

    def call(self, method: str, payload: Mapping[str, object], *, deadline_s: float) -> Outcome:
        """Print the call; `deadline_s` is the port's and unused here."""
        del deadline_s
        with self._lock:
            self._calls += 1
            number = self._calls
            print(f"slack {method} {_shown(payload)}", file=self._out, flush=True)
        return Taken(_obliging(method, payload, number))

    def respond(
        self, response_url: str, message: Mapping[str, object], *, deadline_s: float
    ) -> Outcome:
        """Print an answer to a response_url."""
        del response_url
        return self.call("response_url", message, deadline_s=deadline_s)

    def close(self) -> None:
        """Do nothing: there is nothing to close."""


class ConsoleSender:
    """Prints letters, pages and status updates.

    Args:
        name: what the line begins with, such as `mail`.
        out: where to print; standard output by default.
    """

    def __init__(self, name: str, out: TextIO | None = None) -> None:
        self._name = name
        self._out = out or sys.stdout
        self._lock = threading.Lock()

    def send(self, payload: Mapping[str, object], *, key: str, deadline_s: float) -> Outcome:
        """Print the payload under its key; `deadline_s` is the port's and unused here."""
        del deadline_s
        with self._lock:
            print(f"{self._name} {key} {_shown(payload)}", file=self._out, flush=True)
        return Taken({"printed": True})

    def close(self) -> None:
        """Do nothing: there is nothing to close."""


def _shown(payload: Mapping[str, object]) -> str:
    return json.dumps(payload, ensure_ascii=False, default=str)


def _obliging(method: str, payload: Mapping[str, object], number: int) -> dict[str, object]:
    ts = f"{number}.{number:06d}"
    if method == "conversations.create":
        name = str(payload.get("name", ""))
        return {"ok": True, "channel": {"id": _id("C", name), "name": name, "creator": "U0CONSOLE"}}
    if method == "conversations.open":
        return {"ok": True, "channel": {"id": _id("D", str(payload.get("users", "")))}}
    if method in {"chat.postMessage", "chat.update"}:
        return {"ok": True, "channel": payload.get("channel"), "ts": payload.get("ts") or ts}
    if method == "users.lookupByEmail":
        return {"ok": True, "user": {"id": _id("U", str(payload.get("email", "")))}}
    if method == "auth.test":
        return {"ok": True, "user_id": "U0CONSOLE", "bot_id": "B0CONSOLE", "team_id": "T0CONSOLE"}
    return {"ok": True, "channels": [], "messages": [], "bookmarks": []}


def _id(kind: str, name: str) -> str:
    return kind + hashlib.blake2b(name.encode(), digest_size=5).hexdigest().upper()
