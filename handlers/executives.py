"""This file owns what an executive presses on a brief. Source: D11; words.md 5."""

from __future__ import annotations

from handlers import replies
from handlers.acting import submit, told
from handlers.desk import Desk
from handlers.edge import Press, Submission
from handlers.journey import actor_of
from handlers.refusing import need_ticket
from handlers.replies import Answer
from protocols import commands as cmd
from protocols.refusals import OldButton
from protocols.rules.guards import need_on_ticket, need_staff
from templates import actions, render


def seen(desk: Desk, press: Press) -> Answer:
    """Note that the brief was seen: a press, never inferred."""
    ticket = submit(desk, press, cmd.MarkSeen(press.reference)).ticket
    return told(desk, press, ticket, "done_seen", at=desk.now())


def open_question(desk: Desk, press: Press) -> Answer:
    """Open **Ask a question**, for an executive who was told and for people on the ticket."""
    ticket = need_ticket(desk, press.reference)
    ctx = desk.context(actor_of(desk, press))
    need_staff(ctx)
    if all(executive.who.key != ctx.by.key for executive in ticket.executives):
        need_on_ticket(ticket, ctx)
    contact = ticket.poc.name if ticket.poc is not None else "The CS manager on duty"
    facts = {"contact": contact, "ref": ticket.reference}
    return replies.show_view(desk, press, render.view("ask_question", facts))


def ask(desk: Desk, submission: Submission) -> Answer:
    """Put the question on the bridge."""
    command = cmd.AskQuestion(submission.reference, submission.view.text("question"))
    return told(desk, submission, submit(desk, submission, command).ticket, "done_asked")


def not_asked(_desk: Desk, gesture: Press | Submission) -> Answer:
    """Refuse a decision's button: no decision is asked by this release.

    Raises:
        OldButton: Always.
    """
    raise OldButton(reference=gesture.reference)


PRESSES = {
    actions.EXEC_SEEN: seen,
    actions.EXEC_ASK: open_question,
    actions.EXEC_DECIDE: not_asked,
}
SUBMISSIONS = {
    actions.VIEW_ASK_QUESTION: ask,
    actions.VIEW_DECISION_REQUEST: not_asked,
}
