"""What the desks of all gestures share, and the people whom none of them has met yet."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future
from concurrent.futures import TimeoutError as NotInTime
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from bot.clock import Clock
from bot.engine.account_changing import AccountChanging
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
MEETING_S = 1.5
"""How long a gesture waits to know who makes it: half of what Slack waits for its answer."""


class Meeting:
    """Asks Slack while somebody waits: who someone is, one question a person, and of a channel."""

    def __init__(self, reader: SlackReader, pool: Executor, within_s: float = MEETING_S) -> None:
        self._reader = reader
        self._within_s = within_s
        self._pool = pool
        self._lock = threading.Lock()
        self._asked: dict[str, Future[None]] = {}

    def meet(self, user_id: str) -> None:
        """Ask Slack who someone is, and wait a moment; its answer is kept however late it comes."""
        with suppress(NotInTime):
            asked = self._asking(user_id)
            if asked is not None:
                asked.result(self._within_s)

    def is_shared_outside(self, channel_id: str) -> bool | None:
        """Ask Slack whether others are in a channel; None when it does not say in time."""
        asked = self._pool.submit(self._reader.is_shared_outside, channel_id)
        try:
            return asked.result(self._within_s)
        except (NotInTime, SlackDidNotSay) as silence:
            _log.warning("Slack did not say whether %s is shared: %s", channel_id, silence)
            return None

    def message_at(self, channel_id: str, ts: str) -> Mapping[str, Any] | None:
        """Ask Slack for a message of a channel; None when it does not say in time."""
        asked = self._pool.submit(self._reader.message_at, channel_id, ts)
        try:
            return asked.result(self._within_s)
        except (NotInTime, SlackDidNotSay) as silence:
            _log.warning("Slack did not show a message of %s: %s", channel_id, silence)
            return None

    def _asking(self, user_id: str) -> Future[None] | None:
        with self._lock:
            asked = self._asked.get(user_id)
            if asked is not None or len(self._asked) > MET_MOST:
                return asked
            made: Future[None] = Future()
            self._asked[user_id] = made
        self._pool.submit(self._answer, user_id, made)
        return made

    def _answer(self, user_id: str, made: Future[None]) -> None:
        try:
            self._ask_about(user_id)
        finally:
            made.set_result(None)

    def _ask_about(self, user_id: str) -> None:
        try:
            self._reader.meet(user_id)
        except SlackDidNotSay as silence:
            _log.warning("Slack did not say who %s is: %s", user_id, silence)
        finally:
            with self._lock:
                self._asked.pop(user_id, None)

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
    accounts: AccountChanging
    meeting: Meeting
    links: Callable[[], Links]
    command_prefix: str = ""
