"""What a ticket knows of others, and what happens between two. Source: S66, S68; D27."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from protocols.kernel.command import Command
from protocols.kernel.event import Event
from protocols.people.people import Staff
from protocols.scales import Tier


@dataclass(frozen=True, slots=True)
class RelatedTicket:
    """An open ticket of the same account, as far as opening another needs it. Source: D27.

    Attributes:
        heard_from: Whose report it is, where it was heard.
        began_in: The channel and thread of the message that it was opened from.
        channel_id: The account's channel in which its words are, where they are in one.
    """

    reference: str
    summary: str
    tier: Tier
    opened_at: datetime
    opened_by: str
    poc_name: str = ""
    is_confidential: bool = False
    is_classified: bool = True
    heard_from: str = ""
    began_in: tuple[str, str] | None = None
    channel_id: str = ""

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

    def opened_from(self, channel_id: str, thread_ts: str) -> RelatedTicket | None:
        """Return the one that was opened from a message, None where there is none."""
        here = (channel_id, thread_ts)
        return next((each for each in self.tickets if each.began_in == here), None)

    def heard_beside(self, channel_id: str, person: str) -> RelatedTicket | None:
        """Return the one on which words in a channel are heard: their writer's first. M16, D42."""
        here = (each for each in self.tickets if each.channel_id == channel_id)
        return next(iter(sorted(here, key=lambda each: each.heard_from != person)), None)


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


@dataclass(frozen=True, slots=True)
class Owed:
    """What an account was told to hear by an instant, on a ticket that goes on on another.

    Attributes:
        what: ``HEAR`` or ``SOLVE``.
    """

    what: str
    by_at: datetime


HEAR, SOLVE = "hear", "solve"
"""An answer or an update is owed; or the end of the matter."""


@dataclass(frozen=True, slots=True)
class MergeTickets(OfTwo):
    """Let this ticket go on on another of the same account. The account reads nothing of it."""


@dataclass(frozen=True, slots=True)
class UndoMerge(Command):
    """Let a ticket that was merged go on by itself again."""


@dataclass(frozen=True, slots=True)
class HearMerge(Command):
    """Another ticket goes on on this one, which keeps what it owed."""

    other: str
    owed: tuple[Owed, ...]


@dataclass(frozen=True, slots=True)
class HearSplit(Command):
    """Another ticket goes on by itself again, and keeps what it owes."""

    other: str


@dataclass(frozen=True, slots=True)
class TicketMerged(Event):
    """The ticket goes on on another: it rests there, and owes nothing here."""

    NAME = "TicketMerged"

    into: str
    owed: tuple[Owed, ...]


@dataclass(frozen=True, slots=True)
class MergeUndone(Event):
    """The ticket goes on by itself again: its clocks never stopped."""

    NAME = "MergeUndone"

    out_of: str


@dataclass(frozen=True, slots=True)
class MergeHeard(Event):
    """Another ticket goes on on this one."""

    NAME = "MergeHeard"

    other: str
    owed: tuple[Owed, ...]


@dataclass(frozen=True, slots=True)
class SplitHeard(Event):
    """Another ticket goes on by itself again."""

    NAME = "SplitHeard"

    other: str


@dataclass(frozen=True, slots=True)
class MergedOwedLate(Event):
    """What was owed on a ticket that goes on on this one was not done in time."""

    NAME = "MergedOwedLate"

    other: str
    what: str
    by_at: datetime
    told: tuple[Staff, ...]
