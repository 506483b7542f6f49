"""What an executive sees and asks. Source: S160; D11; words.md 5."""

from __future__ import annotations

from handlers.kit import replies
from handlers.kit.acting import submit, told
from handlers.kit.doors import Doors
from handlers.kit.edge import Press, Submission
from handlers.kit.journey import actor_of
from handlers.kit.ports import Acts, Answers
from handlers.kit.refusing import need_ticket
from handlers.kit.replies import Answer
from protocols.executives.events import AskQuestion, MarkSeen
from protocols.executives.state import Executives
from protocols.rights.guards import need_on_ticket, need_staff
from templates.executives.words import EXEC_ASK, EXEC_SEEN, VIEW_ASK_QUESTION
from templates.kit import render


def seen(desk: Acts, press: Press) -> Answer:
    """Note that the brief was seen: a press, never inferred."""
    ticket = submit(desk, press, MarkSeen(press.reference)).ticket
    return told(desk, press, ticket, "done_seen", at=desk.now())


def open_question(desk: Answers, press: Press) -> Answer:
    """Open **Ask a question**, for an executive who was told and for people on the ticket."""
    ticket = need_ticket(desk, press.reference)
    ctx = desk.context(actor_of(desk, press))
    need_staff(ctx)
    if not any(ctx.same(told.who.key, ctx.by.key) for told in ticket.of(Executives).executives):
        need_on_ticket(ticket, ctx)
    contact = ticket.poc.name if ticket.poc is not None else "The CS manager on duty"
    facts = {"contact": contact, "ref": ticket.reference}
    return replies.show_view(desk, press, render.view("ask_question", facts))


def ask(desk: Acts, submission: Submission) -> Answer:
    """Put the question on the bridge."""
    command = AskQuestion(submission.reference, submission.view.text("question"))
    return told(desk, submission, submit(desk, submission, command).ticket, "done_asked")


DOORS = Doors(
    presses={
        EXEC_SEEN: seen,
        EXEC_ASK: open_question,
    },
    submissions={
        VIEW_ASK_QUESTION: ask,
    },
)
