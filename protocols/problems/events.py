"""What the words of a problem's resolution do on the tickets that have the same problem.

A problem is a ticket that others are linked to as *the same problem*. Its words go to each account
as a resolution of that account's own ticket. Source: S23, S67; D45; M10.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from protocols.kernel.command import Command
from protocols.kernel.event import Event
from protocols.people.people import Staff


class HowFar(StrEnum):
    """How far a ticket is with the words of a problem."""

    ASKED = "asked"
    LEAVING = "leaving"
    TOLD = "told"
    TO_CALL = "to_call"
    HELD_BACK = "held_back"
    NOT_ANSWERED = "not_answered"
    CONFIRMED = "confirmed"
    OPEN_AGAIN = "open_again"


class WhyNot(StrEnum):
    """Why a ticket is not answered by the words of a problem."""

    MERGED = "merged"
    WITHDRAWN = "withdrawn"
    RESOLVED = "resolved"
    UNLINKED = "unlinked"
    NO_ACCOUNT = "no_account"
    LEGAL = "legal"
    HOLD = "hold"
    CONTRACT = "contract"
    COMPLAINT = "complaint"
    SECURITY = "security"
    BRIDGE = "bridge"
    PROBLEM = "problem"
    UNDER_WAY = "under_way"
    CHECKS = "checks"
    HAND = "hand"


SETTLED = (WhyNot.MERGED, WhyNot.WITHDRAWN, WhyNot.RESOLVED, WhyNot.UNLINKED)
"""Why nothing is left to do for a ticket."""


@dataclass(frozen=True, slots=True)
class ProblemText:
    """The released words of a problem: its text, who wrote it, who released it for all."""

    number: int
    fields: tuple[tuple[str, str], ...]
    written_by: Staff
    released_by: Staff
    cause: str = ""
    """What the problem came from, as its own category lists it; it never leaves. Source: D7."""


@dataclass(frozen=True, slots=True)
class AnswerRest(Command):
    """Have the released words answer whoever was not answered, and who was linked since."""


@dataclass(frozen=True, slots=True)
class TakeAnswer(Command):
    """The words of a problem resolve this ticket, if nothing stands against it."""

    problem: str
    text: ProblemText


@dataclass(frozen=True, slots=True)
class HearAnswered(Command):
    """What became of a ticket with the words of this problem; ``turn`` counts what it says."""

    other: str
    number: int
    stage: HowFar
    why: str
    turn: int


@dataclass(frozen=True, slots=True)
class AnswersPlanned(Event):
    """Words in review are to answer these tickets, too."""

    NAME = "AnswersPlanned"

    number: int
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnswersGone(Event):
    """Released words went to these tickets."""

    NAME = "AnswersGone"

    number: int
    to: tuple[str, ...]
    released_by: Staff


@dataclass(frozen=True, slots=True)
class AnsweredHeard(Event):
    """A ticket said what became of it with the words."""

    NAME = "AnsweredHeard"

    other: str
    number: int
    stage: HowFar
    why: str
    turn: int


@dataclass(frozen=True, slots=True)
class AnswersReported(Event):
    """People were told how far each ticket is; ``complete``: nothing is left to do."""

    NAME = "AnswersReported"

    complete: bool


@dataclass(frozen=True, slots=True)
class ProblemAnswered(Event):
    """The words of a problem resolve this ticket; ``draft`` is the text that holds them here."""

    NAME = "ProblemAnswered"

    problem: str
    number: int
    draft: int


@dataclass(frozen=True, slots=True)
class ProblemNotAnswered(Event):
    """The words of a problem did not go to this ticket's account."""

    NAME = "ProblemNotAnswered"

    problem: str
    number: int
    why: WhyNot


@dataclass(frozen=True, slots=True)
class AnswerSaid(Event):
    """The problem is told how far this ticket is with its words."""

    NAME = "AnswerSaid"

    problem: str
    number: int
    stage: HowFar
    why: str
    turn: int


@dataclass(frozen=True, slots=True)
class CauseAsked(Event):
    """Whoever has a ticket that its problem answered is asked again what it came from."""

    NAME = "CauseAsked"

    turn: int
