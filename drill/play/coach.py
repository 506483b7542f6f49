"""The coach: which step the viewer is at, what to do in it, and what can be typed for them."""

from __future__ import annotations

from typing import Any

from drill.play.scenarios import CoachStep, Hint, Scenario
from drill.play.sight import Sight

Wire = dict[str, Any]


def step_now(scenario: Scenario, sight: Sight) -> tuple[int, CoachStep] | None:
    """Return the first step that is not done, with its number; None when all are."""
    for number, step in enumerate(scenario.coach, start=1):
        if step.done not in sight.marks:
            return number, step
    return None


def hint_now(step: CoachStep, sight: Sight) -> CoachStep | Hint:
    """Return what to do in a step by the latest of its marks that is there."""
    there = [hint for hint in step.then if hint.mark in sight.marks]
    return there[-1] if there else step


def coach_wire(scenario: Scenario, sight: Sight) -> Wire:
    """Return what the page shows under "Your next move"."""
    total = len(scenario.coach)
    found = step_now(scenario, sight)
    if found is None:
        return {
            "n": total,
            "of": total,
            "say": "Done. See how it went.",
            "who": "",
            "walks": False,
            "card": "",
        }
    number, step = found
    hint = hint_now(step, sight)
    told = {"n": number, "of": total, "say": hint.say, "who": hint.who or step.who}
    told["walks"], told["card"] = hint.walks, hint.card
    if hint.offer is None:
        return {**told, "offer": "", "types": False}
    return {**told, "offer": hint.offer.label, "types": hint.offer.by_itself}
