"""Commands and events of the card in a team's channel. Source: S91; M26."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from protocols.kernel.command import Command
from protocols.kernel.event import Event
from protocols.people.people import Who


@dataclass(frozen=True, slots=True)
class WriteUnderCard(Command):
    """One of ours wrote in the thread of the card; it stays inside. Source: S91."""

    text: str
    link: str = ""
    written_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class AlterNote(Command):
    """What one of ours wrote below the card was edited, or deleted: then ``text`` is empty. M4."""

    person: Who
    was: str
    text: str
    link: str = ""
    written_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class NoteAltered(Event):
    """A note below the card says something else; deleted, it says nothing. Source: S91, M4."""

    NAME = "NoteAltered"

    person: Who
    was: str
    text: str
    link: str = ""
    written_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class WordsShown(Event):
    """What the account wrote in a row is said below the card, in one line: how much, since when."""

    NAME = "WordsShown"

    count: int
    since_at: datetime


@dataclass(frozen=True, slots=True)
class NoteCardDeleted(Command):
    """Slack says that somebody deleted a card; ``number`` counts the ticket's cards."""

    number: int


@dataclass(frozen=True, slots=True)
class CardDeleted(Event):
    """Somebody deleted the card in the team's channel."""

    NAME = "CardDeleted"

    number: int


@dataclass(frozen=True, slots=True)
class CardPlaced(Event):
    """A card of the ticket is posted in a team's channel; ``number`` counts its cards."""

    NAME = "CardPlaced"

    number: int
    team: str
    channel_id: str


@dataclass(frozen=True, slots=True)
class CardStood(Event):
    """Slack took the card: this is its message."""

    NAME = "CardStood"

    number: int
    message_ts: str


@dataclass(frozen=True, slots=True)
class CardWithheld(Event):
    """A card is not shown as it is: not only we read the team's channel, or nobody knows.

    Attributes:
        number: Which of the ticket's cards; 0 where none was posted yet.
        what: What is owed: CARD where its posting was held back, EDIT for what it shows.
    """

    NAME = "CardWithheld"

    number: int
    what: str


@dataclass(frozen=True, slots=True)
class CardBack(Event):
    """Only we read the team's channel, again: the card there shows how the ticket stands."""

    NAME = "CardBack"

    number: int


CARD, EDIT = "card", "edit"
"""What a team's channel may be owed."""
