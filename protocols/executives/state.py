"""The executives who were told, and what they asked. Source: S15; D11."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from protocols.executives.events import (
    BriefSeen,
    ExecutiveNotified,
    ExecutiveReached,
    QuestionAsked,
)
from protocols.kernel.changing import on
from protocols.kernel.record import part_of
from protocols.people.people import Staff
from protocols.ticket import Ticket


@dataclass(frozen=True, slots=True)
class Question:
    """What an executive asked of the bridge. Source: D11."""

    text: str
    asked_by: Staff
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Executive:
    """An executive's ladder of separate facts. Source: D11, S60."""

    who: Staff
    notified_at: datetime
    taken_at: datetime | None = None
    seen_at: datetime | None = None
    questions: tuple[Question, ...] = ()


@part_of(Ticket)
@dataclass(frozen=True, slots=True)
class Executives:
    """The executives who were told. Source: S15, D11."""

    executives: tuple[Executive, ...] = ()


@on(ExecutiveNotified)
def _executive_notified(told: Executives, event: ExecutiveNotified) -> Executives:
    return Executives((*told.executives, Executive(event.person, event.at)))


def _executives(told: Executives, person: str, **changes: Any) -> Executives:
    return Executives(
        tuple(replace(e, **changes) if e.who.key == person else e for e in told.executives)
    )


@on(ExecutiveReached)
def _executive_reached(told: Executives, event: ExecutiveReached) -> Executives:
    return _executives(told, event.person.key, taken_at=event.at)


@on(BriefSeen)
def _brief_seen(told: Executives, event: BriefSeen) -> Executives:
    return _executives(told, event.person.key, seen_at=event.at)


@on(QuestionAsked)
def _question(told: Executives, event: QuestionAsked) -> Executives:
    asked = Question(event.text, event.person, event.at)
    return Executives(
        tuple(
            replace(e, questions=(*e.questions, asked)) if e.who.key == event.person.key else e
            for e in told.executives
        )
    )
