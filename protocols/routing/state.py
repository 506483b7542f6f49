"""Which team has a ticket, and since when. Source: S65, S78."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from protocols.contact.events import PocChanged
from protocols.kernel.changing import on
from protocols.kernel.record import part_of
from protocols.opening.events import TicketOpened
from protocols.routing.events import TicketRouted
from protocols.targets.events import Acknowledged
from protocols.ticket import Ticket


@part_of(Ticket, under="routing")
@dataclass(frozen=True, slots=True)
class Routing:
    """Which team has it.

    Attributes:
        team: Its name, as the policy has it; empty on a ticket of before, see ``team_of``.
        since_at: Since when this team has it.
        is_handed_on: Whether nobody of the team has taken it since it came from another.
    """

    team: str = ""
    since_at: datetime | None = None
    is_handed_on: bool = False


@on(TicketOpened)
def _opened(routing: Routing, event: TicketOpened) -> Routing:
    return Routing(event.team, event.at) if event.team else routing


@on(TicketRouted)
def _routed(_routing: Routing, event: TicketRouted) -> Routing:
    return Routing(event.team, event.at, is_handed_on=True)


@on(PocChanged, Acknowledged)
def _taken(routing: Routing, _event: PocChanged | Acknowledged) -> Routing:
    return replace(routing, is_handed_on=False)
