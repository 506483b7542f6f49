"""Commands and events of an escalation: why, to whom, who has it, its end. Source: S93-S97; D45."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from protocols.kernel.command import Command
from protocols.kernel.event import Event
from protocols.people.people import Staff, Who
from protocols.scales import Category


@dataclass(frozen=True, slots=True)
class Escalate(Command):
    """Somebody asks for it, by a row of the policy; the first that may be asked for if empty."""

    reason: str
    row: str = ""


@dataclass(frozen=True, slots=True)
class TakeEscalation(Command):
    """Press **I have it**. Source: S94."""


@dataclass(frozen=True, slots=True)
class EndEscalation(Command):
    """Give the ticket back to whoever has it, with a reason."""

    reason: str


@dataclass(frozen=True, slots=True)
class Escalated(Event):
    """The ticket is escalated; ``number`` counts its escalations. Source: S93, S94.

    Attributes:
        row: What of the policy brought it about, once a ticket.
        why: In words: the row, and a reason if somebody gave one.
        to: Who is asked to lead it; empty when nobody on duty can be reached.
        owner: Who had the ticket then, None when nobody had it.
        team: The team that had it then.
        line: Which line of the policy is asked next.
        target_at: Until when we aim to resolve it now; None while that time stands still. S96.
        is_new_target: Whether that is another time than before.
        look_at: When somebody comes on duty who can be asked, where nobody could be. Source: D14.
    """

    NAME = "Escalated"

    number: int
    row: str
    why: str
    to: tuple[Staff, ...] = ()
    owner: Who | None = None
    team: str = ""
    line: str = ""
    target_at: datetime | None = None
    is_new_target: bool = False
    look_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class EscalationReason(Event):
    """A ticket that is escalated has one more reason to be. The account is not told again."""

    NAME = "EscalationReason"

    number: int
    row: str
    why: str


@dataclass(frozen=True, slots=True)
class EscalationAsked(Event):
    """Nobody has taken it: the next in line is asked, and who was asked last is reminded. S97.

    ``person`` is None when nobody further is on duty; somebody comes on duty at ``look_at`` then.
    """

    NAME = "EscalationAsked"

    number: int
    turn: int
    person: Staff | None = None
    reminded: tuple[Staff, ...] = ()
    look_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class EscalationTaken(Event):
    """Somebody leads it."""

    NAME = "EscalationTaken"

    number: int


@dataclass(frozen=True, slots=True)
class EscalationLate(Event):
    """The time to resolve that stood on the escalation has passed. Source: S65, S96."""

    NAME = "EscalationLate"

    number: int
    turn: int
    told: tuple[Staff, ...] = ()


@dataclass(frozen=True, slots=True)
class AccountCameBack(Event):
    """The account wrote or called again after our answer, where a row counts it. Source: D45."""

    NAME = "AccountCameBack"

    number: int


@dataclass(frozen=True, slots=True)
class AlikeBefore:
    """Other tickets that an account had lately, of the categories of theirs, newest first. D45."""

    tickets: tuple[tuple[str, Category, datetime], ...] = ()


@dataclass(frozen=True, slots=True)
class SameMatter(Event):
    """An account has the same matter again: who looks after it hears of it, inside. Source: D45.

    Attributes:
        row: Which row of the policy says so.
        before: The references of the earlier ones, newest first.
        told: Who looks after the account; None where nobody of us does.
    """

    NAME = "SameMatter"

    row: str
    before: tuple[str, ...]
    told: Staff | None = None


@dataclass(frozen=True, slots=True)
class EscalationEnded(Event):
    """It is with whoever has the ticket again."""

    NAME = "EscalationEnded"

    number: int
    reason: str
