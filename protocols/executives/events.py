"""What executives are told, see and ask, as commands and events; and the notice to a third party.

Source: S15, S16, S60, S173; D11.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from protocols.kernel.command import Command
from protocols.kernel.event import Event
from protocols.people.people import Staff


@dataclass(frozen=True, slots=True)
class MarkSeen(Command):
    """An executive pressed **Seen**. Source: D11."""


@dataclass(frozen=True, slots=True)
class AskQuestion(Command):
    """An executive asks the bridge. Source: D11."""

    text: str


@dataclass(frozen=True, slots=True)
class AnswerQuestion(Command):
    """Answer what was asked from the brief. Source: D11, D41."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class ExecutiveNotified(Event):
    """An executive's brief is on its way."""

    NAME = "ExecutiveNotified"

    person: Staff


@dataclass(frozen=True, slots=True)
class NoExecutiveFound(Event):
    """The account has no sponsor and no executive is on duty: nobody was told. Source: D40."""

    NAME = "NoExecutiveFound"


@dataclass(frozen=True, slots=True)
class ExecutiveReached(Event):
    """An executive's brief was taken."""

    NAME = "ExecutiveReached"

    person: Staff


@dataclass(frozen=True, slots=True)
class BriefSeen(Event):
    """An executive pressed **Seen**."""

    NAME = "BriefSeen"

    person: Staff


@dataclass(frozen=True, slots=True)
class QuestionAsked(Event):
    """An executive asked the bridge."""

    NAME = "QuestionAsked"

    person: Staff
    text: str
    number: int = 0
    asked_of: Staff | None = None
    due_at: datetime | None = None
    """The last three are of a question that can be answered; older ones have none."""


@dataclass(frozen=True, slots=True)
class QuestionAnswered(Event):
    """Somebody on the ticket answered a question."""

    NAME = "QuestionAnswered"

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class QuestionOverdue(Event):
    """The time for an answer has passed without one."""

    NAME = "QuestionOverdue"

    number: int


@dataclass(frozen=True, slots=True)
class VendorTold(Event):
    """The third party's contact was told without account, amount or matter."""

    NAME = "VendorTold"

    address: str
