"""Which other tickets belong to one, and how. Source: S67, S68."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from protocols.closure.events import (
    AccountConfirmed,
    ClosedUnconfirmed,
    OpenedInError,
    TicketResolved,
)
from protocols.kernel.changing import on
from protocols.kernel.event import Event
from protocols.kernel.record import part_of
from protocols.relations.events import (
    HEAR,
    SOLVE,
    LinkHeard,
    MergeHeard,
    MergeUndone,
    Owed,
    Relation,
    SplitHeard,
    TicketMerged,
    TicketsLinked,
)
from protocols.replies.events import AccountCalled, ColleagueWrote
from protocols.ticket import Ticket
from protocols.updates.events import TextDelivered


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


@dataclass(frozen=True, slots=True)
class Merged:
    """Another ticket that is part of this one.

    Attributes:
        turn: How often one was merged into this one, this time counted.
        owed: What it owed, and nobody has done here.
    """

    other: str
    at: datetime
    turn: int
    owed: tuple[Owed, ...] = ()


@part_of(Ticket, under="relations")
@dataclass(frozen=True, slots=True)
class Relations:
    """Every other ticket that was ever named, and which is part of which.

    Attributes:
        links: What was said last of each other one.
        merged_into: The ticket that this one is part of; empty while it stands by itself.
        merged: The tickets that are part of this one.
        merges: How often one was merged into this one.
    """

    links: tuple[Link, ...] = ()
    merged_into: str = ""
    merged_at: datetime | None = None
    merged: tuple[Merged, ...] = ()
    merges: int = 0

    def link(self, other: str) -> Link | None:
        """Return what was last said of another ticket."""
        return next((link for link in self.links if link.other == other), None)

    def merged_one(self, other: str) -> Merged | None:
        """Return another ticket that is part of this one."""
        return next((one for one in self.merged if one.other == other), None)

    def without(self, *done: str) -> Relations:
        """Return these with nothing of this kind owed any more of those that are part of it."""
        if not any(one.owed for one in self.merged):
            return self
        merged = tuple(
            replace(one, owed=tuple(each for each in one.owed if each.what not in done))
            for one in self.merged
        )
        return replace(self, merged=merged)

    @property
    def standing(self) -> tuple[Link, ...]:
        """Return the links that stand."""
        return tuple(link for link in self.links if link.relation is not None)

    @property
    def with_problem(self) -> tuple[str, ...]:
        """Return the tickets that have the same problem as this one, which stands for it."""
        return tuple(x.other for x in self.links if x.relation is Relation.PROBLEM_OF)

    @property
    def has_problem(self) -> bool:
        """Say whether this one stands for a problem that others have, too."""
        return bool(self.with_problem)

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


@on(TicketMerged)
def _merged(relations: Relations, event: TicketMerged) -> Relations:
    return replace(relations, merged_into=event.into, merged_at=event.at)


@on(MergeUndone)
def _undone(relations: Relations, _event: MergeUndone) -> Relations:
    return replace(relations, merged_into="", merged_at=None)


@on(MergeHeard)
def _merge_heard(relations: Relations, event: MergeHeard) -> Relations:
    turn = relations.merges + 1
    one = Merged(event.other, event.at, turn, event.owed)
    return replace(relations, merged=(*relations.merged, one), merges=turn)


@on(SplitHeard)
def _split_heard(relations: Relations, event: SplitHeard) -> Relations:
    kept = tuple(one for one in relations.merged if one.other != event.other)
    return replace(relations, merged=kept)


@on(TextDelivered, AccountCalled)
def _heard_from_us(relations: Relations, _event: TextDelivered | AccountCalled) -> Relations:
    return relations.without(HEAR)


@on(ColleagueWrote)
def _wrote_back(relations: Relations, event: ColleagueWrote) -> Relations:
    return relations.without(HEAR) if event.answers else relations


@on(TicketResolved)
def _solved(relations: Relations, _event: TicketResolved) -> Relations:
    return relations.without(SOLVE)


@on(AccountConfirmed, ClosedUnconfirmed, OpenedInError)
def _over(relations: Relations, _event: Event) -> Relations:
    return relations.without(HEAR, SOLVE)
