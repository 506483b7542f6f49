"""Facts of the tickets that the words of a problem answer. Source: M10."""

from __future__ import annotations

from collections.abc import Iterable

from protocols.problems.causes import wants_cause
from protocols.problems.events import HowFar, WhyNot
from protocols.problems.rules import waiting
from protocols.problems.state import Answered, Problem, ProblemAnswer
from protocols.relations.state import Relations
from templates.kit.presenting import presents
from templates.kit.scene import Facts, Scene
from templates.problems.words import WHY_NOT, why_words

_AT = {
    "told": (HowFar.TOLD, HowFar.CONFIRMED),
    "leaving": (HowFar.LEAVING,),
    "to_call": (HowFar.TO_CALL,),
    "held_back": (HowFar.HELD_BACK,),
    "open_again": (HowFar.OPEN_AGAIN,),
    "silent": (HowFar.ASKED,),
}


@presents("problem_report")
def report(scene: Scene) -> Facts:
    """Return which tickets are how far, and which were not answered, and why."""
    problem, ticket = scene.ticket.of(Problem), scene.ticket
    mine = [each for each in problem.answered if each.number == problem.number]
    rest = () if ticket.is_live else waiting(ticket)
    not_answered = (each for each in mine if each.stage is HowFar.NOT_ANSWERED)
    return {
        **scene.common(),
        **{name: _refs(mine, stages) for name, stages in _AT.items()},
        "not_answered": ", ".join(f"{x.other} ({why_words(x.why)})" for x in not_answered),
        "linked_since": ", ".join(other for other in rest if problem.of(other) is None),
        "rest_count": len(rest),
        "told_count": sum(each.stage in _AT["told"] for each in mine),
        "all_count": len(mine),
    }


def _refs(mine: Iterable[Answered], stages: tuple[HowFar, ...]) -> str:
    return ", ".join(each.other for each in mine if each.stage in stages)


@presents("problem_still")
def still(scene: Scene) -> Facts:
    """Return which ticket is open again."""
    return {**scene.common(), "other": scene.param("other")}


@presents("problem_here")
def here(scene: Scene) -> Facts:
    """Return of which problem the words are, and why they did not go."""
    ticket = scene.ticket
    return {
        **still(scene),
        "no_route": scene.has_no_route,
        "why": why_words(scene.param("why")),
        "into": ticket.of(Relations).merged_into,
        "is_open": ticket.is_live,
        "asks_cause": wants_cause(ticket),
    }


@presents("cause_ask")
def cause_ask(scene: Scene) -> Facts:
    """Return by whose words it is resolved, and in which category a cause is looked for."""
    ticket = scene.ticket
    answered_by = ticket.of(ProblemAnswer).problem
    return {**scene.common(), "other": answered_by, "category": ticket.category.label}


def forecast(answers: Iterable[str], not_answered: Iterable[tuple[str, WhyNot]]) -> Facts:
    """Return which tickets the words of a form would answer, and which not, and why."""
    return {
        "answers": ", ".join(answers),
        "answers_not": ", ".join(f"{other} ({WHY_NOT[why]})" for other, why in not_answered),
    }
