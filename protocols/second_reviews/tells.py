"""Who is asked for a second view, and who hears the answer, or that it is late. Source: S92."""

from __future__ import annotations

from collections.abc import Iterable

from protocols.kernel.context import Context
from protocols.kernel.roads import dm
from protocols.kernel.tables import Effects, tells
from protocols.people.people import Staff, Who
from protocols.second_reviews.events import (
    SecondReviewAnswered,
    SecondReviewAsked,
    SecondReviewUnanswered,
)
from protocols.second_reviews.state import SecondReviews
from protocols.targets.people import have_it
from protocols.ticket import Ticket


@tells(SecondReviewAsked)
def asked(ticket: Ticket, event: SecondReviewAsked, _ctx: Context) -> Effects:
    """Ask the first on duty of the team."""
    people = () if event.person is None else (event.person,)
    return _asks(ticket, event.number, 0, people)


@tells(SecondReviewUnanswered)
def unanswered(ticket: Ticket, event: SecondReviewUnanswered, _ctx: Context) -> Effects:
    """Ask the next, remind those who were asked, and tell who has the ticket that it is late."""
    people = event.reminded if event.person is None else (*event.reminded, event.person)
    key = f"second-review-late/{event.number}/{event.turn}"
    params = {"review": event.number}
    return (
        *_asks(ticket, event.number, event.turn, people),
        *(dm(ticket, f"{key}/{who.key}", who, "second_review_late", params) for who in event.told),
    )


def _asks(ticket: Ticket, number: int, turn: int, people: Iterable[Staff]) -> Effects:
    key = f"second-review/{number}/{turn}"
    params = {"review": number}
    return tuple(dm(ticket, f"{key}/{who.key}", who, "second_review_ask", params) for who in people)


@tells(SecondReviewAnswered)
def answered(ticket: Ticket, event: SecondReviewAnswered, ctx: Context) -> Effects:
    """Show the answer to who has the ticket, and at once to who asked. Nothing of it leaves."""
    review = ticket.of(SecondReviews).numbered(event.number)
    asked_by = () if review is None else _ours(review.asked_by, ctx)
    key, params = f"second-review-answer/{event.number}", {"review": event.number}
    people = {ctx.key_of(who.key): who for who in (*have_it(ticket, ctx), *asked_by)}
    waiting = {ctx.key_of(who.key) for who in asked_by}
    return tuple(
        dm(
            ticket,
            f"{key}/{who.key}",
            who,
            "second_review_answer",
            params,
            unasked=one not in waiting,
        )
        for one, who in people.items()
        if not ctx.is_actor(who.key)
    )


def _ours(who: Who, ctx: Context) -> tuple[Staff, ...]:
    return (Staff(who),) if ctx.can_be_asked(who.key) else ()
