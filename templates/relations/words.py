"""Ids of buttons and forms, and sentences of events: tickets that belong together."""

from __future__ import annotations

from protocols.relations.events import (
    HEAR,
    LinkHeard,
    MergedOwedLate,
    MergeHeard,
    MergeUndone,
    Relation,
    SplitHeard,
    TicketMerged,
    TicketsLinked,
)
from protocols.relations.state import Relations
from protocols.ticket import Ticket
from templates.kit.actions import action, form
from templates.kit.scene import Scene
from templates.kit.sentences import says, simply

LINK_OPEN = action("relations.open", "Link or merge")
MERGE_UNDO = action("relations.undo", "Undo merge")
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
    parts = [f"{one.other} (part of this)" for one in ticket.of(Relations).merged]
    parts += [f"{link.other} ({IS[link.relation]})" for link in links if link.relation]
    return ", ".join(parts)


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


simply(TicketMerged, lambda _, e: f"{e.by.name} made it part of {e.into}", decided=True)
simply(MergeUndone, lambda _, e: f"{e.by.name} took it out of {e.out_of} again", decided=True)
simply(MergeHeard, lambda _, e: f"{e.by.name} made {e.other} part of it", decided=True)
simply(SplitHeard, lambda _, e: f"{e.by.name} took {e.other} out of it again", decided=True)
simply(
    MergedOwedLate,
    lambda s, e: (
        f"{s.account} was to hear from us on {e.other}: late"
        if e.what == HEAR
        else f"{e.other} was to be resolved: late"
    ),
)
