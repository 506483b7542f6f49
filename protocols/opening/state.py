"""What the form said, as a slice of the ticket."""

from __future__ import annotations

from dataclasses import replace

from protocols.classification.events import TicketClassified
from protocols.kernel.changing import on
from protocols.kernel.record import part_of
from protocols.opening.events import Opening, TicketOpened
from protocols.ticket import Ticket

part_of(Ticket, under="opening")(Opening)


@on(TicketOpened)
def _opening(event: TicketOpened) -> Opening:
    return event.opening


@on(TicketClassified)
def _classified(opening: Opening, event: TicketClassified) -> Opening:
    """Keep what the form says of a report as if it had been opened with it. Source: D44."""
    return replace(
        opening,
        summary=event.summary or opening.summary,
        description=event.description or opening.description,
        impacts=event.impacts,
        signal=event.signal,
        funds_confirmed=event.funds_confirmed,
        severity=event.severity or opening.severity,
        category=event.category or opening.category,
        files=(*opening.files, *event.files),
    )
