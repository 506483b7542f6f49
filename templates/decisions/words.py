"""Ids of buttons and forms, and sentences of events: decisions."""

from __future__ import annotations

from protocols.decisions.events import (
    DecisionAsked,
    DecisionLapsed,
    DecisionMade,
    DecisionWithdrawn,
)
from protocols.decisions.state import Decisions
from templates.kit.actions import action, form
from templates.kit.scene import Scene
from templates.kit.sentences import says
from templates.kit.when import utc_minute

EXEC_DECIDE = action("exec.decide")
DECISION_OPEN = action("decision.open")
VIEW_DECISION_REQUEST = form("decision_request")


@says(DecisionAsked)
def _decision_asked(_: Scene, event: DecisionAsked) -> str:
    answers, due = " / ".join(event.options), utc_minute(event.due_at)
    return (
        f'{event.by.name} asked {event.person.name} for a decision by {due}: "{event.question}" '
        f"({answers}; without an answer: {event.default})"
    )


def _question(scene: Scene, number: int) -> tuple[str, str]:
    """Return whom a decision was asked of, and what was asked."""
    found = scene.ticket.of(Decisions).decision(number)
    return ("", "") if found is None else (found.asked_of.name, found.question)


@says(DecisionMade, decided=True)
def _decision_made(scene: Scene, event: DecisionMade) -> str:
    _, question = _question(scene, event.number)
    return f'{event.by.name} decided "{event.answer}" (asked: "{question}")'


@says(DecisionLapsed, decided=True)
def _decision_lapsed(scene: Scene, event: DecisionLapsed) -> str:
    person, question = _question(scene, event.number)
    return f'no answer from {person}, so this holds: "{event.default}" (asked: "{question}")'


@says(DecisionWithdrawn)
def _decision_withdrawn(scene: Scene, event: DecisionWithdrawn) -> str:
    person, question = _question(scene, event.number)
    return f'{person} is not asked any more, because {event.why} (asked: "{question}")'
