"""The two desks that must answer alike: the program's own, and the one of the handlers' tests."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlalchemy.exc import OperationalError

from bot.clock import MachineClock
from bot.desk.desk import BotDesk
from bot.engine.account_changing import AccountChanging
from bot.engine.directories import Directories
from bot.engine.engine import Engine
from bot.engine.facts import Acquaintance, Facts, Identity
from bot.engine.outgoing import Roads
from bot.engine.swapping import Swapping
from bot.gateways.outcomes import NotSent, Outcome
from bot.right_of_way import RightOfWay
from bot.slack.reader import SlackReader
from handlers.kit.ports import Desks
from protocols.people.channels import ChannelFacts
from protocols.people.directory import Directory
from protocols.policy.policy import Policy
from store.db import Connection, Database
from store.write.people import SlackUser
from templates.kit.links import Links
from tests.contract.newer.hand import NewerHand
from tests.kit import rules_incident
from tests.unit.handlers.desk_in_memory import (
    ACME_CHANNEL,
    ACMES_TEAM,
    OPENED_AT,
    TEAM,
    InMemoryDesk,
    RecordedInteractive,
    slack_id,
)

ACMES_DIRECTOR = "U0APDIRECTOR"
ACMES_STRANGER = "U0STRANGER"
GUEST = "U0SUPPORTTWO"


class House(Protocol):
    """A desk, and the hand that moves the world around it."""

    @property
    def desks(self) -> Desks:
        """The desk."""

    def later(self, by: timedelta) -> None:
        """Let time pass."""

    def touch(self, reference: str, what: str = "field") -> None:
        """Have a newer process write a ticket."""

    def leave(self) -> None:
        """Have the database go away."""


class MemoryHouse:
    """The desk of the handlers' tests."""

    def __init__(self) -> None:
        self.desks = InMemoryDesk(outside={GUEST})

    def later(self, by: timedelta) -> None:
        self.desks.at += by

    def touch(self, reference: str, what: str = "field") -> None:
        del what
        self.desks.newer.add(reference)

    def leave(self) -> None:
        self.desks.is_away = True


@dataclass
class MovedClock:
    """A clock that goes when it is told to."""

    at: datetime = OPENED_AT

    def now(self) -> datetime:
        return self.at


class Counting(Database):
    """A database that counts its transactions and can be away.

    Attributes:
        begun: What was begun, in order.
        readings: How many are open now.
        beside: How many were open at each write's beginning.
    """

    is_away = False

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.begun: list[str] = []
        self.readings = 0
        self.beside: list[int] = []

    @contextmanager
    def read(self) -> Iterator[Connection]:
        self._begin("read")
        with super().read() as conn:
            self.readings += 1
            try:
                yield conn
            finally:
                self.readings -= 1

    @contextmanager
    def write(self) -> Iterator[Connection]:
        self._begin("write")
        self.beside.append(self.readings)
        with super().write() as conn:
            yield conn

    def _begin(self, kind: str) -> None:
        self.begun.append(kind)
        if self.is_away:
            raise OperationalError("SELECT 1", None, gone())


def gone() -> Exception:
    """Return what a driver raises when it cannot connect."""
    return sqlite3.OperationalError("connection refused")


class SilentSlack:
    """A Slack that takes nothing."""

    def call(self, method: str, payload: object, *, deadline_s: float) -> Outcome:
        return NotSent("nobody asks here")


class RecordedDesk(BotDesk):
    """The program's own desk, whose answers to gestures are kept."""

    def __init__(self, interactive: RecordedInteractive, **parts: Any) -> None:
        super().__init__(interactive=interactive, **parts)
        self.interactive = interactive


def acquainted(policy: Policy | None = None, directory: Directory | None = None) -> Facts:
    """Return what is known of the sample world: all of us, a guest, and two of the account."""
    directory = directory or rules_incident.people()
    ours = [
        _user(slack_id(each.key), TEAM, each.email, each.name, "member")
        for each in directory.people
        if slack_id(each.key) != GUEST
    ]
    others = [
        _user(GUEST, TEAM, "support.two@vendor.example", "Support Two", "guest"),
        _user(
            ACMES_DIRECTOR,
            ACMES_TEAM,
            "ap.director.one@acme.example",
            "AP Director One",
            "stranger",
        ),
        _user(ACMES_STRANGER, ACMES_TEAM, "clerk@acme.example", "AP Clerk One", "stranger"),
    ]
    facts = Facts(policy or rules_incident.policy(), directory)
    shared = ChannelFacts(ACME_CHANNEL, "acme-support", True, True, 14)
    identity = Identity(TEAM, "UBOT", "B1", "https://vendor.example")
    known = {one.slack_id: one for one in (*ours, *others)}
    facts.learn(Acquaintance(identity, known, {"acme": shared}, complete=True))
    return facts


def _user(user_id: str, team: str, email: str, name: str, kind: str) -> SlackUser:
    return SlackUser(user_id, team, email, name, None, kind, OPENED_AT)


@dataclass
class RealHouse:
    """The program's own desk on a database."""

    database: Counting
    interactive: RecordedInteractive = field(default_factory=RecordedInteractive)
    clock: MovedClock = field(default_factory=MovedClock)
    facts: Facts = field(default_factory=acquainted)

    def __post_init__(self) -> None:
        facts, machine = self.facts, MachineClock()
        self.engine = Engine(
            self.database,
            facts,
            clock=self.clock,
            machine=machine,
            links=Links,
            roads=Roads(mail=True, pager=True),
            committed=lambda: None,
            changed=lambda _ticket: None,
        )
        self.desks = RecordedDesk(
            self.interactive,
            database=self.database,
            engine=self.engine,
            facts=facts,
            clock=self.clock,
            machine=machine,
            reader=SlackReader(SilentSlack(), self.database, facts, machine),
            swapping=Swapping(self.database, facts, self.clock, lambda: None),
            way=RightOfWay(),
            accounts=AccountChanging(
                self.database, facts, self.clock, Directories(self.database, facts)
            ),
            links=Links(),
        )

    def later(self, by: timedelta) -> None:
        self.clock.at += by

    def touch(self, reference: str, what: str = "field") -> None:
        NewerHand(self.database, reference).touch(what)

    def leave(self) -> None:
        self.database.is_away = True

    def close(self) -> None:
        self.desks.close()
        self.database.dispose()
