"""Open Homes are kept current after a change, without a storm of publishing. S104."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

from bot.clock import MachineClock
from bot.desk.homes import AGAIN_S, AT_ONCE, BURST, KEPT_MOST, KEPT_S, Homes, OpenHome
from bot.gateways.outcomes import NotSent, Taken
from handlers.slack.home import Home


class Moved(MachineClock):
    """Machine time that a test moves."""

    __slots__ = ("at_s",)

    def __init__(self) -> None:
        self.at_s = 1_000.0

    def monotonic(self) -> float:
        return self.at_s


@dataclass
class World:
    """A desk whose Homes say `words`, and a Slack that keeps what was published."""

    words: str = "first"
    change: int = 1
    holds: bool = False
    published: list[tuple[str, str]] = field(default_factory=list)
    sending: list[Future[Any]] = field(default_factory=list)
    looked: list[str] = field(default_factory=list)
    machine: Moved = field(default_factory=Moved)

    def __post_init__(self) -> None:
        self.homes = Homes(self.made, lambda: self.change, self, self.machine)

    def made(self, home: OpenHome) -> Home:
        self.looked.append(home.user_id)
        return Home({"said": self.words}, self.words)

    def publish_home(self, user_id: str, view: dict[str, Any]) -> Future[Any]:
        self.published.append((user_id, view["said"]))
        sent: Future[Any] = Future()
        self.sending.append(sent)
        if not self.holds:
            sent.set_result(Taken({}))
        return sent

    def opens(self, *people: str) -> None:
        for person in people:
            self.homes.opened(person, "T1", None, "first", done())

    def says(self, words: str) -> None:
        self.words, self.change = words, self.change + 1


def done() -> Future[Any]:
    sent: Future[Any] = Future()
    sent.set_result(None)
    return sent


def test_a_change_that_one_sees_is_published_once() -> None:
    world = World()
    world.opens("U1")
    world.says("second")
    assert (world.homes.look(), world.homes.look()) == (1, 0)
    assert world.published == [("U1", "second")]


def test_a_change_that_one_does_not_see_publishes_nothing() -> None:
    world = World()
    world.opens("U1")
    world.says("first")
    assert world.homes.look() == 0
    assert world.looked == ["U1"]


def test_without_a_change_nobody_is_looked_at_until_time_may_have_lifted_a_ticket() -> None:
    world = World()
    world.opens("U1")
    world.homes.look()
    world.looked.clear()
    world.homes.look()
    assert world.looked == []
    world.machine.at_s += AGAIN_S
    world.words = "lifted"
    assert world.homes.look() == 1


def test_while_a_home_is_on_its_way_no_other_overtakes_it_and_the_newest_follows() -> None:
    world = World(holds=True)
    world.opens("U1")
    for words in ("second", "third", "fourth"):
        world.says(words)
        world.homes.look()
    assert world.published == [("U1", "second")]
    world.sending[0].set_result(Taken({}))
    world.homes.look()
    assert world.published[1:] == [("U1", "fourth")]


def test_many_homes_take_turns_and_slack_gets_no_more_than_it_takes() -> None:
    world = World()
    world.opens(*(f"U{number}" for number in range(60)))
    for number in range(30):
        world.says(f"words {number}")
        world.machine.at_s += 0.001
        world.homes.look()
    assert len(world.published) == BURST
    assert len({user for user, _ in world.published}) == BURST
    assert len(world.looked) == BURST
    world.machine.at_s += 60.0
    world.says("later")
    assert world.homes.look() == AT_ONCE


def test_a_home_is_kept_for_a_while_and_the_oldest_makes_room() -> None:
    world = World()
    world.opens(*(f"U{number}" for number in range(KEPT_MOST + 1)))
    world.says("second")
    seen = set()
    for _ in range(KEPT_MOST):
        world.machine.at_s += 10.0
        world.homes.look()
        seen |= {*world.looked}
    assert "U0" not in seen
    world.machine.at_s += KEPT_S
    world.says("third")
    assert world.homes.look() == 0


def test_a_home_that_slack_does_not_take_waits_for_its_next_opening() -> None:
    world = World(holds=True)
    world.opens("U1")
    world.says("second")
    world.homes.look()
    world.sending[0].set_result(NotSent("not_enabled"))
    world.says("third")
    assert world.homes.look() == 0
    world.opens("U1")
    assert world.homes.look() == 1
