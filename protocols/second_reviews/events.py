"""Commands and events of a question to another team. Source: S69, S92, S165."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from protocols.kernel.command import Command
from protocols.kernel.event import Event
from protocols.people.people import Staff


class ReviewTeam(StrEnum):
    """Who may be asked for a second view. Source: S92."""

    ENGINEERING = "engineering"
    FINANCE = "finance"
    LEGAL = "legal"


@dataclass(frozen=True, slots=True)
class AskSecondReview(Command):
    """Ask another team one thing. Source: S92."""

    team: ReviewTeam
    question: str


@dataclass(frozen=True, slots=True)
class AnswerSecondReview(Command):
    """Answer what one's team was asked; it stays inside."""

    number: int
    answer: str


@dataclass(frozen=True, slots=True)
class DropSecondReview(Command):
    """Go on without the other team's answer."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class SecondReviewAsked(Event):
    """Another team was asked; ``person`` is None where nobody of it is on duty. ``number`` counts.

    The account hears nothing of it and gives nothing twice. Source: S69.
    """

    NAME = "SecondReviewAsked"

    number: int
    team: ReviewTeam
    question: str
    person: Staff | None = None


@dataclass(frozen=True, slots=True)
class SecondReviewUnanswered(Event):
    """No answer came yet.

    Attributes:
        turn: Counts how often that was found.
        person: Who is asked besides, None where nobody further is on duty.
        reminded: Who is reminded of those who were asked.
        told: Who of those who have the ticket hears that the answer is late; empty before it is.
    """

    NAME = "SecondReviewUnanswered"

    number: int
    turn: int
    person: Staff | None = None
    reminded: tuple[Staff, ...] = ()
    told: tuple[Staff, ...] = ()


@dataclass(frozen=True, slots=True)
class SecondReviewAnswered(Event):
    """The other team answered. Nothing of it leaves. Source: S92."""

    NAME = "SecondReviewAnswered"

    number: int
    answer: str


@dataclass(frozen=True, slots=True)
class SecondReviewDropped(Event):
    """The answer is not needed any more."""

    NAME = "SecondReviewDropped"

    number: int
    reason: str
