"""When a question of an executive is to be answered. Source: D11, D41."""

from __future__ import annotations

from collections.abc import Iterator

from protocols.executives.events import QuestionOverdue
from protocols.executives.state import Questions
from protocols.kernel.context import Context
from protocols.kernel.due_point import DuePoint, NumberedPoint
from protocols.kernel.event import Event
from protocols.kernel.tables import dues_of, falls
from protocols.policy.policy import Policy
from protocols.status import Status
from protocols.ticket import Ticket
from protocols.time.calendar import BusinessCalendar

OVER = (Status.CLOSED, Status.OPENED_IN_ERROR)


@dues_of
def answers(ticket: Ticket, _policy: Policy, _calendar: BusinessCalendar) -> Iterator[DuePoint]:
    """Yield when each question that waits must have its answer."""
    if ticket.status in OVER:
        return
    for asked in ticket.of(Questions).open_questions:
        if not asked.overdue:
            yield NumberedPoint(
                f"question:{asked.number}", "question_due", asked.due_at, asked.number
            )


@falls("question_due")
def question_due(ticket: Ticket, point: NumberedPoint, ctx: Context) -> tuple[Event, ...]:
    """Return that a question has no answer yet."""
    asked = ticket.of(Questions).question(point.number)
    if asked is None or asked.answered_at is not None:
        return ()
    return (QuestionOverdue(ctx.now, ctx.by, asked.number),)
