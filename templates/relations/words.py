"""Ids of buttons and forms, and sentences of events: tickets that belong together."""

from __future__ import annotations

from protocols.relations.events import LinkHeard, Relation, TicketsLinked
from protocols.relations.state import Relations
from protocols.ticket import Ticket
from templates.kit.actions import action, form
from templates.kit.scene import Scene
from templates.kit.sentences import says

LINK_OPEN = action("relations.open", "Link")
VIEW_LINK = form("link_tickets")

IS = {
    Relation.RELATED: "related",
    Relation.DUPLICATE_OF: "this is a duplicate of it",
    Relation.DUPLICATED_BY: "a duplicate of this",
    Relation.SAME_PROBLEM_AS: "the same problem as there",
    Relation.PROBLEM_OF: "the same problem as here",
}
"""What another ticket is to one, behind its reference."""


def linked_words(ticket: Ticket) -> str:
    """Return which tickets are linked to one, and how; empty without any."""
    links = ticket.of(Relations).standing
    return ", ".join(f"{link.other} ({IS[link.relation]})" for link in links if link.relation)


@says(TicketsLinked, decided=True)
def _linked(_scene: Scene, event: TicketsLinked) -> str:
    if event.relation is None:
        return f"{event.by.name} said that {event.other} has nothing to do with it"
    return f"{event.by.name} linked {event.other}: {IS[event.relation]}"


@says(LinkHeard, decided=True)
def _heard(_scene: Scene, event: LinkHeard) -> str:
    if event.relation is None:
        return f"{event.by.name} said on {event.other} that it has nothing to do with this"
    return f"{event.by.name} linked it on {event.other}: {IS[event.relation]}"
