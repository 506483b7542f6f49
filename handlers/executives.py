"""This file owns what an executive presses, and how one is asked. Source: S160; D11; words.md 5."""

from __future__ import annotations

from datetime import UTC, datetime

from handlers import promising, replies
from handlers.acting import context_of, number, submit, told
from handlers.desk import Desk
from handlers.edge import Press, Slash, Submission
from handlers.journey import actor_of
from handlers.refusing import need_ticket
from handlers.replies import Answer, Correct
from protocols import commands as cmd
from protocols.context import Context
from protocols.rules import decisions
from protocols.rules.guards import need_on_ticket, need_staff
from protocols.slices import Decisions, Executives
from protocols.ticket import Ticket
from templates import actions, render
from templates.render import Json


def seen(desk: Desk, press: Press) -> Answer:
    """Note that the brief was seen: a press, never inferred."""
    ticket = submit(desk, press, cmd.MarkSeen(press.reference)).ticket
    return told(desk, press, ticket, "done_seen", at=desk.now())


def open_question(desk: Desk, press: Press) -> Answer:
    """Open **Ask a question**, for an executive who was told and for people on the ticket."""
    ticket = need_ticket(desk, press.reference)
    ctx = desk.context(actor_of(desk, press))
    need_staff(ctx)
    if not any(ctx.same(told.who.key, ctx.by.key) for told in ticket.of(Executives).executives):
        need_on_ticket(ticket, ctx)
    contact = ticket.poc.name if ticket.poc is not None else "The CS manager on duty"
    facts = {"contact": contact, "ref": ticket.reference}
    return replies.show_view(desk, press, render.view("ask_question", facts))


def ask(desk: Desk, submission: Submission) -> Answer:
    """Put the question on the bridge."""
    command = cmd.AskQuestion(submission.reference, submission.view.text("question"))
    return told(desk, submission, submit(desk, submission, command).ticket, "done_asked")


def decision_form(ticket: Ticket, ctx: Context) -> Json:
    """Return the form *Ask for a decision*, for those who may ask; its time is only proposed."""
    sponsor = decisions.need_asker(ticket, ctx)
    due_at = promising.opened_at(ctx) + promising.usual(ticket, ctx)
    facts = {
        "due_stamp": int(due_at.timestamp()),
        "least": decisions.LEAST_ANSWERS,
        "longest": decisions.LONGEST_ANSWER,
        "most": decisions.MOST_ANSWERS,
        "ref": ticket.reference,
        "sponsor": sponsor.name,
    }
    return render.view("decision_request", facts)


def open_decision(desk: Desk, press: Press) -> Answer:
    """Open **Ask for a decision**."""
    ticket = need_ticket(desk, press.reference)
    form = decision_form(ticket, context_of(desk, press, ticket))
    return replies.show_view(desk, press, form)


def type_decision(desk: Desk, slash: Slash, ticket: Ticket, _rest: str) -> Answer:
    """Answer ``/bridge decision``."""
    form = decision_form(ticket, context_of(desk, slash, ticket))
    return replies.show_view(desk, slash, form)


def ask_decision(desk: Desk, submission: Submission) -> Answer:
    """Ask the executive: the question, its answers, by when, and what holds without one.

    Raises:
        Correct: No time is chosen.
    """
    view = submission.view
    stamp = view.text("due_at")
    if not (stamp.isascii() and stamp.isdigit()):
        raise Correct(due_at=render.line("error_required", {}))
    due_at = datetime.fromtimestamp(int(stamp), UTC)
    answers = tuple(line for line in view.text("answers").splitlines() if line.strip())
    command = cmd.AskDecision(
        submission.reference, view.text("question"), answers, due_at, view.text("default")
    )
    ticket = submit(desk, submission, command).ticket
    person = ticket.of(Decisions).decisions[-1].asked_of.name
    return told(desk, submission, ticket, "done_decision_asked", person=person, at=due_at)


def decide(desk: Desk, press: Press) -> Answer:
    """Note the executive's decision: the question's number and the answer's are on the button."""
    reference = press.reference
    asked, option = (number(press.part(index), reference) for index in (1, 2))
    ticket = submit(desk, press, cmd.Decide(reference, asked, option)).ticket
    made = ticket.of(Decisions).decisions[asked - 1]
    facts = {"answer": made.answer, "person": made.asked_by.name, "at": made.settled_at}
    return told(desk, press, ticket, "done_decided", **facts)


PRESSES = {
    actions.EXEC_SEEN: seen,
    actions.EXEC_ASK: open_question,
    actions.EXEC_DECIDE: decide,
    actions.DECISION_OPEN: open_decision,
}
SUBMISSIONS = {
    actions.VIEW_ASK_QUESTION: ask,
    actions.VIEW_DECISION_REQUEST: ask_decision,
}
BRIDGE_VERBS = {"decision": type_decision}
