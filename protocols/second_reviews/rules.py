"""Another team is asked one thing; the ticket stays its owner's. Source: S69, S92, S165."""

from __future__ import annotations

from protocols.kernel.command import Command
from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.refusals import AlreadyDone
from protocols.kernel.tables import bars, decides
from protocols.people.people import Staff
from protocols.relations.events import MergeTickets
from protocols.rights.guards import need_duty, need_on_ticket, need_reader, need_reason, need_status
from protocols.routing.rules import need_sorter
from protocols.second_reviews.events import (
    AnswerSecondReview,
    AskSecondReview,
    DropSecondReview,
    ReviewTeam,
    SecondReviewAnswered,
    SecondReviewAsked,
    SecondReviewDropped,
)
from protocols.second_reviews.refusals import (
    SecondReviewOpen,
    SecondReviewOver,
    SecondReviewOwed,
)
from protocols.second_reviews.state import SecondReview, SecondReviews
from protocols.status import Status
from protocols.ticket import Ticket

DUTIES = {
    ReviewTeam.ENGINEERING: ("engineer", "engineering-lead"),
    ReviewTeam.FINANCE: ("finance",),
    ReviewTeam.LEGAL: ("legal", "compliance"),
}
"""Whose duty it is to answer for a team, in this order."""


def next_of(
    team: ReviewTeam, tried: tuple[Staff, ...], ticket: Ticket, ctx: Context
) -> Staff | None:
    """Return who of a team on duty is asked next; never who has the ticket or asks."""
    asks = (ctx.by, *((ticket.poc,) if ticket.poc is not None else ()), *tried)
    return ctx.first_on_duty(*DUTIES[team], besides=ctx.all_keys(who.key for who in asks))


@decides(AskSecondReview)
def ask(ticket: Ticket, command: AskSecondReview, ctx: Context) -> tuple[Event, ...]:
    """Decide that another team is asked. Nothing is asked of the account for it.

    Raises:
        NotAllowed: The actor is neither on the ticket, nor of its team, nor of the front line.
        WrongState: Nobody works on the ticket.
        ReasonNeeded: Nothing was asked.
        SecondReviewOpen: The team owes an answer already.
    """
    need_sorter(ticket, ctx)
    need_status(ticket, Status.OPEN)
    need_reason(command.question)
    asked = ticket.of(SecondReviews)
    owed = next((review for review in asked.open if review.team is command.team), None)
    if owed is not None:
        raise SecondReviewOpen(reference=ticket.reference, asked_at=owed.asked_at)
    person = next_of(command.team, (), ticket, ctx)
    number, question = len(asked.reviews) + 1, command.question.strip()
    return (SecondReviewAsked(ctx.now, ctx.by, number, command.team, question, person),)


@decides(AnswerSecondReview)
def answer(ticket: Ticket, command: AnswerSecondReview, ctx: Context) -> tuple[Event, ...]:
    """Decide an answer: of one who was asked, or whose duty it is.

    Raises:
        AlreadyDone: It is answered.
        SecondReviewOver: Nobody waits for it any more.
        NotAllowed: The actor was not asked, and is not of the team.
        ReasonNeeded: Nothing was answered.
    """
    need_reader(ticket, ctx)
    review = need_review(ticket, command.number)
    if not any(ctx.is_actor(who.key) for who in review.people):
        need_duty(ctx, *DUTIES[review.team])
    need_reason(command.answer)
    return (SecondReviewAnswered(ctx.now, ctx.by, review.number, command.answer.strip()),)


@decides(DropSecondReview)
def drop(ticket: Ticket, command: DropSecondReview, ctx: Context) -> tuple[Event, ...]:
    """Decide that the ticket goes on without an answer.

    Raises:
        AlreadyDone: It is answered.
        SecondReviewOver: Nobody waits for it any more.
        NotYours: The actor neither asked nor is on the ticket.
        ReasonNeeded: No reason was given.
    """
    need_reader(ticket, ctx)
    review = need_review(ticket, command.number)
    if not ctx.is_actor(review.asked_by.key):
        need_on_ticket(ticket, ctx)
    need_reason(command.reason)
    return (SecondReviewDropped(ctx.now, ctx.by, review.number, command.reason.strip()),)


def need_review(ticket: Ticket, number: int) -> SecondReview:
    """Return a question to another team that waits for an answer.

    Raises:
        AlreadyDone: It is answered.
        SecondReviewOver: Nobody waits for it any more.
    """
    review = ticket.of(SecondReviews).numbered(number)
    if review is not None and review.answer and review.over_by is not None:
        raise AlreadyDone(reference=ticket.reference, person=review.over_by.name)
    if review is None or not review.is_open:
        raise SecondReviewOver(reference=ticket.reference)
    return review


@bars
def stay_here(command: Command, ticket: Ticket | None, _ctx: Context) -> None:
    """Refuse to let a ticket rest on which another team owes an answer: it would go silent.

    Raises:
        SecondReviewOwed: It does.
    """
    if isinstance(command, MergeTickets) and ticket is not None and ticket.of(SecondReviews).open:
        raise SecondReviewOwed(reference=ticket.reference, other=command.other)
