"""When another team is reminded of its answer, and the owner told that it is late. Source: S92.

Until it has come, or is not needed, something of these always comes.
"""

from __future__ import annotations

from collections.abc import Iterator

from protocols.kernel.context import Context
from protocols.kernel.due_point import DuePoint, NumberedPoint
from protocols.kernel.event import Event
from protocols.kernel.tables import dues_of, falls
from protocols.people.people import Staff
from protocols.policy.policy import Policy
from protocols.second_reviews.events import SecondReviewUnanswered
from protocols.second_reviews.rules import next_of
from protocols.second_reviews.state import SecondReview, SecondReviews
from protocols.targets.people import have_it
from protocols.ticket import Ticket
from protocols.time.calendar import BusinessCalendar


@dues_of
def unanswered(ticket: Ticket, policy: Policy, calendar: BusinessCalendar) -> Iterator[DuePoint]:
    """Yield when a team is reminded, when its answer is late, and each business day from then."""
    rule = policy.second_review
    for review in ticket.of(SecondReviews).open:
        key = f"second_review:{review.number}:{review.turn + 1}"
        if not review.turn:
            at = calendar.due(review.asked_at, rule.remind_after)
            yield NumberedPoint(key, "second_review_remind", at, review.number)
        elif not review.late:
            at = calendar.due(review.asked_at, rule.late_after)
            yield NumberedPoint(key, "second_review_late", at, review.number)
        else:
            last_at = review.turn_at or review.asked_at
            at = calendar.due(last_at, policy.escalate.look_every)
            yield NumberedPoint(key, "second_review_late", at, review.number)


@falls("second_review_remind")
def remind(ticket: Ticket, point: NumberedPoint, ctx: Context) -> tuple[Event, ...]:
    """Return that the next of the team is asked, and those who were asked are reminded."""
    review = ticket.of(SecondReviews).numbered(point.number)
    return () if review is None else _again(ticket, review, ctx)


@falls("second_review_late")
def late(ticket: Ticket, point: NumberedPoint, ctx: Context) -> tuple[Event, ...]:
    """Return that besides whoever has the ticket hears that the answer is late."""
    review = ticket.of(SecondReviews).numbered(point.number)
    return () if review is None else _again(ticket, review, ctx, have_it(ticket, ctx))


def _again(
    ticket: Ticket, review: SecondReview, ctx: Context, told: tuple[Staff, ...] = ()
) -> tuple[Event, ...]:
    person = next_of(review.team, review.people, ticket, ctx)
    reminded = tuple(who for who in review.people if ctx.can_be_asked(who.key))
    again = SecondReviewUnanswered(
        ctx.now, ctx.by, review.number, review.turn + 1, person, reminded, told
    )
    return (again,)
