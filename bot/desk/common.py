"""What the desks of all gestures share, and the people whom none of them has met yet."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass

from bot.clock import Clock
from bot.engine.engine import Engine
from bot.engine.facts import Facts
from bot.engine.swapping import Swapping
from bot.slack.asking import SlackDidNotSay
from bot.slack.reader import SlackReader
from handlers.kit.ports import Interactive
from store.db import Database
from templates.kit.links import Links

_log = logging.getLogger(__name__)
MET_MOST = 200


class Meeting:
    """Asks Slack about someone never met, behind the scenes; one question a person at a time."""

    def __init__(self, reader: SlackReader, pool: Executor) -> None:
        self._reader = reader
        self._pool = pool
        self._lock = threading.Lock()
        self._asked: set[str] = set()

    def meet(self, user_id: str) -> None:
        """Have Slack asked who someone is."""
        with self._lock:
            if user_id in self._asked or len(self._asked) > MET_MOST:
                return
            self._asked.add(user_id)
        self._pool.submit(self._ask_about, user_id)

    def _ask_about(self, user_id: str) -> None:
        try:
            self._reader.meet(user_id)
        except SlackDidNotSay as silence:
            _log.warning("Slack did not say who %s is: %s", user_id, silence)
        finally:
            with self._lock:
                self._asked.discard(user_id)

    def close(self) -> None:
        """End its threads."""
        self._pool.shutdown(wait=False, cancel_futures=True)


@dataclass(frozen=True, slots=True)
class Common:
    """The parts that every gesture's desk stands on."""

    database: Database
    engine: Engine
    facts: Facts
    clock: Clock
    interactive: Interactive
    reader: SlackReader
    swapping: Swapping
    meeting: Meeting
    links: Callable[[], Links]
    command_prefix: str = ""
