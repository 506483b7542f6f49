"""The decisions that were asked of executives. Source: S160; D11."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from protocols.decisions.events import (
    DecisionAsked,
    DecisionLapsed,
    DecisionMade,
    DecisionWithdrawn,
)
from protocols.kernel.changing import numbered, on
from protocols.kernel.record import part_of
from protocols.people.people import Staff
from protocols.ticket import Ticket


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
    asked_of: Staff
    asked_by: Staff
    asked_at: datetime
    question: str
    options: tuple[str, ...]
    due_at: datetime
    default: str
    state: DecisionState = DecisionState.ASKED
    answer: str = ""
    settled_at: datetime | None = None
    why: str = ""


@part_of(Ticket)
@dataclass(frozen=True, slots=True)
class Decisions:
    """The decisions that were asked of executives. Source: S160, D11."""

    decisions: tuple[Decision, ...] = ()

    def decision(self, number: int) -> Decision | None:
        """Return the decision with this number."""
        return next((one for one in self.decisions if one.number == number), None)

    @property
    def open_decisions(self) -> tuple[Decision, ...]:
        """Return the decisions that wait for an answer, the next due first."""
        asked = (one for one in self.decisions if one.state is DecisionState.ASKED)
        return tuple(sorted(asked, key=lambda one: (one.due_at, one.number)))


@on(DecisionAsked)
def _decision_asked(decisions: Decisions, event: DecisionAsked) -> Decisions:
    asked = Decision(
        number=event.number,
        asked_of=event.person,
        asked_by=Staff(event.by),
        asked_at=event.at,
        question=event.question,
        options=event.options,
        due_at=event.due_at,
        default=event.default,
    )
    return Decisions((*decisions.decisions, asked))


def _decided(decisions: Decisions, number: int, at: datetime, **changes: Any) -> Decisions:
    return Decisions(numbered(decisions.decisions, number, settled_at=at, **changes))


@on(DecisionMade)
def _decision_made(decisions: Decisions, event: DecisionMade) -> Decisions:
    changes = {"state": DecisionState.MADE, "answer": event.answer}
    return _decided(decisions, event.number, event.at, **changes)


@on(DecisionLapsed)
def _decision_lapsed(decisions: Decisions, event: DecisionLapsed) -> Decisions:
    changes = {"state": DecisionState.LAPSED, "answer": event.default}
    return _decided(decisions, event.number, event.at, **changes)


@on(DecisionWithdrawn)
def _decision_withdrawn(decisions: Decisions, event: DecisionWithdrawn) -> Decisions:
    changes = {"state": DecisionState.WITHDRAWN, "why": event.why}
    return _decided(decisions, event.number, event.at, **changes)
