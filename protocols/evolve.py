"""The only way a ticket changes: ``evolve(ticket, event)``.

Folding a ticket's journal from nothing gives its row; the store proves it. Source: M3, M4.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

from protocols import events as ev
from protocols.evolving import closure, decisions, ladder, lowering, people, withdrawals, words
from protocols.evolving.registry import EVOLVERS, with_person
from protocols.people import Who
from protocols.ticket import Ticket

PARTS = (closure, decisions, ladder, lowering, people, withdrawals, words)
"""The files that register what each event changes."""


class NotOpened(ValueError):
    """An event came for a ticket that no TicketOpened has made."""


def evolve(ticket: Ticket | None, event: ev.Event) -> Ticket:
    """Return the ticket as it stands after one event.

    Raises:
        NotOpened: The first event of a ticket is not TicketOpened.
    """
    if isinstance(event, ev.TicketOpened):
        return _opened(event)
    if ticket is None:
        raise NotOpened(type(event).__name__)
    evolver = EVOLVERS.get(type(event))
    return ticket if evolver is None else evolver(ticket, event)


def fold(events: Iterable[ev.Event], ticket: Ticket | None = None) -> Ticket:
    """Return the ticket that a history makes.

    Raises:
        NotOpened: The history is empty or does not begin with TicketOpened.
    """
    folded = reduce(evolve, events, ticket)
    if folded is None:
        raise NotOpened("empty history")
    return folded


def _opened(event: ev.TicketOpened) -> Ticket:
    people: tuple[Who, ...] = (event.by,)
    if event.poc is not None:
        people = with_person(people, event.poc)
    return Ticket(
        reference=event.reference,
        team_id=event.team_id,
        policy_version=event.policy_version,
        opened_by=event.by,
        opened_at=event.at,
        opening=event.opening,
        account=event.account,
        route=event.route,
        tier=event.tier,
        severity=event.opening.severity,
        category=event.opening.category,
        poc=event.poc,
        drill=event.drill,
        people=people,
        ladder_at=event.at,
    )
