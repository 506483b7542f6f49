"""What became of a question to another team. Source: S92."""

from __future__ import annotations

from protocols.kernel.context import Context
from protocols.kernel.endings import Became, Key, over
from protocols.kernel.tables import Events, ends
from protocols.second_reviews.state import SecondReviews
from protocols.ticket import Ticket

ABOUT = "second_review"


@ends("second-review", "second-review-late")
def asked(ticket: Ticket, key: Key, _events: Events, _ctx: Context) -> Became | None:
    """Return who answered, or that nobody waits for it any more."""
    review = ticket.of(SecondReviews).numbered(key.number())
    if review is None or review.is_open:
        return None
    if review.answer:
        return Became("came", ABOUT, by=review.over_by, at=review.over_at)
    return over(ticket.status, ABOUT) or Became("void", ABOUT)
