"""A history by chance: anybody asks anything of any ticket, and what waits leaves some time."""

from __future__ import annotations

import gc
import logging
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from bot.engine.outgoing import Rendering, of_ticket
from protocols.closure.events import Resolve
from protocols.holds.events import HoldKind, PlaceHold
from protocols.kernel.command import Command
from protocols.losses.events import TakeStock
from protocols.notices.events import (
    RecordNoticeAlteration,
    RecordNoticeAnswer,
    RecordNoticeReply,
)
from protocols.notices.state import NoticeTelling
from protocols.people.people import ENGINE, Actor, Who
from protocols.subjects import plan
from protocols.ticket import Ticket
from protocols.updates.events import DraftText, ReleaseText
from protocols.withdrawals.events import RecallText, Withdrawal
from tests.property.leak.appetite import appetite
from tests.property.leak.asking import OF_SLACK, meant
from tests.property.leak.courier import Ask, Courier, stands
from tests.property.leak.house import House, Planning
from tests.property.leak.ink import Ink, Kind
from tests.property.leak.judge import Judge
from tests.property.leak.making import MAKERS
from tests.property.leak.openings import opening
from tests.property.leak.scene import Scene
from tests.property.leak.world import (
    BEGIN,
    NAMELESS,
    STRANGER,
    World,
    channel_id,
    contact_of,
    directory,
    ours,
)

RELEASING = (ReleaseText, DraftText, Resolve)
BETWEEN, SILENCES, DAYS = 0.3, 0.15, 9
STEPS = (14, 28)
TRIES = 2
MOST_MISSED = 12
SWEPT = 50
WALKS = 0.25
LEAPS = (0, 1, 20, 61, 120, 600, 1800, 3600)
FAR = (9_000, 90_000, 400_000)
SECONDS = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Seams:
    """What of the product a test may give a worse one of, to see that it is noticed."""

    planning: Planning = plan
    rendering: Rendering = of_ticket
    ask: Ask = stands


@dataclass(slots=True)
class Played:
    """What one history, or many, came to."""

    found: list[str] = field(default_factory=list)
    accepted: Counter[str] = field(default_factory=Counter)
    inked: Counter[str] = field(default_factory=Counter)
    roads: Counter[str] = field(default_factory=Counter)
    templates: Counter[str] = field(default_factory=Counter)
    read: Counter[Kind] = field(default_factory=Counter)
    withheld: Counter[Withdrawal] = field(default_factory=Counter)

    def adds(self, other: Played) -> None:
        """Count another one's in."""
        self.found += other.found
        for name in ("accepted", "inked", "roads", "templates", "read", "withheld"):
            getattr(self, name).update(getattr(other, name))


class Faults(logging.Handler):
    """Keeps what the product logs as an error: words that could not be made, above all."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a line."""
        self.lines.append(record.getMessage())


