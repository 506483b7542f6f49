"""Commands and events of the card in a team's channel. Source: S91; M26."""

from __future__ import annotations

from dataclasses import dataclass

from protocols.kernel.command import Command
from protocols.kernel.event import Event


@dataclass(frozen=True, slots=True)
class WriteUnderCard(Command):
    """One of ours wrote in the thread of the card; it stays inside. Source: S91."""

    text: str
    link: str = ""


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
