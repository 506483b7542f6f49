"""Events of decisions: asked of an executive, made, lapsed, withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from protocols.events.base import Event
from protocols.people import Who


@dataclass(frozen=True, slots=True)
class DecisionAsked(Event):
    """An executive was asked for a decision."""

    number: int
    person: Who
    question: str
    options: tuple[str, ...]
    due_at: datetime
    default: str


@dataclass(frozen=True, slots=True)
class DecisionMade(Event):
    """The executive who was asked decided; ``option`` counts from 1."""

    number: int
    option: int
    answer: str


@dataclass(frozen=True, slots=True)
class DecisionLapsed(Event):
    """No answer came in time: the default holds."""

    number: int
    default: str


@dataclass(frozen=True, slots=True)
class DecisionWithdrawn(Event):
    """The ticket needs no decision any more; neither an answer nor the default holds."""

    number: int
    why: str
