"""Where the card of a ticket stands. Source: M26."""

from __future__ import annotations

from dataclasses import dataclass, replace

from protocols.kernel.changing import on
from protocols.kernel.record import part_of
from protocols.ticket import Ticket
from protocols.triage.events import CardDeleted, CardPlaced, CardStood


@part_of(Ticket, under="triage")
@dataclass(frozen=True, slots=True)
class Triage:
    """The newest card; a ticket has one for each channel that it came to.

    Attributes:
        number: Counts its cards; 0 while it never had one.
        message_ts: The message, once Slack took it.
    """

    number: int = 0
    team: str = ""
    channel_id: str = ""
    message_ts: str = ""


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
