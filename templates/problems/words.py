"""Id of the button, and sentences of events: the words of a problem answer other tickets."""

from __future__ import annotations

from protocols.problems.events import (
    AnsweredHeard,
    AnswerSaid,
    AnswersGone,
    AnswersPlanned,
    AnswersReported,
    CauseAsked,
    HowFar,
    ProblemAnswered,
    ProblemNotAnswered,
    WhyNot,
)
from templates.kit.actions import action
from templates.kit.sentences import silent, simply

PROBLEM_ANSWER = action("problems.answer", "Answer these too")

WHY_NOT = {
    WhyNot.MERGED: "part of another ticket",
    WhyNot.WITHDRAWN: "opened by mistake",
    WhyNot.RESOLVED: "resolved already",
    WhyNot.UNLINKED: "not linked any more",
    WhyNot.NO_ACCOUNT: "no account is named",
    WhyNot.LEGAL: "held by Legal",
    WhyNot.HOLD: "a hold is in force",
    WhyNot.CONTRACT: "a contract's matter",
    WhyNot.COMPLAINT: "a complaint",
    WhyNot.SECURITY: "a security matter",
    WhyNot.BRIDGE: "its bridge resolves it",
    WhyNot.PROBLEM: "others are linked to it in turn",
    WhyNot.UNDER_WAY: "other words are on their way to it",
    WhyNot.CHECKS: "a check stops these words there",
    WhyNot.HAND: "who released them has a hand in it",
}
"""Why the words of a problem do not go to a ticket's account, behind its reference."""
STAGES = {
    HowFar.ASKED: "nothing came back yet",
    HowFar.LEAVING: "on their way",
    HowFar.TOLD: "has them",
    HowFar.TO_CALL: "to be read by phone",
    HowFar.HELD_BACK: "held back there",
    HowFar.NOT_ANSWERED: "not answered",
    HowFar.CONFIRMED: "says it is solved",
    HowFar.OPEN_AGAIN: "open again",
}
"""How far a ticket is with them, behind its reference."""


def listed(references: tuple[str, ...]) -> str:
    """Return tickets as a sentence lists them."""
    return ", ".join(references)


def why_words(why: str) -> str:
    """Return why the words did not go to a ticket; empty without a reason."""
    return WHY_NOT[WhyNot(why)] if why in set(WhyNot) else ""


silent(AnswerSaid, AnswersReported, CauseAsked)
simply(
    AnswersPlanned,
    lambda _, e: (
        f"words for {listed(e.to)} too, which have the same problem"
        if e.to
        else "the words are for its own account alone"
    ),
)
simply(
    AnswersGone,
    lambda _, e: f"the words went to {listed(e.to)}, released by {e.released_by.name}",
    decided=True,
)
simply(
    AnsweredHeard,
    lambda _, e: f"{e.other}: {why_words(e.why) or STAGES[e.stage]}",
)
simply(
    ProblemAnswered,
    lambda _, e: f"resolved by the words of {e.problem}, which has the same problem",
    decided=True,
)
simply(
    ProblemNotAnswered,
    lambda _, e: f"the words of {e.problem} did not go to the account: {WHY_NOT[e.why]}",
)
