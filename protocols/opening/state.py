"""What the form said, as a slice of the ticket."""

from __future__ import annotations

from protocols.kernel.changing import on
from protocols.kernel.record import part_of
from protocols.opening.events import Opening, TicketOpened
from protocols.ticket import Ticket

part_of(Ticket, under="opening")(Opening)


@on(TicketOpened)
def _opening(event: TicketOpened) -> Opening:
    return event.opening
