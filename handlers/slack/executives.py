"""What an executive sees and asks. Source: S160; D11; words.md 5."""

from __future__ import annotations

from handlers.kit import replies
from handlers.kit.acting import insider, number, part, submit, told
from handlers.kit.doors import Doors
from handlers.kit.edge import Press, Submission
from handlers.kit.journey import actor_of
from handlers.kit.ports import Acts, Answers
from handlers.kit.refusing import need_ticket
from handlers.kit.replies import Answer
from protocols.executives.events import AnswerQuestion, AskQuestion, MarkSeen
from protocols.executives.rules import answerer
from protocols.executives.state import AskedQuestion, Executives, Questions
from protocols.kernel.refusals import OldButton
from protocols.rights.guards import need_on_ticket, need_staff
from protocols.ticket import Ticket
from templates.executives.words import (
    EXEC_ASK,
    EXEC_SEEN,
    QUESTION_ANSWER,
    VIEW_ANSWER_QUESTION,
    VIEW_ASK_QUESTION,
)
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
    facts = {
        "contact": answerer(ticket, ctx.staff, ctx).name,
        "minutes": int(ctx.policy.questions.answer_within.total_seconds() // 60),
        "ref": ticket.reference,
    }
    return replies.show_view(desk, press, render.view("ask_question", facts))


def ask(desk: Acts, submission: Submission) -> Answer:
    """Put the question on the bridge, and to whom it is asked of."""
    command = AskQuestion(submission.reference, submission.view.text("question"))
    ticket = submit(desk, submission, command).ticket
    asked = ticket.of(Questions).questions_asked[-1]
    facts = {"contact": asked.asked_of.name, "at": asked.due_at}
    return told(desk, submission, ticket, "done_asked", **facts)


def open_answer(desk: Answers, press: Press) -> Answer:
    """Open **Answer**, for people on the ticket."""
    ticket, _ctx = insider(desk, press, press.reference)
    asked = _question(ticket, press.part(1))
    facts = {
        "number": asked.number,
        "person": asked.asked_by.name,
        "question": asked.text,
        "ref": ticket.reference,
    }
    return replies.show_view(desk, press, render.view("answer_question", facts))


def answer(desk: Acts, submission: Submission) -> Answer:
    """Bring the answer to whoever asked."""
    wanted = number(part(submission, 1), submission.reference)
    command = AnswerQuestion(submission.reference, wanted, submission.view.text("answer"))
    ticket = submit(desk, submission, command).ticket
    asked = _question(ticket, str(wanted))
    return told(desk, submission, ticket, "done_answered", person=asked.asked_by.name)


def _question(ticket: Ticket, words: str) -> AskedQuestion:
    """Return the question on a button.

    Raises:
        OldButton: There is none of this number.
    """
    asked = ticket.of(Questions).question(number(words, ticket.reference))
    if asked is None:
        raise OldButton(reference=ticket.reference)
    return asked


DOORS = Doors(
    presses={
        EXEC_SEEN: seen,
        EXEC_ASK: open_question,
        QUESTION_ANSWER: open_answer,
    },
    submissions={
        VIEW_ASK_QUESTION: ask,
        VIEW_ANSWER_QUESTION: answer,
    },
)
