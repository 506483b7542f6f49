"""What executives and CS managers are told. Source: S15, S173; D11; words.md 5."""

from __future__ import annotations

from protocols.decisions.events import (
    DecisionAsked,
    DecisionLapsed,
    DecisionMade,
    DecisionWithdrawn,
)
from protocols.decisions.state import Decisions
from protocols.kernel.context import Context
from protocols.kernel.effects import StaffMail
from protocols.kernel.roads import dm, dm_edit, mail
from protocols.kernel.tables import Effects, tells
from protocols.people.people import Staff
from protocols.ticket import Ticket


@tells(DecisionAsked)
def decision_asked(ticket: Ticket, event: DecisionAsked, ctx: Context) -> Effects:
    """Send a new message, with the answers as buttons, and a mail. Source: D11."""
    suffix, params = f"decision/{event.number}", {"decision": event.number}
    asked = dm(ticket, suffix, event.person, "decision", params)
    if not ctx.has_address(event.person):
        return (asked,)
    to = StaffMail(event.person, reply_to=Staff(event.by))
    return (asked, mail(ticket, f"{suffix}/mail", to, "decision", params))


@tells(DecisionMade, DecisionLapsed)
def decision_settled(ticket: Ticket, event: DecisionMade | DecisionLapsed, ctx: Context) -> Effects:
    """Take the question's buttons away, say what holds, and tell the one who asked."""
    decision = ticket.of(Decisions).decision(event.number)
    if decision is None:
        return ()
    params = {"decision": event.number}
    suffix = f"decision/{event.number}/answer"
    answered = dm(ticket, suffix, decision.asked_by, "decision_answer", params)
    return (*_question_edited(ticket, event.number), answered)


@tells(DecisionWithdrawn)
def decision_withdrawn(ticket: Ticket, event: DecisionWithdrawn, ctx: Context) -> Effects:
    """Take the question's buttons away, and say that nothing is asked any more."""
    return _question_edited(ticket, event.number)


def _question_edited(ticket: Ticket, number: int) -> Effects:
    decision = ticket.of(Decisions).decision(number)
    if decision is None:
        return ()
    posted, params = f"{ticket.reference}/decision/{number}", {"decision": number}
    return (dm_edit(ticket, posted, f"{posted}/edit", decision.asked_of, "decision", params),)