@dataclass(slots=True)
class Player:
    """Plays one history."""

    chance: Random
    house: House
    courier: Courier
    judge: Judge
    ink: Ink
    ours: tuple[Actor, ...]
    likes: list[float]
    inked: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, seed: int, seams: Seams) -> Player:
        """Return who plays the history of a seed."""
        chance, ink = Random(seed), Ink()
        world = World.begun(has_mail=chance.random() < 0.9, status_hook=chance.random() < 0.7)
        house = House(world, BEGIN, seams.planning)
        judge = Judge(house, ink)
        courier = Courier(house, judge.hears, seams.rendering, seams.ask)
        house.changed = courier.changed
        newcomer = Who(NAMELESS, f"Newcomer {ink.word('their own name', '')}")
        people = (*ours(), Actor(newcomer))
        return cls(chance, house, courier, judge, ink, people, appetite(chance, list(MAKERS)))

    def plays(self) -> None:
        """Play it to its end: in the end all leaves that may."""
        late, lost = self.chance.choice((0.0, 0.2, 0.5)), self.chance.choice((0.0, 0.0, 0.05))
        accounts = self.chance.sample([each.key for each in directory().accounts], 2)
        for number in range(self.chance.choice((1, 2, 2, 3))):
            self._asks(opening(self.chance, number, self.chance.choice(accounts), self.house.now))
        steps = self.chance.randint(*STEPS)
        silent = self.chance.randrange(steps) if self.chance.random() < SILENCES else steps
        for number in range(steps):
            if number == silent:
                self._is_silent()
            if self.chance.random() < WALKS:
                self._walks()
            self._turns()
            self.courier.round(self.chance, late, lost)
        self.house.walk(self.house.now + timedelta(days=self.chance.choice((0, 1, 9))))
        for _ in range(3):
            self.courier.round(self.chance, 0.0, 0.0)

    def _is_silent(self) -> None:
        """Let days pass in which nobody asks anything, and all that falls due leaves."""
        for _ in range(DAYS):
            self.house.walk(self.house.now + timedelta(days=1))
            self.courier.round(self.chance, 0.0, 0.0)

    def _walks(self) -> None:
        leaps = FAR if self.chance.random() < 0.06 else LEAPS
        self.house.walk(self.house.now + self.chance.choice(leaps) * SECONDS)

    def _turns(self) -> None:
        """Let one thing happen: mostly somebody asks something."""
        if self.chance.random() < 0.04:
            self._changes_the_world()
        notices = self.house.notices()
        if notices and self.chance.random() < 0.3:
            self._of_notice()
            return
        ticket = self.chance.choice(self.house.tickets())
        command = self._made(ticket)
        if command is not None and self._asks(command) and isinstance(command, RELEASING):
            self._comes_between(ticket.reference)

    def _comes_between(self, reference: str) -> None:
        """Let something happen, at times, between a release and the instant of its sending."""
        ticket = self.house.records[reference]
        if not isinstance(ticket, Ticket) or self.chance.random() > BETWEEN:
            return
        scene = Scene(self.house, ticket, self.chance)
        self.house.now += self.chance.choice((1, 20)) * SECONDS
        recalled = MAKERS[RecallText](scene)
        held = PlaceHold(reference, HoldKind.DISCLOSURE, "their lawyer wrote of")
        happens = self.chance.choice((recalled, recalled, held, held, None))
        if happens is not None:
            self._asks(happens)
        else:
            self._changes_the_world(scene.account)

    def _made(self, ticket: Ticket) -> Command | None:
        scene = Scene(self.house, ticket, self.chance)
        for make in self.chance.choices(list(MAKERS.values()), self.likes, k=MOST_MISSED):
            made = make(scene)
            if made is not None:
                return made
        return None

    def _asks(self, command: Command) -> bool:
        """Have somebody ask who may, whoever that is; what is typed carries its marks."""
        marked = self.ink.marked(command)
        for actor in self._who(command):
            if self.house.ask(marked, actor):
                self.inked.update(self.ink.fields_of(marked))
                return True
        return False

    def _who(self, command: Command) -> Iterator[Actor]:
        if isinstance(command, OF_SLACK):
            yield ENGINE
            return
        record = self.house.records.get(command.reference)
        own = record.account.key if isinstance(record, Ticket) and record.account else "acme"
        outside = (contact_of(getattr(command, "account", own)), contact_of("birch"), STRANGER)
        if command.FROM_OUTSIDE:
            yield from outside
            return
        if self.chance.random() < 0.05:
            yield self.chance.choice(outside)
        people = {each.who.key: each for each in self.ours}
        if isinstance(record, Ticket):
            yield from (people[key] for key in meant(command, record) if key in people)
        if self.chance.random() < 0.5:
            yield people["cs-manager-one"]
        yield from self.chance.sample(self.ours, TRIES)

    def _of_notice(self) -> None:
        """Let an account write below a notice, or one of us answer it there."""
        notice = self.chance.choice(self.house.notices())
        listed = notice.of(NoticeTelling).accounts
        if not listed:
            return
        account, ts = self.chance.choice(listed).key, f"{self.house.now.timestamp():.0f}.000001"
        place = (channel_id(account), ts)
        self._asks(
            self.chance.choice(
                (
                    RecordNoticeReply(
                        notice.reference, account, f"AP Clerk of {account}", "Is it safe,", *place,
                        "https://x.example/r",
                    ),
                    RecordNoticeAnswer(notice.reference, account, "It is, as", *place),
                    RecordNoticeAlteration(
                        notice.reference, account, self.chance.choice(self.ours).who,
                        "it was as", "it is as", *place,
                    ),
                )
            )
        )  # fmt: skip

    def _changes_the_world(self, of: str = "") -> None:
        """Let a channel be shared, or be shared no more, or become another account's."""
        world = self.house.world
        account, other = self.chance.sample(sorted(k for k in world.told if ":" not in k), 2)
        account = of if of in world.told and of != other else account
        team = self.chance.choice([each.channel or "" for each in directory().teams])
        match self.chance.choice(
            ("unshared", "moved") if of else ("team", "back", "unshared", "moved")
        ):
            case "team":
                world.shares(team, other)
            case "back":
                world.takes_back(team)
            case "unshared":
                world.unshares(account)
            case _:
                world.hands_over(account, other)
        if self.chance.random() < 0.5:
            for ticket in self.house.tickets():
                self.house.ask(TakeStock(ticket.reference), ENGINE)


def played(seed: int, seams: Seams | None = None) -> Played:
    """Return what the history of a seed comes to."""
    player, faults = Player.of(seed, seams or Seams()), Faults()
    logging.getLogger().addHandler(faults)
    try:
        player.plays()
    except BaseException as broken:
        broken.add_note(f"This is the history of seed {seed}.")
        raise
    finally:
        logging.getLogger().removeHandler(faults)
    judge, house = player.judge, player.house
    accepted = Counter({kind.__name__: count for kind, count in house.accepted.items()})
    found = [f"seed {seed}: {each}" for each in (*judge.found, *faults.lines)]
    return Played(
        found, accepted, player.inked, judge.roads,
        judge.templates, judge.read, Counter(player.courier.withheld),
    )  # fmt: skip


def many(seeds: range, seams: Seams | None = None) -> Played:
    """Return what many histories come to."""
    found = Played()
    with swept():
        for seed in seeds:
            found.adds(played(seed, seams))
            if seed % SWEPT == 0:
                gc.collect()
    return found


@contextmanager
def swept() -> Iterator[None]:
    """Have what is thrown away swept up now and then alone: it takes a third of the time else."""
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.unfreeze()
