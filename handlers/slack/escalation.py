"""A ticket is escalated by hand, led, and given back. Source: S93, S94; D45."""

from __future__ import annotations

from handlers.kit import replies
from handlers.kit.acting import account_name, context_of, submit, told
from handlers.kit.doors import Doors
from handlers.kit.edge import Press, Slash, Submission
from handlers.kit.journey import actor_of
from handlers.kit.ports import Acts, Answers, Desk, Seen
from handlers.kit.refusing import need_ticket
from handlers.kit.replies import Answer
from protocols.escalation.events import (
    EndEscalation,
    Escalate,
    Escalated,
    TakeEscalation,
)
from protocols.escalation.rules import need_desk
from protocols.fixed_texts.events import FixedTextSent
from protocols.targets.events import Acknowledged
from protocols.ticket import Ticket
from templates.escalation.facts import escalate_facts
from templates.escalation.words import (
    ESCALATION_END,
    ESCALATION_OPEN,
    ESCALATION_TAKE,
    VIEW_END_ESCALATION,
    VIEW_ESCALATE,
)
from templates.kit import render


def _open(desk: Answers, gesture: Press | Slash, reference: str) -> Answer:
    ticket = need_ticket(desk, reference)
    ctx = context_of(desk, gesture, ticket)
    need_desk(ticket, ctx)
    return replies.show_view(desk, gesture, render.view("escalate", escalate_facts(ticket, ctx)))


def open_escalate(desk: Answers, press: Press) -> Answer:
    """Open **Escalate**."""
    return _open(desk, press, press.reference)


def type_escalate(desk: Desk, slash: Slash, ticket: Ticket, rest: str) -> Answer:
    """Answer ``/ticket escalate REF``, with a reason or without one."""
    if not rest.strip():
        return _open(desk, slash, ticket.reference)
    return _told(desk, slash, submit(desk, slash, Escalate(ticket.reference, rest.strip())))


def escalate(desk: Acts, submission: Submission) -> Answer:
    """Escalate it."""
    view = submission.view
    command = Escalate(submission.reference, view.text("reason"), view.text("row"))
    return _told(desk, submission, submit(desk, submission, command))


def _told(desk: Answers, gesture: Slash | Submission, seen: Seen) -> Answer:
    begun = next((event for event in seen.events if isinstance(event, Escalated)), None)
    to = ", ".join(who.name for who in begun.to) if begun is not None else ""
    is_told = any(isinstance(event, FixedTextSent) for event in seen.events)
    key = actor_of(desk, gesture).who.key
    is_me = begun is not None and [who.key for who in begun.to] == [key]
    facts = {"again": begun is None, "to": to, "is_told": is_told, "is_me": is_me}
    return told(desk, gesture, seen.ticket, "done_escalated", **facts)


def take(desk: Acts, press: Press) -> Answer:
    """Lead it."""
    seen = submit(desk, press, TakeEscalation(press.reference))
    has_ticket = any(isinstance(event, Acknowledged) for event in seen.events)
    return told(desk, press, seen.ticket, "done_escalation_taken", has_ticket=has_ticket)


def open_end(desk: Answers, press: Press) -> Answer:
    """Open **End escalation**."""
    ticket = need_ticket(desk, press.reference)
    facts = {"account": account_name(ticket), "ref": ticket.reference}
    return replies.show_view(desk, press, render.view("end_escalation", facts))


def end(desk: Acts, submission: Submission) -> Answer:
    """End it."""
    command = EndEscalation(submission.reference, submission.view.text("reason"))
    return told(desk, submission, submit(desk, submission, command).ticket, "done_escalation_ended")


DOORS = Doors(
    presses={
        ESCALATION_OPEN: open_escalate,
        ESCALATION_TAKE: take,
        ESCALATION_END: open_end,
    },
    submissions={
        VIEW_ESCALATE: escalate,
        VIEW_END_ESCALATION: end,
    },
    ticket_verbs={
        "escalate": type_escalate,
    },
)
