"""What an errand is asked, and what happens to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from protocols.kernel.changing import begins, on
from protocols.kernel.command import Command
from protocols.kernel.event import Event
from protocols.kernel.record import Layout, Record, part_of


@dataclass(frozen=True, slots=True)
class GiveErrand(Command):
    """Give somebody an errand, which is due at once; what comes of it is told to ``ticket``."""

    ticket: str
    text: str
    person: str


@dataclass(frozen=True, slots=True)
class AddToErrand(Command):
    """Say more about it."""

    more: str


@dataclass(frozen=True, slots=True)
class ErrandGiven(Event):
    """An errand was given."""

    NAME = "ErrandGiven"

    reference: str
    ticket: str
    text: str
    person: str
    team_id: str
    policy_version: str


@dataclass(frozen=True, slots=True)
class ErrandGrew(Event):
    """More was said about it."""

    NAME = "ErrandGrew"

    more: str


@dataclass(frozen=True, slots=True)
class ErrandDue(Event):
    """It fell due."""

    NAME = "ErrandDue"


@dataclass(frozen=True, slots=True)
class ErrandHeard(Event):
    """Whoever has it was told."""

    NAME = "ErrandHeard"

    key: str


class Errand(Record):
    """One errand."""

    slices: ClassVar[dict[type, Layout]] = {}
    __slots__ = ()

    reference = property(lambda self: self.of(ErrandHead).given.reference)
    team_id = property(lambda self: self.of(ErrandHead).given.team_id)
    policy_version = property(lambda self: self.of(ErrandHead).given.policy_version)
    opened_at = property(lambda self: self.of(ErrandHead).given.at)
    drill = property(lambda _self: False)
    is_open = property(lambda self: not self.of(ErrandHead).heard)


@part_of(Errand)
@dataclass(frozen=True, slots=True)
class ErrandHead:
    """What was given to whom, and how far it is."""

    given: ErrandGiven
    more: tuple[str, ...] = ()
    heard: tuple[str, ...] = ()


begins(ErrandGiven, Errand)


@on(ErrandGiven)
def _given(event: ErrandGiven) -> ErrandHead:
    return ErrandHead(event)


@on(ErrandGrew)
def _grew(head: ErrandHead, event: ErrandGrew) -> ErrandHead:
    return ErrandHead(head.given, (*head.more, event.more), head.heard)


@on(ErrandHeard)
def _heard(head: ErrandHead, event: ErrandHeard) -> ErrandHead:
    return ErrandHead(head.given, head.more, (*head.heard, event.key))
