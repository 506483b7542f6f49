"""The way in from Slack over Socket Mode: opened when Slack lets us, and opened again.

Whether Slack can be reached decides nothing else: the program starts, its timers run and its mail
leaves without it. A new connection is greeted by Slack before the old one is let go.
Source: slack-contract 7; D20.
"""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from slack_bolt import BoltRequest, BoltResponse

from bot.clock import MachineClock
from bot.countdown import Countdown, done_within
from bot.gateways.outcomes import RateLimited, SlackCalls, Taken, back_off_s
from bot.rarely import Rarely
from bot.slack.app import Dispatcher
from bot.slack.socket_line import Line, LineRefused
from bot.slack.tokens import refused_app_token, why

_log = logging.getLogger(__name__)


THREADS = 32
NOT_YET = "Slack's socket is not connected yet."
LOST = "Slack's socket was lost; it is being connected again."
SWITCHED_OFF = (
    "Socket Mode is switched off for this app: switch it on (Socket Mode, in the app's settings). "
    "Until then no command reaches Bridgewatch; timers run and mail leaves."
)


@dataclass(frozen=True, slots=True)
class SocketPace:
    """How soon a connection is tried again.

    Attributes:
        first_s: After the first one that did not last.
        most_s: At most.
        greeting_s: How long Slack may take to say hello.
        stood_s: After how long a connection counts as one that lasted.
        call_s: How long Slack may take to give an address.
        open_s: How long a connection may take to open.
    """

    first_s: float = 1.0
    most_s: float = 30.0
    greeting_s: float = 10.0
    stood_s: float = 10.0
    call_s: float = 8.0
    open_s: float = 8.0


