"""What a signal asks for is said to be done, or not needed, by a form. Source: S25-S33."""

from __future__ import annotations

from handlers.kit import replies
from handlers.kit.acting import context_of, submit, told
from handlers.kit.doors import Doors
from handlers.kit.edge import Press, Slash, Submission
from handlers.kit.ports import Acts, Answers, Desk
from handlers.kit.refusing import need_ticket
from handlers.kit.replies import Answer, Correct
from protocols.checklist.events import SettleActions
from protocols.checklist.items import items
from protocols.checklist.rules import need_worker
from protocols.kernel.refusals import ReasonNeeded
from protocols.ticket import Ticket
from templates.checklist.facts import form_facts, undone_words
from templates.checklist.words import CHECKLIST_OPEN, VIEW_CHECKLIST
from templates.kit import render

FIELD = "do_"
"""Begins the name of an action's field."""


def _open(desk: Answers, gesture: Press | Slash, reference: str) -> Answer:
    ticket = need_ticket(desk, reference)
    ctx = context_of(desk, gesture, ticket)
    need_worker(ticket, ctx)
    if not items(ticket, ctx.policy):
        return told(desk, gesture, ticket, "no_checklist")
    facts = {**form_facts(ticket, ctx), "now": ctx.now}
    return replies.show_view(desk, gesture, render.view(VIEW_CHECKLIST, facts))


def open_checklist(desk: Answers, press: Press) -> Answer:
    """Open **Checklist**; over a form that stands open, that stays."""
    return _open(desk, press, press.reference)


def type_checklist(desk: Desk, slash: Slash, ticket: Ticket, _rest: str) -> Answer:
    """Answer ``/ticket checklist REF``."""
    return _open(desk, slash, ticket.reference)


def settle(desk: Acts, submission: Submission) -> Answer:
    """Put on record what is done, and what is not needed."""
    view = submission.view
    command = SettleActions(
        submission.reference,
        _chosen(submission, "done"),
        _chosen(submission, "waived"),
        view.text("reason"),
    )
    try:
        ticket = submit(desk, submission, command).ticket
    except ReasonNeeded as refused:
        raise Correct(reason=render.line("error_required", {})) from refused
    ctx = context_of(desk, submission, ticket)
    return told(desk, submission, ticket, "done_actions", undone=undone_words(ticket, ctx))


def _chosen(submission: Submission, what: str) -> tuple[str, ...]:
    """Return the actions of which this was chosen."""
    view = submission.view
    names = (name for name in view.values if name.startswith(FIELD) and view.text(name) == what)
    return tuple(name.removeprefix(FIELD) for name in names)


DOORS = Doors(
    presses={
        CHECKLIST_OPEN: open_checklist,
    },
    submissions={
        VIEW_CHECKLIST: settle,
    },
    ticket_verbs={
        "checklist": type_checklist,
    },
    bridge_verbs={
        "checklist": type_checklist,
    },
)
