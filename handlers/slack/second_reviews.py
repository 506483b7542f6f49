"""Another team is asked, and answers inside. Source: S69, S92, S165."""

from __future__ import annotations

from handlers.kit import replies
from handlers.kit.acting import context_of, number, part, submit, told
from handlers.kit.doors import Doors
from handlers.kit.edge import Gesture, Press, Slash, Submission
from handlers.kit.ports import Acts, Answers
from handlers.kit.refusing import need_ticket
from handlers.kit.replies import Answer
from protocols.kernel.refusals import OldButton
from protocols.rights.guards import need_reader
from protocols.routing.rules import need_sorter
from protocols.second_reviews.events import (
    AnswerSecondReview,
    AskSecondReview,
    DropSecondReview,
    ReviewTeam,
)
from protocols.second_reviews.rules import need_review
from protocols.second_reviews.state import SecondReviews
from protocols.ticket import Ticket
from templates.kit import render
from templates.second_reviews.facts import ask_facts, review_facts
from templates.second_reviews.words import (
    REVIEW_ANSWER,
    REVIEW_DROP,
    REVIEW_OPEN,
    TEAMS,
    VIEW_ANSWER_REVIEW,
    VIEW_ASK_REVIEW,
    VIEW_DROP_REVIEW,
)


def _form(desk: Answers, gesture: Gesture, reference: str) -> Answer:
    ticket = need_ticket(desk, reference)
    need_sorter(ticket, context_of(desk, gesture, ticket))
    return replies.show_view(desk, gesture, render.view("ask_second_review", ask_facts(ticket)))


def open_ask(desk: Answers, press: Press) -> Answer:
    """Open **Ask another team**."""
    return _form(desk, press, press.reference)


def type_review(desk: Answers, slash: Slash, ticket: Ticket, _rest: str) -> Answer:
    """Answer ``/ticket review``."""
    return _form(desk, slash, ticket.reference)


def ask(desk: Acts, submission: Submission) -> Answer:
    """Ask a team."""
    view = submission.view
    if view.text("team") not in set(ReviewTeam):
        raise OldButton(reference=submission.reference)
    team = ReviewTeam(view.text("team"))
    command = AskSecondReview(submission.reference, team, view.text("question"))
    ticket = submit(desk, submission, command).ticket
    review, ctx = ticket.of(SecondReviews).reviews[-1], context_of(desk, submission, ticket)
    rule = ctx.policy.second_review
    facts = {
        "person": review.people[-1].name if review.people else "",
        "team": TEAMS[team],
        "next_at": ctx.calendar.due(review.asked_at, rule.remind_after),
        "answer_by": ctx.calendar.due(review.asked_at, rule.late_after),
    }
    return told(desk, submission, ticket, "done_review_asked", **facts)


def _about(desk: Answers, press: Press, view: str) -> Answer:
    """Open a form about one question."""
    ticket = need_ticket(desk, press.reference)
    need_reader(ticket, context_of(desk, press, ticket))
    review = need_review(ticket, number(press.part(1), ticket.reference))
    return replies.show_view(desk, press, render.view(view, review_facts(ticket, review)))


def open_answer(desk: Answers, press: Press) -> Answer:
    """Open **Answer inside**."""
    return _about(desk, press, "answer_second_review")


def open_drop(desk: Answers, press: Press) -> Answer:
    """Open **Not needed any more**."""
    return _about(desk, press, "drop_second_review")


def answer(desk: Acts, submission: Submission) -> Answer:
    """Answer for one's team."""
    which = number(part(submission, 1), submission.reference)
    command = AnswerSecondReview(submission.reference, which, submission.view.text("answer"))
    ticket = submit(desk, submission, command).ticket
    return told(desk, submission, ticket, "done_review_answered")


def drop(desk: Acts, submission: Submission) -> Answer:
    """Go on without an answer."""
    which = number(part(submission, 1), submission.reference)
    command = DropSecondReview(submission.reference, which, submission.view.text("reason"))
    return told(desk, submission, submit(desk, submission, command).ticket, "done_review_dropped")


DOORS = Doors(
    presses={
        REVIEW_OPEN: open_ask,
        REVIEW_ANSWER: open_answer,
        REVIEW_DROP: open_drop,
    },
    submissions={
        VIEW_ASK_REVIEW: ask,
        VIEW_ANSWER_REVIEW: answer,
        VIEW_DROP_REVIEW: drop,
    },
    ticket_verbs={
        "review": type_review,
    },
)
