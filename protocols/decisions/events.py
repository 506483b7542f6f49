"""Commands and events of decisions: asked of an executive, made, lapsed, withdrawn.

Source: S160; D11.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from protocols.kernel.command import Command
from protocols.kernel.event import Event
from protocols.people.people import Staff


@dataclass(frozen=True, slots=True)
class AskDecision(Command):
    """Ask the executive for a decision: two to four answers, and what holds without one.

    Source: S60, S160; D11.
    """

    question: str
    options: tuple[str, ...]
    due_at: datetime
    default: str


@dataclass(frozen=True, slots=True)
class Decide(Command):
    """Answer a decision by the number of one of its options, counted from 1. Source: D11."""

    number: int
    option: int


@dataclass(frozen=True, slots=True)
class DecisionAsked(Event):
    """An executive was asked for a decision."""

    NAME = "DecisionAsked"

    number: int
    person: Staff
    question: str
    options: tuple[str, ...]
    due_at: datetime
    default: str


@dataclass(frozen=True, slots=True)
class DecisionMade(Event):
    """The executive who was asked decided; ``option`` counts from 1."""

    NAME = "DecisionMade"

    number: int
    option: int
    answer: str


@dataclass(frozen=True, slots=True)
class DecisionLapsed(Event):
    """No answer came in time: the default holds."""

    NAME = "DecisionLapsed"

    number: int
    default: str


@dataclass(frozen=True, slots=True)
class DecisionWithdrawn(Event):
    """The ticket needs no decision any more; neither an answer nor the default holds."""

    NAME = "DecisionWithdrawn"

    number: int
    why: str
