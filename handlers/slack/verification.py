"""How a matter of money was verified, by a form or typed. Source: S72."""

from __future__ import annotations

from handlers.kit import grammar, replies
from handlers.kit.acting import account_name, context_of, submit
from handlers.kit.doors import Doors
from handlers.kit.edge import Press, Slash, Submission
from handlers.kit.ports import Acts, Answers, Desk
from handlers.kit.refusing import need_ticket
from handlers.kit.replies import Answer
from handlers.slack.updates.drafting import need_words
from protocols.ticket import Ticket
from protocols.verification.events import RecordVerified
from protocols.verification.rules import need_verifier
from protocols.words.normal_form import normal
from templates.kit import render
from templates.verification.words import VERIFIED_OPEN, VIEW_RECORD_VERIFIED


def _open(desk: Answers, gesture: Press | Slash, reference: str) -> Answer:
    ticket = need_ticket(desk, reference)
    need_verifier(ticket, context_of(desk, gesture, ticket))
    facts = {"account": account_name(ticket), "ref": ticket.reference}
    return replies.show_view(desk, gesture, render.view(VIEW_RECORD_VERIFIED, facts))


def open_verified(desk: Answers, press: Press) -> Answer:
    """Open **Record verified**; over a form whose words wait, these stay."""
    return _open(desk, press, press.reference)


def type_verified(desk: Desk, slash: Slash, ticket: Ticket, rest: str) -> Answer:
    """Answer ``/ticket verified REF HOW``; without how, open the form."""
    how = normal(grammar.readable(rest))
    if not how:
        return _open(desk, slash, ticket.reference)
    return replies.said(_done(submit(desk, slash, RecordVerified(ticket.reference, how)).ticket))


def verified(desk: Acts, submission: Submission) -> Answer:
    """Put it on record; a form below comes back with its words."""
    how = normal(submission.view.text("how"))
    need_words([("how", how)])
    ticket = submit(desk, submission, RecordVerified(submission.reference, how)).ticket
    return replies.updated(replies.notice(_done(ticket), ticket.reference))


def _done(ticket: Ticket) -> str:
    facts = {"account": account_name(ticket), "ref": ticket.reference}
    return render.line("done_verified", facts)


DOORS = Doors(
    presses={
        VERIFIED_OPEN: open_verified,
    },
    submissions={
        VIEW_RECORD_VERIFIED: verified,
    },
    ticket_verbs={
        "verified": type_verified,
    },
)
