"""Commands and events of the point of contact: offered, declined, handed over.

Source: S39, S187.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from protocols.kernel.command import Command
from protocols.kernel.event import Event
from protocols.people.people import Staff, Who


@dataclass(frozen=True, slots=True)
class OfferPoc(Command):
    """Offer the point of contact to another CSM. Source: S39, S187.

    Attributes:
        shift: Whether it is one of many that somebody leaves: these are told in one list.
    """

    person: Who
    shift: bool = False


@dataclass(frozen=True, slots=True)
class AnswerPoc(Command):
    """Accept or decline the point of contact. Source: S39, S187."""

    accept: bool


@dataclass(frozen=True, slots=True)
class LeftTicket:
    """One ticket that is left to another: whose, and what is due next on it, and when."""

    reference: str
    account: str
    what: str = ""
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ListShift(Command):
    """Give another the list of what one leaves; each of it was offered before. Source: D39."""

    person: Who
    left: tuple[LeftTicket, ...]


@dataclass(frozen=True, slots=True)
class TakeShift(Command):
    """Say that all of a list was answered at once; ``number`` is the list's."""

    number: int


@dataclass(frozen=True, slots=True)
class PocOffered(Event):
    """The point of contact was offered to another; with others in a list where one left many."""

    NAME = "PocOffered"

    person: Staff
    shift: bool = False


@dataclass(frozen=True, slots=True)
class PocOfferSilent(Event):
    """Whom it was offered to has not answered: it stays where it is, and these hear so. D39."""

    NAME = "PocOfferSilent"

    person: Staff
    told: tuple[Staff, ...] = ()


@dataclass(frozen=True, slots=True)
class ShiftListed(Event):
    """Another has the list of what one leaves, this ticket among it. Source: D39."""

    NAME = "ShiftListed"

    person: Staff
    number: int
    left: tuple[LeftTicket, ...]


@dataclass(frozen=True, slots=True)
class ShiftTaken(Event):
    """All of a list was answered at once."""

    NAME = "ShiftTaken"

    number: int


@dataclass(frozen=True, slots=True)
class PocDeclined(Event):
    """The point of contact was declined."""

    NAME = "PocDeclined"

    person: Staff


@dataclass(frozen=True, slots=True)
class PocChanged(Event):
    """Another is the one point of contact from now on."""

    NAME = "PocChanged"

    person: Staff
    before: Staff | None


@dataclass(frozen=True, slots=True)
class ContactAway(Event):
    """The one contact is away while their ticket is open: a cover is asked. Source: D39.

    Attributes:
        until_at: When they are back, None where nothing says so.
    """

    NAME = "ContactAway"

    person: Staff
    until_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ContactUncovered(Event):
    """Nobody is left who could be asked to cover for a contact who is away. Source: D39."""

    NAME = "ContactUncovered"

    person: Staff


@dataclass(frozen=True, slots=True)
class ContactBack(Event):
    """The contact is there again, and has not been covered. Source: D39."""

    NAME = "ContactBack"

    person: Staff
