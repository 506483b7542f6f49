"""The facts of decisions asked of executives. Source: words, 5; S60, S160; D11."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from protocols.decisions.state import Decision, Decisions, DecisionState
from templates.kit.presenting import presents
from templates.kit.scene import Facts, Scene
from templates.kit.values import Value


@dataclass(frozen=True, slots=True)
class Answer(Value):
    """One answer to a decision: its key and its words."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class DecisionLine(Value):
    """One decision asked of an executive, as card and certificate say it.

    Attributes:
        person: Who was asked.
        state: ``asked``, ``made``, ``lapsed``, ``withdrawn``.
        due_at: By when an answer is needed.
        at: When it was made, or when the default began to hold.
        answer: The answer, or the default that holds; why, when it was withdrawn.
    """

    person: str
    state: str
    due_at: datetime
    at: datetime | None = None
    answer: str = ""


MOST_ON_CARD = 3


@presents("decision", "decision_answer")
def decision(scene: Scene) -> Facts:
    """Return the question with its answers, and what became of it."""
    found = scene.ticket.of(Decisions).decision(scene.number("decision"))
    if found is None:
        raise LookupError("the ticket has no such decision")
    return {
        **scene.common(),
        "answer": found.answer,
        "answers": _answers(found),
        "asked_by": found.asked_by.name,
        "default": found.default.rstrip(". "),
        "due_at": found.due_at,
        "number": found.number,
        "person": found.asked_of.name,
        "question": found.question,
        "settled_at": found.settled_at,
        "state": found.state.value,
        "why": found.why,
    }


def _answers(found: Decision) -> tuple[Answer, ...]:
    return tuple(Answer(str(key), words) for key, words in enumerate(found.options, 1))


def lines(scene: Scene) -> tuple[DecisionLine, ...]:
    """Return every decision in the order in which they were asked."""
    return tuple(map(_line, scene.ticket.of(Decisions).decisions))


def _line(found: Decision) -> DecisionLine:
    is_withdrawn = found.state is DecisionState.WITHDRAWN
    return DecisionLine(
        person=found.asked_of.name,
        state=found.state.value,
        due_at=found.due_at,
        at=found.due_at if found.state is DecisionState.LAPSED else found.settled_at,
        answer=found.why if is_withdrawn else found.answer.rstrip(". "),
    )


def for_card(scene: Scene) -> tuple[DecisionLine, ...]:
    """Return the decisions that wait, the next due first; else the newest that holds."""
    waiting = tuple(map(_line, scene.ticket.of(Decisions).open_decisions[:MOST_ON_CARD]))
    held = [line for line in lines(scene) if line.state in ("made", "lapsed")]
    return waiting or tuple(held[-1:])


def asked_until(scene: Scene, person: str) -> datetime | None:
    """Return by when a person is asked to decide, None while nothing is asked of them."""
    waiting = (
        one.due_at
        for one in scene.ticket.of(Decisions).open_decisions
        if one.asked_of.key == person
    )
    return next(waiting, None)
