"""Facts of a question to another team. Source: S92."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from protocols.people.people import Staff
from protocols.second_reviews.rules import DUTIES
from protocols.second_reviews.state import SecondReview, SecondReviews
from protocols.targets.people import owner
from protocols.ticket import Ticket
from templates.account.outbound import asked_words
from templates.kit.presenting import presents
from templates.kit.scene import Facts, Scene
from templates.kit.values import Value
from templates.program_records.facts import record_words
from templates.routing.categories import ChoiceLine
from templates.second_reviews.words import TEAMS

MOST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class ReviewLine(Value):
    """A question to another team as ``show`` prints it; ``by`` and ``at`` once it is over."""

    number: int
    team: str
    person: str
    question: str
    asked_at: datetime
    is_open: bool
    is_late: bool
    answer: str
    by: str
    at: datetime | None


def _asked(ticket: Ticket, review: SecondReview, people: Sequence[Staff]) -> str:
    return asked_words(ticket, people, f"second-review/{review.number}")


def _line(ticket: Ticket, review: SecondReview) -> ReviewLine:
    return ReviewLine(
        review.number,
        TEAMS[review.team],
        _asked(ticket, review, review.people[-1:]),
        review.question,
        review.asked_at,
        review.is_open,
        review.late,
        review.answer,
        review.over_by.name if review.over_by is not None else "",
        review.over_at,
    )


def review_lines(ticket: Ticket) -> tuple[ReviewLine, ...]:
    """Return what other teams were asked last on a ticket, and what they answered."""
    shown = ticket.of(SecondReviews).reviews[-MOST_SHOWN:]
    return tuple(_line(ticket, review) for review in shown)


def review_words(ticket: Ticket) -> str:
    """Return which teams owe an answer, and who of them is asked; empty while none does."""
    return ", ".join(
        f"{TEAMS[review.team]} ({_asked(ticket, review, review.people[-1:])})"
        if review.people
        else TEAMS[review.team]
        for review in ticket.of(SecondReviews).open
    )


def ask_facts(ticket: Ticket) -> Facts:
    """Return which teams may be asked: those that owe no answer here."""
    owing = {review.team for review in ticket.of(SecondReviews).open}
    teams = (team for team in DUTIES if team not in owing)
    return {
        "account": ticket.account.name if ticket.account is not None else "the account",
        "owing": review_words(ticket),
        "ref": ticket.reference,
        "teams": tuple(ChoiceLine(team.value, TEAMS[team]) for team in teams),
    }


def review_facts(ticket: Ticket, review: SecondReview) -> Facts:
    """Return what a form about one question shows."""
    return {
        "account": ticket.account.name if ticket.account is not None else "the account",
        "asked_by": review.asked_by.name,
        "question": review.question,
        "ref": ticket.reference,
        "review_number": review.number,
        "team": TEAMS[review.team],
    }


@presents("second_review_ask", "second_review_late", "second_review_answer")
def second_review(scene: Scene) -> Facts:
    """Return what was asked, of whom, until when an answer is due, and what it is."""
    ticket, ctx = scene.ticket, scene.ctx
    review = ticket.of(SecondReviews).numbered(scene.number("review"))
    if review is None:
        raise LookupError(f"no question {scene.param('review')} on {ticket.reference}")
    who = owner(ticket, ctx)
    return {
        **scene.common(),
        **review_facts(ticket, review),
        "again": bool(review.turn),
        "answer": review.answer,
        "answer_by": ctx.calendar.due(review.asked_at, ctx.policy.second_review.late_after),
        "answered_by": review.over_by.name if review.over_by is not None else "",
        "asked_at": review.asked_at,
        "owner": who.name if who is not None else "",
        "person": _asked(ticket, review, review.people),
        "records": record_words(ticket),
    }
