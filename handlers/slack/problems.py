"""The words of a problem answer who was not answered yet. Source: S67; M10."""

from __future__ import annotations

from handlers.kit.acting import context_of, submit, told
from handlers.kit.doors import Doors
from handlers.kit.edge import Press
from handlers.kit.ports import Acts
from handlers.kit.replies import Answer
from protocols.problems.events import AnswerRest, AnswersGone
from templates.problems.words import PROBLEM_ANSWER


def rest(desk: Acts, press: Press) -> Answer:
    """Send the words to who was not answered, and to who was linked since."""
    seen = submit(desk, press, AnswerRest(press.reference))
    gone = (event for event in seen.events if isinstance(event, AnswersGone))
    to = ", ".join(other for event in gone for other in event.to)
    ctx = context_of(desk, press, seen.ticket)
    minutes = int(ctx.policy.relations.report_after.total_seconds() // 60)
    return told(desk, press, seen.ticket, "done_answer_rest", to=to, minutes=minutes)


DOORS = Doors(
    presses={
        PROBLEM_ANSWER: rest,
    },
)
