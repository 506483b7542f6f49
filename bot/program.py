"""Everything that runs, and the order in which it starts and ends."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.types import ASGIApp

from bot.clock import BusinessClock, MachineClock
from bot.countdown import Countdown, done_within
from bot.courier.courier import Courier
from bot.desk.desk import BotDesk
from bot.engine import ledger
from bot.engine.desk_record import record_start
from bot.engine.directories import Directories
from bot.engine.engine import Engine
from bot.engine.facts import Facts
from bot.engine.lifeline import Lifeline
from bot.engine.taking_up import take_up
from bot.engine.ticker import Ticker
from bot.gateways.newer_blocks import SlackWay
from bot.rounds import Rounds
from bot.settings import Settings
from bot.slack.interactive import SlackInteractive
from bot.slack.missed import MissedReader
from bot.slack.reader import SlackReader
from bot.slack.socket_mode import SlackSocket
from bot.web.readiness import Watch
from bot.web.server import WebServer
from bot.web.slack_door import SlackDoor
from protocols.people.people import ENGINE
from protocols.words.answers import meaning
from store.db import Database
from templates.kit import render

STOP_S = 9.0
"""How long everything may take to stop: less than what the process gives itself to end."""
# Slack waits three seconds for an answer: who asked longer ago than this waits no more.
ANSWERS_S = 4.0
ONE_PART_S = 2.0


@dataclass(frozen=True, slots=True)
class Parts:
    """What does the work, in the order in which it was made."""

    database: Database
    facts: Facts
    directories: Directories
    clock: BusinessClock
    machine: MachineClock
    engine: Engine
    courier: Courier
    ticker: Ticker
    reader: SlackReader
    desk: BotDesk


@dataclass(frozen=True, slots=True)
class Program:
    """Everything that runs, with its doors."""

    settings: Settings
    parts: Parts
    lifeline: Lifeline | None
    interactive: SlackInteractive
    web: WebServer
    socket: SlackSocket | None
    door: SlackDoor | None
    gateways: tuple[SlackWay, ...]
    watch: Watch
    front: ASGIApp
    missed: MissedReader
    rounds: tuple[Rounds, ...]

    def start(self) -> None:
        """Start in an order in which nothing is asked for before it is there.

        Raises:
            WebRefused: The address is taken; nothing has been started then.
        """
        self.web.bind()
        self.prepare()
        parts = self.parts
        parts.reader.start()
        parts.courier.start()
        parts.ticker.start()
        self.web.start()
        if self.socket is not None:
            self.socket.start()
        self.missed.start()
        for each in self.rounds:
            each.start()

    def prepare(self) -> None:
        """Know what was known before, record what is in force, warm up; no thread runs yet."""
        parts = self.parts
        parts.reader.recall()
        team_id = parts.facts.known.identity.team_id
        parts.directories.begin(parts.clock.now(), team_id)
        record_start(parts.database, parts.facts, parts.clock.now(), team_id)
        render.warm()
        ledger.warm()
        meaning.warm()
        take_up(parts.database, parts.clock.now())
        parts.facts.context(parts.clock.now(), ENGINE, parts.facts.policy)

    def stop(self, within_s: float = STOP_S) -> bool:
        """Stop taking work at once, let what runs end; say whether all of it was recorded.

        Nothing is waited for without end: what hangs is left, and taken up at the next start.

        Args:
            within_s: How long all of it may take.
        """
        time = Countdown(within_s)
        self.watch.end()
        self.parts.courier.take_no_more()
        self.parts.ticker.take_no_more()
        self.missed.stop()
        if self.socket is not None:
            self.socket.stop(time.at_most(ANSWERS_S))
        self.web.stop(time.at_most(ANSWERS_S))
        self.parts.ticker.stop(time.at_most(ONE_PART_S))
        for each in self.rounds:
            each.stop(time.at_most(ONE_PART_S))
        self.parts.reader.stop()
        self.interactive.stop(timeout_s=time.at_most(ONE_PART_S))
        drained = self.parts.courier.stop(timeout_s=time.left_s)
        self._let_go(time)
        return drained

    def _let_go(self, time: Countdown) -> None:
        """Close what was open; a second more for it when the time is used up."""
        self.parts.desk.close()
        if self.door is not None:
            done_within(time.left_s, self.door.close, "the door's end")
        for gateway in self.gateways:
            gateway.close()
        done_within(max(time.left_s, 0.5), self.parts.database.dispose, "the database's end")
