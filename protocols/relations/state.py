"""Which other tickets belong to one, and how. Source: S67, S68."""

from __future__ import annotations

from dataclasses import dataclass, replace

from protocols.kernel.changing import on
from protocols.kernel.record import part_of
from protocols.relations.events import LinkHeard, Relation, TicketsLinked
from protocols.ticket import Ticket


@dataclass(frozen=True, slots=True)
class Other:
    """The other ticket of a command on two, None where there is none of that name."""

    ticket: Ticket | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """What was last said of this ticket and another.

    Attributes:
        relation: What the other is to this one; None when it was said that it is nothing.
        turn: How often something was said of the two.
        said_on: The ticket on which it was said: of two said at once the same stands on both.
    """

    other: str
    relation: Relation | None
    turn: int
    said_on: str


@part_of(Ticket, under="relations")
@dataclass(frozen=True, slots=True)
class Relations:
    """Every other ticket that was ever named, the one named last at the end."""

    links: tuple[Link, ...] = ()

    def link(self, other: str) -> Link | None:
        """Return what was last said of another ticket."""
        return next((link for link in self.links if link.other == other), None)

    @property
    def standing(self) -> tuple[Link, ...]:
        """Return the links that stand."""
        return tuple(link for link in self.links if link.relation is not None)

    def with_link(self, new: Link) -> Relations:
        """Return these with what was said last of one."""
        others = tuple(link for link in self.links if link.other != new.other)
        return replace(self, links=(*others, new))


@on(TicketsLinked)
def _linked(relations: Relations, event: TicketsLinked, before: Ticket) -> Relations:
    return relations.with_link(Link(event.other, event.relation, event.turn, before.reference))


@on(LinkHeard)
def _heard(relations: Relations, event: LinkHeard) -> Relations:
    return relations.with_link(Link(event.other, event.relation, event.turn, event.other))