class SlackSocket:
    """Keeps a socket to Slack, and has what comes over it answered.

    Args:
        app: The Bolt App.
        calls: Asks Slack for addresses, with the app-level token.
        machine: Machine time.
        through_proxy: Whether the proxy of the environment is used.
        greeted: Called each time Slack has said hello.
        pace: How soon a connection is tried again.
    """

    def __init__(
        self,
        app: Dispatcher,
        calls: SlackCalls,
        machine: MachineClock,
        *,
        through_proxy: bool = True,
        greeted: Callable[[], None] = lambda: None,
        pace: SocketPace | None = None,
    ) -> None:
        self._app = app
        self._calls = calls
        self._machine = machine
        self._through_proxy = through_proxy
        self._greeted = greeted
        self._pace = pace or SocketPace()
        self._rarely = Rarely(_log, machine)
        self._trouble = NOT_YET
        self._lines: tuple[Line, ...] = ()
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._tries = 0
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="slack-in")
        self._thread = threading.Thread(target=self._keep, name="slack-socket", daemon=True)

    @property
    def trouble(self) -> str | None:
        """Return why no command can come in now, in a sentence; None while one can."""
        can_come = any(line.is_greeted for line in self._lines) and not self._stopping.is_set()
        return None if can_come else self._trouble

    def start(self) -> None:
        """Begin to connect; returns at once."""
        self._thread.start()

    def stop(self, timeout_s: float) -> None:
        """Take nothing more, let what came in be answered, and close."""
        time = Countdown(timeout_s)
        self._stopping.set()
        self._wake.set()
        self._pool.shutdown(wait=False, cancel_futures=True)
        done_within(time.left_s, self._pool.shutdown, "the end of what Slack asked")
        for line in self._lines:
            done_within(max(time.left_s, 0.2), line.close, "the end of Slack's socket")
        if self._thread.ident is not None:
            self._thread.join(time.left_s)

    # ------------------------------------------------------------ the thread that connects

    def _keep(self) -> None:
        while not self._stopping.is_set():
            self._wake.clear()
            stood_from_s = self._machine.monotonic()
            wait_s = self._connected_whatever_comes()
            if wait_s is None:
                self._while_it_stands()
                if self._machine.monotonic() - stood_from_s >= self._pace.stood_s:
                    self._tries = 0
                wait_s = self._back_off_s() if self._tries > 1 else 0.0
            self._stopping.wait(wait_s)

    def _while_it_stands(self) -> None:
        while not self._stopping.is_set() and any(line.stands for line in self._lines):
            self._wake.wait()
            self._wake.clear()

    def _connected_whatever_comes(self) -> float | None:
        try:
            return self._connected()
        except Exception:  # noqa: BLE001 - logged; this thread outlives every fault it meets
            _log.exception("Slack's socket could not be opened")
            return self._back_off_s()

    def _connected(self) -> float | None:
        """Open one connection: None when it stands, else how long to wait for the next try."""
        self._tries += 1
        outcome = self._calls.call("apps.connections.open", {}, deadline_s=self._pace.call_s)
        if isinstance(outcome, RateLimited):
            self._say("Slack limits how often its socket may be opened; waiting as it asks.")
            return max(outcome.retry_after_s, self._back_off_s())
        if not isinstance(outcome, Taken):
            said = refused_app_token(outcome)
            self._say(said or f"Slack gives no address for its socket: {why(outcome)}.")
            return self._pace.most_s if said else self._back_off_s()
        try:
            line = self._open(str(outcome.result.get("url") or ""))
        except LineRefused as refused:
            self._say(f"Slack's socket does not open: {refused}.")
            return self._back_off_s()
        if self._is_greeted(line):
            return None
        line.close()
        return self._back_off_s()

    def _open(self, address: str) -> Line:
        line = Line(
            address,
            took=self._took,
            ended=self._over,
            open_s=self._pace.open_s,
            through_proxy=self._through_proxy,
        )
        with self._lock:
            self._lines = (*self._lines, line)
        line.start()
        return line

    def _is_greeted(self, line: Line) -> bool:
        """Wait for Slack's hello, and then let go of the connections before."""
        time = Countdown(self._pace.greeting_s)
        while not line.is_greeted and line in self._lines and time.left_s:
            self._wake.wait(time.left_s)
            self._wake.clear()
            if self._stopping.is_set():
                return False
        if not line.is_greeted:
            self._say("Slack's socket opened and ended without a word.")
            return False
        for old in self._lines:
            if old is not line:
                old.close()
        self._rarely.say(logging.INFO, "Slack's socket is connected.")
        self._greeted()
        return True

    def _back_off_s(self) -> float:
        pace = self._pace
        return back_off_s("slack-socket", self._tries, base_s=pace.first_s, most_s=pace.most_s)

    def _say(self, trouble: str) -> None:
        """Keep why there is no connection, and write it down unless it was said lately."""
        self._trouble = trouble
        self._rarely.say(logging.WARNING, trouble)

    # ------------------------------------------------------------ a connection's thread

    def _over(self, line: Line) -> None:
        with self._lock:
            self._lines = tuple(each for each in self._lines if each is not line)
        if line.stands and not self._stopping.is_set():
            self._say(LOST)
        self._wake.set()

    def _took(self, line: Line, text: str) -> None:
        message = _decoded(text)
        kind = message.get("type")
        if kind == "hello":
            line.is_greeted = True
            self._wake.set()
        elif kind == "disconnect":
            self._leave(line, str(message.get("reason")))
        elif message.get("envelope_id") and not self._stopping.is_set():
            try:
                self._pool.submit(self._answer, line, message)
            except RuntimeError:
                # The program ends at this moment: Slack gives it to another, or again later.
                _log.info("what Slack sent at the very end is left to the next start")

    def _leave(self, line: Line, reason: str) -> None:
        """Look for a successor: Slack is about to close this connection."""
        line.is_leaving = True
        self._trouble = LOST
        if reason == "link_disabled":
            line.is_greeted = False
            self._say(SWITCHED_OFF)
        self._wake.set()

    # ------------------------------------------------------------ a worker's thread

    def _answer(self, line: Line, message: Mapping[str, Any]) -> None:
        try:
            answer = self._app.dispatch(_request(message))
            if answer.status != 200:
                _log.warning("Bolt did not take a request over the socket: %s", answer.status)
                return
            text = json.dumps({"envelope_id": message["envelope_id"], **_payload(answer)})
            if not any(each.send(text) for each in (line, *self._lines)):
                _log.warning("Slack's socket was lost before an answer: Slack may ask again")
        except Exception:  # noqa: BLE001 - the edge of the program; Slack asks again
            _log.exception("A request of Slack could not be handled")


def _decoded(text: str) -> Mapping[str, Any]:
    try:
        message = json.loads(text)
    except ValueError:
        return {}
    return message if isinstance(message, dict) else {}


def _request(message: Mapping[str, Any]) -> BoltRequest:
    headers: dict[str, Any] = {}
    if message.get("retry_attempt") is not None:
        headers["x-slack-retry-num"] = str(message["retry_attempt"])
    if message.get("retry_reason"):
        headers["x-slack-retry-reason"] = str(message["retry_reason"])
    return BoltRequest(body=message.get("payload") or {}, headers=headers, mode="socket_mode")


def _payload(answer: BoltResponse) -> dict[str, Any]:
    """Return what goes back in an acknowledgment."""
    if not answer.body:
        return {}
    kind = (answer.headers.get("content-type") or [""])[0]
    is_json = kind.startswith("application/json")
    return {"payload": json.loads(answer.body) if is_json else {"text": answer.body}}
