"""How an executive is asked for a decision, and decides.

Source: S160; D11; words.md 5.
"""

from __future__ import annotations

from datetime import UTC, datetime

from handlers.kit import replies
from handlers.kit.acting import context_of, number, submit, told
from handlers.kit.doors import Doors
from handlers.kit.edge import Press, Slash, Submission
from handlers.kit.ports import Acts, Answers
from handlers.kit.refusing import need_ticket
from handlers.kit.replies import Answer, Correct
from handlers.slack import promises
from protocols.decisions import rules as decisions
from protocols.decisions.events import AskDecision, Decide
from protocols.decisions.state import Decisions
from protocols.kernel.context import Context
from protocols.ticket import Ticket
from templates.decisions.words import DECISION_OPEN, EXEC_DECIDE, VIEW_DECISION_REQUEST
from templates.kit import render
from templates.kit.render import Json


def decision_form(ticket: Ticket, ctx: Context) -> Json:
    """Return the form *Ask for a decision*, for those who may ask; its time is only proposed."""
    sponsor = decisions.need_asker(ticket, ctx)
    due_at = promises.opened_at(ctx) + promises.usual(ticket, ctx)
    facts = {
        "due_stamp": int(due_at.timestamp()),
        "least": decisions.LEAST_ANSWERS,
        "longest": decisions.LONGEST_ANSWER,
        "most": decisions.MOST_ANSWERS,
        "ref": ticket.reference,
        "sponsor": sponsor.name,
    }
    return render.view("decision_request", facts)


def open_decision(desk: Answers, press: Press) -> Answer:
    """Open **Ask for a decision**."""
    ticket = need_ticket(desk, press.reference)
    form = decision_form(ticket, context_of(desk, press, ticket))
    return replies.show_view(desk, press, form)


def type_decision(desk: Answers, slash: Slash, ticket: Ticket, _rest: str) -> Answer:
    """Answer ``/bridge decision``."""
    form = decision_form(ticket, context_of(desk, slash, ticket))
    return replies.show_view(desk, slash, form)


def ask_decision(desk: Acts, submission: Submission) -> Answer:
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
    command = AskDecision(
        submission.reference, view.text("question"), answers, due_at, view.text("default")
    )
    ticket = submit(desk, submission, command).ticket
    person = ticket.of(Decisions).decisions[-1].asked_of.name
    return told(desk, submission, ticket, "done_decision_asked", person=person, at=due_at)


def decide(desk: Acts, press: Press) -> Answer:
    """Note the executive's decision: the question's number and the answer's are on the button."""
    reference = press.reference
    asked, option = (number(press.part(index), reference) for index in (1, 2))
    ticket = submit(desk, press, Decide(reference, asked, option)).ticket
    made = ticket.of(Decisions).decisions[asked - 1]
    facts = {"answer": made.answer, "person": made.asked_by.name, "at": made.settled_at}
    return told(desk, press, ticket, "done_decided", **facts)


DOORS = Doors(
    presses={
        DECISION_OPEN: open_decision,
        EXEC_DECIDE: decide,
    },
    submissions={
        VIEW_DECISION_REQUEST: ask_decision,
    },
    bridge_verbs={
        "decision": type_decision,
    },
)
