"""The executives who were told, and what they asked. Source: S15; D11."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from protocols.executives.events import (
    BriefSeen,
    ExecutiveNotified,
    ExecutiveReached,
    NoExecutiveFound,
    QuestionAnswered,
    QuestionAsked,
    QuestionOverdue,
)
from protocols.kernel.changing import numbered, on
from protocols.kernel.record import part_of
from protocols.people.people import Staff, Who
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
    nobody_at: datetime | None = None
    """Since when it is on record that there was nobody to tell. Source: D40."""


@on(ExecutiveNotified)
def _executive_notified(told: Executives, event: ExecutiveNotified) -> Executives:
    notified = Executive(event.person, event.at)
    return replace(told, executives=(*told.executives, notified), nobody_at=None)


@on(NoExecutiveFound)
def _nobody(told: Executives, event: NoExecutiveFound) -> Executives:
    return replace(told, nobody_at=event.at)


def _executives(told: Executives, person: str, **changes: Any) -> Executives:
    changed = (replace(e, **changes) if e.who.key == person else e for e in told.executives)
    return replace(told, executives=tuple(changed))


@on(ExecutiveReached)
def _executive_reached(told: Executives, event: ExecutiveReached) -> Executives:
    return _executives(told, event.person.key, taken_at=event.at)


@on(BriefSeen)
def _brief_seen(told: Executives, event: BriefSeen) -> Executives:
    return _executives(told, event.person.key, seen_at=event.at)


@on(QuestionAsked)
def _question(told: Executives, event: QuestionAsked) -> Executives:
    asked = Question(event.text, event.person, event.at)
    changed = (
        replace(e, questions=(*e.questions, asked)) if e.who.key == event.person.key else e
        for e in told.executives
    )
    return replace(told, executives=tuple(changed))


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """One question: whose, of whom, until when, and what was answered."""

    number: int
    text: str
    asked_by: Staff
    asked_at: datetime
    asked_of: Staff
    due_at: datetime
    overdue: bool = False
    answered_by: Who | None = None
    answered_at: datetime | None = None
    answer: str = ""


@part_of(Ticket)
@dataclass(frozen=True, slots=True)
class Questions:
    """Every question that can be answered, in order."""

    questions_asked: tuple[AskedQuestion, ...] = ()

    def question(self, number: int) -> AskedQuestion | None:
        """Return the question of a number, None when there is none."""
        return next((one for one in self.questions_asked if one.number == number), None)

    @property
    def open_questions(self) -> tuple[AskedQuestion, ...]:
        """Return the questions that wait for an answer."""
        return tuple(one for one in self.questions_asked if one.answered_at is None)


@on(QuestionAsked)
def _asked(questions: Questions, event: QuestionAsked) -> Questions:
    if event.asked_of is None or event.due_at is None:
        return questions
    asked = AskedQuestion(
        event.number, event.text, event.person, event.at, event.asked_of, event.due_at
    )
    return Questions((*questions.questions_asked, asked))


@on(QuestionAnswered)
def _answered(questions: Questions, event: QuestionAnswered) -> Questions:
    changed = {"answered_by": event.by, "answered_at": event.at, "answer": event.text}
    return Questions(numbered(questions.questions_asked, event.number, **changed))


@on(QuestionOverdue)
def _overdue(questions: Questions, event: QuestionOverdue) -> Questions:
    return Questions(numbered(questions.questions_asked, event.number, overdue=True))
