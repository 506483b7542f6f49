"""This file owns the end of a ticket: resolved, solved, re-opened, closed, opened by mistake.

Source: S53, S98-S101; D7; words.md 2, 3.5, 4.8.
"""

from __future__ import annotations

from handlers.kit import grammar, replies
from handlers.kit.acting import account_name, insider, opener, submit, told, verb
from handlers.kit.doors import Doors
from handlers.kit.edge import Press, Slash, Submission
from handlers.kit.grammar import is_reference
from handlers.kit.journey import actor_of
from handlers.kit.ports import Acts, Answers, Glance
from handlers.kit.refusing import need_ticket
from handlers.kit.replies import NOTED, Answer, Correct
from handlers.slack.account import need_account, thanks
from handlers.slack.updates import objecting
from handlers.slack.updates.drafting import need_words
from protocols.closure.events import (
    AnswerSolved,
    CloseUnconfirmed,
    MarkOpenedInError,
    Reopen,
    Resolve,
)
from protocols.closure.rules import OWED_WORDS, owed
from protocols.kernel.context import Context
from protocols.rights.guards import need_on_ticket
from protocols.ticket import Ticket
from protocols.updates.events import DraftKind
from protocols.updates.refusals import WordsRefused
from templates.closure.words import (
    SOLVED_NO,
    SOLVED_YES,
    TICKET_MISTAKE,
    TICKET_RESOLVE,
    VIEW_OPENED_BY_MISTAKE,
    VIEW_RESOLVE,
    VIEW_STILL_WRONG,
)
from templates.kit import render
from templates.kit.render import Json


def solved(desk: Acts, press: Press) -> Answer:
    """Note that the account says it is solved."""
    command = AnswerSolved(press.reference, solved=True)
    ticket = submit(desk, press, command).ticket
    line = render.line("thanks_solved", {"ref": ticket.reference})
    replies.tell(desk, press, thanks(desk, press, ticket) if ticket.is_live else line)
    return NOTED


def open_still_wrong(desk: Answers, press: Press) -> Answer:
    """Ask someone at the account what is still wrong."""
    ticket = need_ticket(desk, press.reference)
    need_account(desk, press, ticket)
    view = render.view("still_wrong", {"ref": ticket.reference})
    return replies.show_view(desk, press, view)


def still_wrong(desk: Acts, submission: Submission) -> Answer:
    """Note that it is not solved, in the account's own words."""
    words = submission.view.text("still_wrong")
    command = AnswerSolved(submission.reference, solved=False, words=words)
    ticket = submit(desk, submission, command).ticket
    return replies.updated(replies.notice(thanks(desk, submission, ticket), ticket.reference))


DUPLICATE = "duplicate"


def open_mistake(desk: Answers, press: Press) -> Answer:
    """Ask what it was: wrong account, a duplicate, or not a problem."""
    ticket = need_ticket(desk, press.reference)
    need_on_ticket(ticket, desk.context(actor_of(desk, press)))
    account = ticket.account.name if ticket.account is not None else "no account"
    view = render.view("opened_by_mistake", {"ref": ticket.reference, "account": account})
    return replies.show_view(desk, press, view)


def submit_mistake(desk: Acts, submission: Submission) -> Answer:
    """Take the ticket out of the figures; it stays in the record."""
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


def _duplicate_of(desk: Glance, submission: Submission) -> str:
    """Return the ticket that this one repeats: another one, that there is."""
    named = submission.view.text("duplicate_of").strip().upper()
    if not is_reference(named) or named == submission.reference or desk.ticket(named) is None:
        shown = render.refusal("unknown_ticket", {"ref": named or "(nothing)"})
        raise Correct(duplicate_of=shown)
    return named


def resolve_form(ticket: Ticket, _ctx: Context, *, objections: str = "") -> Json:
    """Return the form *Resolve*, which says that its words go through a release."""
    facts = {
        "account": account_name(ticket),
        "asks_reason": objections,
        "needs_release": ticket.account is not None,
        "owed": ", ".join(OWED_WORDS[reason] for reason in owed(ticket)),
        "ref": ticket.reference,
    }
    return render.view("resolve", facts)


def resolve(desk: Acts, submission: Submission) -> Answer:
    """Resolve the ticket; the words for the account go into review."""
    view = submission.view
    command = Resolve(
        submission.reference,
        view.text("done"),
        view.text("how_to_check"),
        view.text("asked_reason"),
    )
    need_words([("done", command.done), ("how_to_check", command.check)])
    try:
        ticket = submit(desk, submission, command).ticket
    except WordsRefused as refused:
        kind = DraftKind.RESOLUTION
        objecting.kept(desk, submission, submission.reference, refused, kind)
        if "asked_reason" in view.blocks or not objecting.may_be_overruled(refused):
            raise objecting.under_fields(refused) from refused
        found, ctx = insider(desk, submission, submission.reference)
        form = resolve_form(found, ctx, objections=objecting.in_words(refused))
        return replies.updated(form)
    needs_release = ticket.account is not None
    return told(desk, submission, ticket, "done_resolved", needs_release=needs_release)


def type_reopen(desk: Acts, slash: Slash, ticket: Ticket, rest: str) -> Answer:
    """Answer ``/ticket reopen``, with the reason."""
    command = Reopen(ticket.reference, grammar.readable(rest))
    return told(desk, slash, submit(desk, slash, command).ticket, "done_reopened")


def type_close(desk: Acts, slash: Slash, ticket: Ticket, rest: str) -> Answer:
    """Answer ``/ticket close``, with the reason: the account never said whether it is solved."""
    command = CloseUnconfirmed(ticket.reference, grammar.readable(rest))
    return told(desk, slash, submit(desk, slash, command).ticket, "done_closed")


DOORS = Doors(
    presses={
        SOLVED_YES: solved,
        SOLVED_NO: open_still_wrong,
        TICKET_MISTAKE: open_mistake,
        TICKET_RESOLVE: opener(resolve_form),
    },
    submissions={
        VIEW_STILL_WRONG: still_wrong,
        VIEW_OPENED_BY_MISTAKE: submit_mistake,
        VIEW_RESOLVE: resolve,
    },
    ticket_verbs={
        "reopen": type_reopen,
        "close": type_close,
        "resolve": verb(resolve_form),
    },
    bridge_verbs={
        "resolve": verb(resolve_form),
    },
)
