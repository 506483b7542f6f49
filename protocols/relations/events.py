"""What a ticket knows of others, and what happens between two. Source: S66, S68; D27."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from protocols.kernel.command import Command
from protocols.kernel.event import Event
from protocols.scales import Tier


@dataclass(frozen=True, slots=True)
class RelatedTicket:
    """An open ticket of the same account, as far as opening another needs it. Source: D27."""

    reference: str
    summary: str
    tier: Tier
    opened_at: datetime
    opened_by: str
    poc_name: str = ""
    is_confidential: bool = False
    is_classified: bool = True
    heard_from: str = ""

    @property
    def shown_tier(self) -> int:
        """Return its tier as people may read it: 0 while nobody has classified it. Source: D44."""
        return int(self.tier) if self.is_classified else 0


@dataclass(frozen=True, slots=True)
class OpenBeside:
    """Of the open tickets of the account that is being opened for, those that matter.

    They were opened just now, or are the few of the highest tier; newest first.
    """

    tickets: tuple[RelatedTicket, ...] = ()


class Relation(StrEnum):
    """What another ticket is to one, as the one says it. Source: S67, S68."""

    RELATED = "related"
    DUPLICATE_OF = "duplicate_of"
    DUPLICATED_BY = "duplicated_by"
    SAME_PROBLEM_AS = "same_problem_as"
    PROBLEM_OF = "problem_of"

    @property
    def from_there(self) -> Relation:
        """Return the same as the other ticket says it."""
        return _FROM_THERE.get(self, self)


_FROM_THERE = {
    Relation.DUPLICATE_OF: Relation.DUPLICATED_BY,
    Relation.DUPLICATED_BY: Relation.DUPLICATE_OF,
    Relation.SAME_PROBLEM_AS: Relation.PROBLEM_OF,
    Relation.PROBLEM_OF: Relation.SAME_PROBLEM_AS,
}


@dataclass(frozen=True, slots=True)
class OfTwo(Command):
    """A command on one ticket that rests on another, too; the rules are shown both."""

    other: str


@dataclass(frozen=True, slots=True)
class LinkTickets(OfTwo):
    """Say what another ticket is to this one. Source: S67, S68."""

    relation: Relation


@dataclass(frozen=True, slots=True)
class UnlinkTickets(OfTwo):
    """Say that another ticket has nothing to do with this one."""


@dataclass(frozen=True, slots=True)
class HearLink(Command):
    """Another ticket says what this one is to it; see ``TicketsLinked``."""

    other: str
    relation: Relation | None
    turn: int


@dataclass(frozen=True, slots=True)
class TicketsLinked(Event):
    """Somebody said on this ticket what another one is to it; None: nothing any more.

    ``turn`` counts what was said of the two, as far as this ticket has heard.
    """

    NAME = "TicketsLinked"

    other: str
    relation: Relation | None
    turn: int


@dataclass(frozen=True, slots=True)
class LinkHeard(Event):
    """On another ticket somebody said what it is to this one; see ``TicketsLinked``."""

    NAME = "LinkHeard"

    other: str
    relation: Relation | None
    turn: int
