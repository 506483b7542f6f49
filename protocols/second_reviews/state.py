"""What other teams were asked on a ticket, and what they answered. Source: S92."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from protocols.closure.events import (
    AccountConfirmed,
    ClosedUnconfirmed,
    OpenedInError,
    TicketClosed,
    TicketResolved,
)
from protocols.kernel.changing import on
from protocols.kernel.event import Event
from protocols.kernel.record import part_of
from protocols.people.people import Staff, Who
from protocols.second_reviews.events import (
    ReviewTeam,
    SecondReviewAnswered,
    SecondReviewAsked,
    SecondReviewDropped,
    SecondReviewUnanswered,
)
from protocols.ticket import Ticket


@dataclass(frozen=True, slots=True)
class SecondReview:
    """One question to another team.

    Attributes:
        people: Who was asked, in that order.
        turn: How often it was found unanswered, ``turn_at`` when last.
        late: Whether its owner was told that the answer is late.
        over_at: Since when nobody waits for it: answered, dropped, or the ticket ended.
        over_by: Who brought that about.
    """

    number: int
    team: ReviewTeam
    question: str
    asked_by: Who
    asked_at: datetime
    people: tuple[Staff, ...] = ()
    turn: int = 0
    turn_at: datetime | None = None
    late: bool = False
    answer: str = ""
    over_at: datetime | None = None
    over_by: Who | None = None

    @property
    def is_open(self) -> bool:
        """Say whether somebody waits for the answer."""
        return self.over_at is None


@part_of(Ticket, under="second_reviews")
@dataclass(frozen=True, slots=True)
class SecondReviews:
    """Every question to another team, oldest first."""

    reviews: tuple[SecondReview, ...] = ()

    @property
    def open(self) -> tuple[SecondReview, ...]:
        """Return those whose answer somebody waits for."""
        return tuple(review for review in self.reviews if review.is_open)

    def numbered(self, number: int) -> SecondReview | None:
        """Return one of them."""
        return next((review for review in self.reviews if review.number == number), None)

    def noted(self, number: int, **changes: Any) -> SecondReviews:
        """Return these with one that is changed."""
        return SecondReviews(
            tuple(
                replace(review, **changes) if review.number == number else review
                for review in self.reviews
            )
        )


@on(SecondReviewAsked)
def _asked(asked: SecondReviews, event: SecondReviewAsked) -> SecondReviews:
    people = () if event.person is None else (event.person,)
    new = SecondReview(event.number, event.team, event.question, event.by, event.at, people)
    return SecondReviews((*asked.reviews, new))


@on(SecondReviewUnanswered)
def _unanswered(asked: SecondReviews, event: SecondReviewUnanswered) -> SecondReviews:
    review = asked.numbered(event.number)
    if review is None:
        return asked
    people = review.people if event.person is None else (*review.people, event.person)
    late = review.late or bool(event.told)
    return asked.noted(event.number, people=people, turn=event.turn, turn_at=event.at, late=late)


@on(SecondReviewAnswered)
def _answered(asked: SecondReviews, event: SecondReviewAnswered) -> SecondReviews:
    return asked.noted(event.number, answer=event.answer, over_at=event.at, over_by=event.by)


@on(SecondReviewDropped)
def _dropped(asked: SecondReviews, event: SecondReviewDropped) -> SecondReviews:
    return asked.noted(event.number, over_at=event.at, over_by=event.by)


@on(TicketResolved, AccountConfirmed, TicketClosed, ClosedUnconfirmed, OpenedInError)
def _ended(asked: SecondReviews, event: Event) -> SecondReviews:
    for review in asked.open:
        asked = asked.noted(review.number, over_at=event.at, over_by=event.by)
    return asked
