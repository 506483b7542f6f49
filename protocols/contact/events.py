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
    """Offer the point of contact to another CSM. Source: S39, S187."""

    person: Who


@dataclass(frozen=True, slots=True)
class AnswerPoc(Command):
    """Accept or decline the point of contact. Source: S39, S187."""

    accept: bool


@dataclass(frozen=True, slots=True)
class PocOffered(Event):
    """The point of contact was offered to another."""

    NAME = "PocOffered"

    person: Staff


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
