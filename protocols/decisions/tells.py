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
from protocols.kernel.effects import Dm, Effect, Gateway, Surface
from protocols.kernel.roads import dm, mail, result
from protocols.kernel.tables import Effects, tells
from protocols.ticket import Ticket


@tells(DecisionAsked)
def decision_asked(ticket: Ticket, event: DecisionAsked, ctx: Context) -> Effects:
    """Send a new message, with the answers as buttons, and a mail. Source: D11."""
    person, params = event.person.key, {"decision": event.number}
    suffix = f"decision/{event.number}"
    asked = dm(ticket, suffix, person, "decision", params)
    known = ctx.directory.person(person)
    if known is None or not known.email:
        return (asked,)
    copy = mail(ticket, f"{suffix}/mail", (known.email,), "decision", params, reply_to=event.by.key)
    return (asked, copy)


@tells(DecisionMade, DecisionLapsed)
def decision_settled(ticket: Ticket, event: DecisionMade | DecisionLapsed, ctx: Context) -> Effects:
    """Take the question's buttons away, say what holds, and tell the one who asked."""
    decision = ticket.of(Decisions).decision(event.number)
    if decision is None:
        return ()
    params = {"decision": event.number}
    suffix = f"decision/{event.number}/answer"
    answered = dm(ticket, suffix, decision.asked_by.key, "decision_answer", params)
    return (*_question_edited(ticket, event.number), answered)


@tells(DecisionWithdrawn)
def decision_withdrawn(ticket: Ticket, event: DecisionWithdrawn, ctx: Context) -> Effects:
    """Take the question's buttons away, and say that nothing is asked any more."""
    return _question_edited(ticket, event.number)


def _question_edited(ticket: Ticket, number: int) -> Effects:
    decision = ticket.of(Decisions).decision(number)
    if decision is None:
        return ()
    person, posted = decision.asked_of.key, f"{ticket.reference}/decision/{number}"
    edit = Effect(
        key=f"{posted}/edit",
        gateway=Gateway.SLACK,
        method="chat.update",
        to=Dm(person),
        template="decision",
        params={"person": person, "decision": number},
        arguments={"channel": result(posted, "channel"), "ts": result(posted, "ts")},
        stream=f"dm/{person}/{ticket.reference}",
        surface=Surface.LATEST_ONLY,
        slot=f"{posted}/edit",
        needs=(posted,),
    )
    return (edit,)
