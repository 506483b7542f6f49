"""The parts of a ticket that concern executives: who was told, what they ask and are asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from protocols.people import Who


@dataclass(frozen=True, slots=True)
class Question:
    """What an executive asked of the bridge. Source: D11."""

    text: str
    asked_by: Who
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Executive:
    """An executive's ladder of separate facts. Source: D11, S60."""

    who: Who
    notified_at: datetime
    taken_at: datetime | None = None
    seen_at: datetime | None = None
    questions: tuple[Question, ...] = ()


class DecisionState(StrEnum):
    """What became of a decision that was asked. Source: D11."""

    ASKED = "asked"
    MADE = "made"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Decision:
    """A question to an executive: the answers to choose from, and what holds without one.

    ``answer`` is the chosen option, or the default once it holds. Source: S60, S160; D11.
    """

    number: int
    asked_of: Who
    asked_by: Who
    asked_at: datetime
    question: str
    options: tuple[str, ...]
    due_at: datetime
    default: str
    state: DecisionState = DecisionState.ASKED
    answer: str = ""
    settled_at: datetime | None = None
    why: str = ""
