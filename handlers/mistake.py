"""This file owns **Opened by mistake**: out of the figures, in the record. Source: words.md 2."""

from __future__ import annotations

from handlers import replies
from handlers.desk import Desk
from handlers.edge import Press, Submission
from handlers.grammar import is_reference
from handlers.journey import actor_of
from handlers.refusing import need_ticket
from handlers.replies import Answer, Correct
from protocols.commands import MarkOpenedInError
from protocols.rules.guards import need_on_ticket
from templates import actions, render

DUPLICATE = "duplicate"


def _open(desk: Desk, press: Press) -> Answer:
    """Ask what it was: wrong account, a duplicate, or not a problem."""
    ticket = need_ticket(desk, press.reference)
    need_on_ticket(ticket, desk.context(actor_of(desk, press)))
    account = ticket.account.name if ticket.account is not None else "no account"
    view = render.view("opened_by_mistake", {"ref": ticket.reference, "account": account})
    return replies.show_view(desk, press, view)


def _submit(desk: Desk, submission: Submission) -> Answer:
    view = submission.view
    kind, reason = view.text("mistake"), view.text("reason")
    if not kind:
        raise Correct(mistake=render.line("error_required", {}))
    if kind == DUPLICATE:
        reason = f"duplicate of {_duplicate_of(desk, submission)}: {reason}"
    command = MarkOpenedInError(submission.reference, kind, reason)
    desk.submit(command, actor_of(desk, submission), delivery=submission.delivery)
    done = render.line("done_mistake", {"ref": submission.reference})
    return replies.updated(replies.notice(done))


def _duplicate_of(desk: Desk, submission: Submission) -> str:
    """Return the ticket that this one repeats: another one, that there is."""
    named = submission.view.text("duplicate_of").strip().upper()
    if not is_reference(named) or named == submission.reference or desk.ticket(named) is None:
        shown = render.refusal("unknown_ticket", {"ref": named or "(nothing)"})
        raise Correct(duplicate_of=shown)
    return named


PRESSES = {actions.TICKET_MISTAKE: _open}
SUBMISSIONS = {actions.VIEW_OPENED_BY_MISTAKE: _submit}
