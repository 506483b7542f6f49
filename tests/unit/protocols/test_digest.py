"""What nobody asked for comes to one of us at most every half hour, together. Source: D8."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from protocols.clock.events import FallDue
from protocols.deliveries.events import BuryDelivery
from protocols.digest.events import HeldLine, HoldForDigest, OpenDigest
from protocols.digest.state import Digest
from protocols.digest.turns import TellingTurn, digest_of, held_until
from protocols.kernel.changing import fold
from protocols.kernel.command import Command
from protocols.kernel.decide import decide
from protocols.kernel.effects import Effect
from protocols.people.people import ENGINE, Actor, Staff, Who
from protocols.subjects import dues, plan
from tests.kit.rules_incident import Incident

WHO = Staff(Who("csm-one", "CSM One"))
NAME = digest_of(WHO)
CTX = replace(Incident.open().ctx, actor=Actor(ENGINE.who))
NOW = CTX.now


def minutes(count: int) -> timedelta:
    return timedelta(minutes=count)


class Played:
    """A digest, decided step by step as the engine does it, without a database."""

    def __init__(self) -> None:
        self.ctx = CTX
        self.digest: Digest | None = None
        self.told: list[Effect] = []
        self.ask(OpenDigest(NAME, WHO))

    def ask(self, command: Command) -> None:
        events = decide(self.digest, command, self.ctx)
        if events:
            before, self.digest = self.digest, fold(events, self.digest)
            self.told += plan(before, events, self.digest, self.ctx, 1)

    def hold(self, number: int, until: int, stale: int | None = None) -> None:
        ref = f"BW-{number}"
        stale_at = None if stale is None else NOW + minutes(stale)
        line = HeldLine(ref, f"{ref}: Acme wrote.", self.ctx.now, f"{ref}/heard", stale_at)
        self.ask(HoldForDigest(NAME, line, NOW + minutes(until)))

    def until(self, minute: int) -> None:
        assert self.digest is not None
        for point in dues(self.digest, self.ctx.policy, self.ctx.calendar):
            if point.at <= NOW + minutes(minute):
                self.ctx = replace(self.ctx, now=point.at)
                self.ask(FallDue(NAME, point))
        self.ctx = replace(self.ctx, now=NOW + minutes(minute))

    def lines(self) -> list[list[str]]:
        told = [each.params["lines"] for each in self.told]
        return [[line["about"] for line in lines] for lines in told if isinstance(lines, list)]


def test_the_first_goes_at_once_and_what_comes_within_half_an_hour_waits() -> None:
    assert held_until(TellingTurn(), WHO, CTX) is None
    assert held_until(TellingTurn(NOW), WHO, CTX) == NOW + minutes(30)
    assert held_until(TellingTurn(NOW - minutes(29)), WHO, CTX) == NOW + minutes(1)
    assert held_until(TellingTurn(NOW - minutes(30)), WHO, CTX) is None


def test_what_comes_while_something_waits_is_told_with_it_though_it_is_due_by_now() -> None:
    assert held_until(TellingTurn(NOW - minutes(31), NOW - minutes(1)), WHO, CTX) == NOW - minutes(
        1
    )


def test_what_waits_from_many_tickets_is_told_in_one_message_to_its_reader() -> None:
    played = Played()
    played.hold(1001, 30)
    played.hold(1002, 30)
    played.until(29)
    assert played.lines() == []
    played.until(30)
    assert played.lines() == [["BW-1001", "BW-1002"]]
    assert {each.unasked for each in played.told} == {True}


def test_the_same_line_waits_once() -> None:
    played = Played()
    played.hold(1001, 30)
    played.hold(1001, 30)
    played.until(30)
    assert played.lines() == [["BW-1001"]]


def test_nothing_that_waits_is_owed_for_ever() -> None:
    played = Played()
    for number in range(1001, 1004):
        played.hold(number, 30 * (number - 1000))
        played.until(30 * (number - 1000))
    assert played.lines() == [["BW-1001"], ["BW-1002"], ["BW-1003"]]
    keys = [each.key for each in played.told]
    assert all(one != other for one, other in pairwise(keys))
    assert played.digest is not None
    assert not played.digest.is_open


def test_what_has_lost_its_sense_is_not_told() -> None:
    played = Played()
    played.hold(1001, 30, stale=10)
    played.until(30)
    assert played.told == []
    assert played.digest is not None
    assert not played.digest.is_open


def test_a_digest_that_slack_refuses_changes_nothing_because_it_goes_by_mail() -> None:
    played = Played()
    before = played.digest
    played.ask(BuryDelivery(NAME, f"{NAME}/told/1", "account_inactive", "csm-one"))
    assert played.digest == before
