"""App Homes that are open are kept current: looked at after a change, published where they differ.

Slack does not tell when a Home is closed, so that each is kept for a while after it was opened or
pressed in; what is not kept is current again at its next opening. However much happens, one person
gets one Home at a time, and all together no more than Slack takes. Source: S104; words, 6.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Protocol

from bot.clock import MachineClock
from bot.gateways.outcomes import Taken
from bot.rounds import Rounds
from handlers.kit.ports import Busy, NotSaved
from handlers.slack.home import Home
from protocols.queue.pages import PageChoice

_log = logging.getLogger(__name__)
LOOK_S = 1.0
AGAIN_S = 30.0
"""After how long a Home is looked at though nothing changed: time alone lifts tickets."""
KEPT_S = 7_200.0
KEPT_MOST = 100
AT_ONCE = 10
"""How many are looked at in one pass, so that a busy desk spends a bounded time on them."""
BURST, EACH_S = 20.0, 1.0 / 1.5
"""How many are published at once, and how often after: Slack takes a hundred a minute."""


class Publisher(Protocol):
    """Publishes a Home."""

    def publish_home(self, user_id: str, view: dict[str, Any]) -> Future[Any]:
        """Publish a person's App Home."""
        ...


@dataclass(slots=True)
class OpenHome:
    """A Home that somebody opened.

    Attributes:
        choice: Which page of which queue they look at; their own team's while None.
        mark: What it says.
        opened_s: When it was opened or pressed in.
        looked_s: When it was looked at last.
        change: After which change that was.
        sending: Its publishing, while that runs.
    """

    user_id: str
    team_id: str
    choice: PageChoice | None
    mark: str
    opened_s: float
    looked_s: float
    change: int
    sending: Future[Any]


class Homes:
    """Keeps open Homes current, in a thread of its own.

    Args:
        made: Makes the Home of somebody, as of now.
        changes: Returns a number that is another after every change of anything.
        publisher: Publishes a Home.
        machine: Machine time.
    """

    def __init__(
        self,
        made: Callable[[OpenHome], Home],
        changes: Callable[[], int],
        publisher: Publisher,
        machine: MachineClock,
    ) -> None:
        self._made = made
        self._changes = changes
        self._publisher = publisher
        self._machine = machine
        self._lock = threading.Lock()
        self._open: dict[str, OpenHome] = {}
        self._left, self._counted_s = BURST, machine.monotonic()

    def rounds(self) -> Rounds:
        """Return what looks every second."""
        return Rounds(
            self._look,
            name="homes",
            trouble="Open Homes could not be looked at",
            every_s=LOOK_S,
            first_s=LOOK_S,
        )

    def opened(
        self,
        user_id: str,
        team_id: str,
        choice: PageChoice | None,
        mark: str,
        sending: Future[Any],
    ) -> None:
        """Keep a Home current that has just been published."""
        now_s = self._machine.monotonic()
        home = OpenHome(user_id, team_id, choice, mark, now_s, now_s, -1, sending)
        with self._lock:
            self._open.pop(user_id, None)
            self._open[user_id] = home
            for oldest in list(self._open)[: max(0, len(self._open) - KEPT_MOST)]:
                del self._open[oldest]

    def look(self) -> int:
        """Look at some of the Homes that may say something else by now; return how many did."""
        found = self._kept()
        if not found:
            return 0
        change, now_s = self._changes(), self._machine.monotonic()
        due = [home for home in found if home.change != change or now_s - home.looked_s >= AGAIN_S]
        ready = [home for home in due if home.sending.done()]
        ready.sort(key=lambda home: home.looked_s)
        return sum(self._renewed(home, change) for home in ready[:AT_ONCE])

    def _kept(self) -> list[OpenHome]:
        before_s = self._machine.monotonic() - KEPT_S
        with self._lock:
            self._open = {key: one for key, one in self._open.items() if one.opened_s > before_s}
            return list(self._open.values())

    def _renewed(self, home: OpenHome, change: int) -> bool:
        """Publish a Home if it says something else, and Slack takes one more now."""
        if not self._may_publish():
            return False
        made = self._made(home)
        home.change, home.looked_s = change, self._machine.monotonic()
        if made.mark == home.mark:
            return False
        home.sending, home.mark = self._publisher.publish_home(home.user_id, made.view), made.mark
        home.sending.add_done_callback(lambda sent: self._sent(home, sent))
        self._left -= 1.0
        return True

    def _may_publish(self) -> bool:
        now_s = self._machine.monotonic()
        self._left = min(BURST, self._left + (now_s - self._counted_s) / EACH_S)
        self._counted_s = now_s
        return self._left >= 1.0

    def _sent(self, home: OpenHome, sent: Future[Any]) -> None:
        """Forget a Home that Slack did not take: it is current again at its next opening."""
        if sent.cancelled() or isinstance(sent.result(), Taken):
            return
        _log.info("a Home was not taken, and waits for its next opening: %s", sent.result())
        with self._lock:
            if self._open.get(home.user_id) is home:
                del self._open[home.user_id]

    def _look(self) -> None:
        try:
            self.look()
        except (Busy, NotSaved) as reason:
            _log.info("open Homes are looked at again: %s", reason)
