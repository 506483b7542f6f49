"""Where the card of a ticket stands. Source: M26."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from protocols.details.state import Details, is_answer
from protocols.kernel.changing import on
from protocols.kernel.record import part_of
from protocols.replies.events import HELD, CustomerWrote
from protocols.ticket import Ticket
from protocols.triage.events import (
    CardBack,
    CardDeleted,
    CardPlaced,
    CardStood,
    CardWithheld,
    WordsShown,
)


@part_of(Ticket, under="triage")
@dataclass(frozen=True, slots=True)
class Triage:
    """The newest card; a ticket has one for each channel that it came to.

    Attributes:
        number: Counts its cards; 0 while it never had one.
        message_ts: The message, once Slack took it.
        owed: What its channel did not get because not only we read it; empty where it has all.
    """

    number: int = 0
    team: str = ""
    channel_id: str = ""
    message_ts: str = ""
    owed: str = ""


@on(CardPlaced)
def _placed(event: CardPlaced) -> Triage:
    return Triage(event.number, event.team, event.channel_id)


@on(CardDeleted)
def _deleted(triage: Triage, event: CardDeleted) -> Triage:
    return replace(triage, message_ts="") if triage.number == event.number else triage


@on(CardStood)
def _stood(triage: Triage, event: CardStood) -> Triage:
    is_newest = triage.number == event.number
    return replace(triage, message_ts=event.message_ts) if is_newest else triage


@on(CardWithheld)
def _withheld(triage: Triage, event: CardWithheld) -> Triage:
    return replace(triage, owed=event.what) if triage.number == event.number else triage


@on(CardBack)
def _back(triage: Triage, event: CardBack) -> Triage:
    return replace(triage, owed="") if triage.number == event.number else triage


@part_of(Ticket, under="unshown")
@dataclass(frozen=True, slots=True)
class Unshown:
    """What the account wrote in a row and is not said below the card yet. Source: D8.

    What answers our questions is none of it: it has a line of its own.
    """

    count: int = 0
    since_at: datetime | None = None


@on(CustomerWrote)
def _in_a_row(unshown: Unshown, event: CustomerWrote, before: Ticket) -> Unshown:
    is_said = before.of(Details).asked is not None and is_answer(event)
    if event.told != HELD or is_said or not before.of(Triage).channel_id:
        return unshown
    return Unshown(unshown.count + 1, unshown.since_at or event.at)


@on(WordsShown)
def _shown(_unshown: Unshown, _event: WordsShown) -> Unshown:
    return Unshown()
