"""Why another team is not asked, or its answer not taken."""

from __future__ import annotations

from protocols.kernel.refusals import Refusal


class SecondReviewOpen(Refusal):
    """The team owes an answer on this ticket already."""

    code = "second_review_open"


class SecondReviewOver(Refusal):
    """Nobody waits for this answer any more."""

    code = "second_review_over"
    is_newest = True


class SecondReviewOwed(Refusal):
    """A ticket on which another team owes an answer goes on on no other."""

    code = "second_review_owed"
