"""Commands and events of a complaint and of a dispute of the contract. Source: S97, D15, D45."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from protocols.kernel.command import Command
from protocols.kernel.event import Event
from protocols.people.people import Staff


class Flag(StrEnum):
    """What a matter may be, whatever its category."""

    COMPLAINT = "complaint"
    CONTRACT_DISPUTE = "contract_dispute"


@dataclass(frozen=True, slots=True)
class SetFlag(Command):
    """Say that the matter is a complaint, or a dispute of the contract; the bot never does."""

    flag: Flag
    reason: str


@dataclass(frozen=True, slots=True)
class ClearFlag(Command):
    """Say that it is none after all, with a reason."""

    flag: Flag
    reason: str


@dataclass(frozen=True, slots=True)
class TakeFlag(Command):
    """Press **I have it**, as whoever is asked."""

    flag: Flag


@dataclass(frozen=True, slots=True)
class AnswerFlag(Command):
    """Say whether the matter is what an account's words may say that it is."""

    number: int
    is_one: bool


@dataclass(frozen=True, slots=True)
class FlagProposed(Event):
    """Words on record may say that the matter is one: a person is asked, and nothing begins.

    Attributes:
        number: Which question it is, from one.
        said: The words, with what stands around them.
        to: Who is asked; empty where nobody is on duty.
    """

    NAME = "FlagProposed"

    number: int
    flag: Flag
    said: str
    to: tuple[Staff, ...] = ()


@dataclass(frozen=True, slots=True)
class FlagAgain(Event):
    """Nobody has said whether it is one: they are asked again. Source: S65."""

    NAME = "FlagAgain"

    number: int
    flag: Flag
    turn: int
    to: tuple[Staff, ...] = ()


@dataclass(frozen=True, slots=True)
class FlagDenied(Event):
    """A person said that it is none."""

    NAME = "FlagDenied"

    number: int
    flag: Flag


@dataclass(frozen=True, slots=True)
class FlagSet(Event):
    """The matter is one; words to the account need a second person from now on. Source: D45.

    Attributes:
        to: Who is asked to read it; empty where nobody on duty can be.
        by_row: Whether a row of the policy escalates it, and asks in its place. Source: D45.
    """

    NAME = "FlagSet"

    flag: Flag
    reason: str
    to: tuple[Staff, ...] = ()
    by_row: bool = False


@dataclass(frozen=True, slots=True)
class FlagAsked(Event):
    """Nobody has taken it: the next is asked, who was asked before is reminded. Source: S65.

    ``person`` is None when nobody further is on duty.
    """

    NAME = "FlagAsked"

    flag: Flag
    turn: int
    person: Staff | None = None
    reminded: tuple[Staff, ...] = ()


@dataclass(frozen=True, slots=True)
class FlagTaken(Event):
    """Somebody of those who answer for it has it."""

    NAME = "FlagTaken"

    flag: Flag


@dataclass(frozen=True, slots=True)
class FlagCleared(Event):
    """It is none after all."""

    NAME = "FlagCleared"

    flag: Flag
    reason: str
