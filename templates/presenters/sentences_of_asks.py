"""This file owns the timeline's sentences of what was asked: stops, decisions, a lower tier."""

from __future__ import annotations

from protocols import events as ev
from protocols.slices import Decisions, Holds, Tiers
from templates.presenters.scene import Scene
from templates.presenters.sentence_registry import says
from templates.when import utc_minute


@says(ev.HoldAsked)
def _hold_asked(_: Scene, event: ev.HoldAsked) -> str:
    return f'{event.by.name} asked for the {event.kind.value} hold: "{event.reason}"'


@says(ev.StopAsked)
def _stop_asked(scene: Scene, event: ev.StopAsked) -> str:
    return f"{event.person.name} was asked to stop the payments of {scene.account}"


@says(ev.StopLapsed)
def _stop_lapsed(_: Scene, event: ev.StopLapsed) -> str:
    return f"{event.person.name} did not answer: stop of payments"


@says(ev.StopRotaExhausted)
def _stop_rota(_: Scene, _event: ev.StopRotaExhausted) -> str:
    return "nobody further on duty can be asked to stop payments"


@says(ev.HoldStopped)
def _hold_stopped(scene: Scene, event: ev.HoldStopped) -> str:
    return f"{event.confirmed_by} confirmed that {_hold(scene, event.number)} stands"


@says(ev.HoldCleared)
def _hold_cleared(scene: Scene, event: ev.HoldCleared) -> str:
    return f'{event.by.name} cleared {_hold(scene, event.number)}: "{event.reason}"'


def _hold(scene: Scene, number: int) -> str:
    found = next((hold for hold in scene.ticket.of(Holds).holds if hold.number == number), None)
    return f"the {found.kind.value} hold" if found is not None else f"hold {number}"


@says(ev.DecisionAsked)
def _decision_asked(_: Scene, event: ev.DecisionAsked) -> str:
    answers, due = " / ".join(event.options), utc_minute(event.due_at)
    return (
        f'{event.by.name} asked {event.person.name} for a decision by {due}: "{event.question}" '
        f"({answers}; without an answer: {event.default})"
    )


def _question(scene: Scene, number: int) -> tuple[str, str]:
    """Return whom a decision was asked of, and what was asked."""
    found = scene.ticket.of(Decisions).decision(number)
    return ("", "") if found is None else (found.asked_of.name, found.question)


@says(ev.DecisionMade)
def _decision_made(scene: Scene, event: ev.DecisionMade) -> str:
    _, question = _question(scene, event.number)
    return f'{event.by.name} decided "{event.answer}" (asked: "{question}")'


@says(ev.DecisionLapsed)
def _decision_lapsed(scene: Scene, event: ev.DecisionLapsed) -> str:
    person, question = _question(scene, event.number)
    return f'no answer from {person}, so this holds: "{event.default}" (asked: "{question}")'


@says(ev.DecisionWithdrawn)
def _decision_withdrawn(scene: Scene, event: ev.DecisionWithdrawn) -> str:
    person, question = _question(scene, event.number)
    return f'{person} is not asked any more, because {event.why} (asked: "{question}")'


@says(ev.LoweringAsked)
def _lowering_asked(_: Scene, event: ev.LoweringAsked) -> str:
    names = ", ".join(who.name for who in event.asked)
    after = int(event.after)
    return f'{event.by.name} asked {names} to agree to Tier {after}: "{event.reason}"'


@says(ev.LoweringAgreed)
def _lowering_agreed(scene: Scene, event: ev.LoweringAgreed) -> str:
    return f"{event.by.name} agreed to {_lower(scene, event.number)}"


@says(ev.LoweringDeclined)
def _lowering_declined(scene: Scene, event: ev.LoweringDeclined) -> str:
    return f"{event.by.name} did not agree to {_lower(scene, event.number)}; the tier stays"


@says(ev.LoweringLapsed)
def _lowering_lapsed(scene: Scene, event: ev.LoweringLapsed) -> str:
    return f"nobody answered for {_lower(scene, event.number)}; the tier stays"


@says(ev.LoweringWithdrawn)
def _lowering_withdrawn(scene: Scene, event: ev.LoweringWithdrawn) -> str:
    return f"{_lower(scene, event.number)} is not asked for any more, because {event.why}"


def _lower(scene: Scene, number: int) -> str:
    found = scene.ticket.of(Tiers).lowering(number)
    return f"Tier {int(found.after)}" if found is not None else "a lower tier"
