"""Ids of buttons and forms, and sentences of events: a question to another team."""

from __future__ import annotations

from protocols.second_reviews.events import (
    ReviewTeam,
    SecondReviewAnswered,
    SecondReviewAsked,
    SecondReviewDropped,
    SecondReviewUnanswered,
)
from templates.kit.actions import action, form
from templates.kit.scene import Scene
from templates.kit.sentences import says, simply

REVIEW_OPEN = action("second_review.open", "Ask another team")
REVIEW_ANSWER = action("second_review.answer", "Answer inside")
REVIEW_DROP = action("second_review.drop", "Not needed any more")
VIEW_ASK_REVIEW = form("ask_second_review")
VIEW_ANSWER_REVIEW = form("answer_second_review")
VIEW_DROP_REVIEW = form("drop_second_review")

TEAMS = {
    ReviewTeam.ENGINEERING: "Engineering",
    ReviewTeam.FINANCE: "Finance",
    ReviewTeam.LEGAL: "Legal",
}


@says(SecondReviewAsked, decided=True)
def _asked(_: Scene, event: SecondReviewAsked) -> str:
    who = event.person.name if event.person is not None else "nobody there is on duty"
    return f'{event.by.name} asked {TEAMS[event.team]} ({who}): "{event.question}"'


@says(SecondReviewUnanswered)
def _unanswered(_: Scene, event: SecondReviewUnanswered) -> str:
    told = ", ".join(who.name for who in event.told)
    late = f"; {told} was told that it is late" if told else ""
    then = f"; {event.person.name} was asked" if event.person is not None else ""
    return f"Question {event.number} to another team is not answered{then}{late}"


simply(
    SecondReviewAnswered,
    lambda _, e: f'{e.by.name} answered question {e.number} to another team: "{e.answer}"',
    decided=True,
)
simply(
    SecondReviewDropped,
    lambda _, e: f'{e.by.name} goes on without the answer to question {e.number}: "{e.reason}"',
    decided=True,
)
