"""The program's process on a stepped clock: it answers, ticks, delivers, dies and starts again."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from types import MappingProxyType
from typing import Any

from bot.courier.claims import CourierPace
from bot.edges import Edges
from bot.engine.facts import Facts
from bot.files.directory import load_directory
from bot.files.policy import load_policy
from bot.gateways.slack import SlackGateway
from bot.program import Program
from bot.settings import Settings, load
from bot.slack.asking import SlackDidNotSay
from bot.wiring import make, make_database
from protocols.people.directory import Directory
from protocols.policy.policy import Policy
from store.db import CommitPoint
from store.read import deliveries, upcoming
from tests.histories.place import URL, WORLD, Place
from tests.histories.stepping import AtOnce, Later, StepClock
from tests.histories.weather import Weather
from tests.histories.wires import OtherWire, SlackWire, asked

PACE = replace(CourierPace(), workers=16)
ROUNDS_MOST = 40
WALK_STEPS_MOST = 60
REST_S = 20.0


class Killed(BaseException):
    """The process ends here, between two commits or in the middle of one."""


class Machine:
    """One process after the other, on one database.

    Args:
        place: The workspace.
        clock: The clock.
        weather: What becomes of calls.
        url: A migrated, empty database.
    """

    def __init__(self, place: Place, clock: StepClock, weather: Weather, url: str) -> None:
        self.place, self.clock, self.weather = place, clock, weather
        self.deaths = 0
        self._settings = _settings(url)
        self._loop = asyncio.new_event_loop()
        self._commits_left = 0
        self._point: CommitPoint = "before"
        self._later: list[Later] = []
        place.doorbell.answering = self.answers
        self.program = self._born()

    # -- life and death ----------------------------------------------------------------------

    def _born(self) -> Program:
        self._later = []
        slack = self.place.slack
        sending = {n: OtherWire(n, slack, self.weather) for n in ("mail", "pager", "status")}
        edges = Edges(
            machine=self.clock,
            slack=lambda _settings, _count: SlackGateway(
                "xoxb-drill", api_url=f"{URL}/api/", http=SlackWire(slack, self.weather)
            ),
            threads=self._threads,
            sending=sending,
            facts=_facts,
            patience=lambda _seconds: True,
            meeting_s=0.0,
        )
        program = make(self._settings, pace=PACE, at_commit=self._reaches, edges=edges)
        program.prepare()
        return program

    def _threads(self, _count: int, name: str) -> AtOnce | Later:
        if name in ("courier", "slack-in"):
            return AtOnce()
        self._later.append(Later())
        return self._later[-1]

    def _reaches(self, point: CommitPoint) -> None:
        if self._commits_left and point == self._point:
            self._commits_left -= 1
            if not self._commits_left:
                raise Killed

    def dies_at(self, commits: int, point: CommitPoint) -> None:
        """Have the process end at one of its next commits."""
        self._commits_left, self._point = commits, point

    def _dead(self) -> None:
        """Let another process begin, once no request of the dead one's can still arrive."""
        self.deaths += 1
        self.program.parts.database.dispose()
        self.clock.passes(PACE.lease_s + 1)
        self.program = self._born()
        self.reads()

    def ends(self) -> None:
        """Let go of the database."""
        self.place.forgets()
        self._loop.close()
        self.program.parts.database.dispose()

    # -- what it does ------------------------------------------------------------------------

    def answers(self, body: bytes, sent: dict[str, str]) -> tuple[int, bytes] | None:
        """Take a request of Slack's through the front door; None when it died over it."""
        try:
            answer = self._loop.run_until_complete(asked(self.program.front, _scope(sent), body))
            for pool in self._later:
                pool.run()
        except Killed:
            self._dead()
            return None
        return answer[0], answer[2]

    def reads(self) -> None:
        """Ask Slack who is who."""
        try:
            self.program.parts.reader.read()
        except SlackDidNotSay:
            return
        except Killed:
            self._dead()

    def ticks(self) -> None:
        """Decide what is due."""
        try:
            self.program.parts.ticker.tick()
        except Killed:
            self._dead()
            self.ticks()

    def delivers(self) -> None:
        """Carry out all that can be carried out now, and have the people's side hear of it."""
        before = (self.weather.calls, self.waiting())
        for _ in range(ROUNDS_MOST if before[1] else 0):
            self._step()
            self.place.runs_errands()
            after = (self.weather.calls, self.waiting())
            if after == before or not after[1]:
                return
            before = after

    def _step(self) -> None:
        try:
            self.program.parts.courier.step()
        except Killed:
            self._dead()

    def waiting(self) -> int:
        """Return how much is not finished in the outbox."""
        with self.program.parts.database.read() as conn:
            return deliveries.pending_count(conn)

    def next_due(self) -> datetime | None:
        """Return when the next step falls due."""
        with self.program.parts.database.read() as conn:
            return upcoming.coming(conn).due_at

    def _next_try(self) -> datetime | None:
        with self.program.parts.database.read() as conn:
            return deliveries.next_try_at(conn, after=self.clock.reads())

    def settles(self) -> None:
        """Decide and deliver until nothing more happens at this instant."""
        self.ticks()
        self.delivers()

    def walks_to(self, at: datetime, *, most: int = WALK_STEPS_MOST) -> None:
        """Walk from due to due, and from try to try, to an instant."""
        for _ in range(most):
            coming = self._coming(at)
            if coming is None:
                self.clock.goes_to(at)
                self.settles()
                return
            self.clock.goes_to(coming + timedelta(milliseconds=5))
            self.settles()

    def _coming(self, at: datetime) -> datetime | None:
        points = [p for p in (self.next_due(), self._next_try()) if p is not None and p <= at]
        return min(points, default=None)

    def calms(self) -> None:
        """Let the weather clear and everything arrive that still can."""
        self.weather.clears()
        self._commits_left = 0
        for _ in range(12):
            self.place.runs_errands()
            self.settles()
            if not self.waiting():
                return
            following = self._next_try()
            rest = self.clock.reads() + timedelta(seconds=REST_S)
            self.clock.goes_to(min(following or rest, rest))


@cache
def _files() -> tuple[Policy, Directory]:
    return load_policy(None), load_directory(WORLD / "directory.yaml")


def _facts(_settings: Settings) -> Facts:
    policy, directory = _files()
    return Facts(policy, directory, status_hook=True)


def _settings(url: str) -> Settings:
    return load(
        {
            "SLACK_BOT_TOKEN": "xoxb-drill",
            "SLACK_SIGNING_SECRET": "drill-signing-secret",
            "SLACK_API_URL": f"{URL}/api/",
            "DATABASE_URL": url,
            "SMTP_URL": "smtp://127.0.0.1:9",
            "BRIDGEWATCH_PAGER_URL": f"{URL}/pager",
            "BRIDGEWATCH_STATUSPAGE_URL": f"{URL}/status",
        },
        env_file=None,
    )


def _scope(sent: dict[str, str]) -> dict[str, Any]:
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": "/slack/events",
        "raw_path": b"/slack/events",
        "root_path": "",
        "query_string": b"",
        "headers": list(_headers(sent.items())),
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 9),
        "state": MappingProxyType({}),
    }


def _headers(named: Iterable[tuple[str, str]]) -> Iterable[tuple[bytes, bytes]]:
    return ((name.lower().encode(), value.encode()) for name, value in named)


def migrated(url: str) -> None:
    """Make an empty database of today's schema."""
    make_database(_settings(url)).dispose()
