"""This file owns the end of a ticket: resolved, confirmed by phone, re-opened, analysed.

Source: S53, S98-S101; D7; words.md 3.5, 4.8.
"""

from __future__ import annotations

from handlers import grammar, objecting, replies
from handlers.acting import account_name, insider, opener, submit, told, verb
from handlers.desk import Desk
from handlers.drafting import need_words
from handlers.edge import Slash, Submission, View
from handlers.refusing import need_ticket
from handlers.replies import Answer
from protocols import commands as cmd
from protocols.context import Context
from protocols.refusals import WordsRefused
from protocols.rules import closure
from protocols.ticket import Contact, DraftKind, Status, Ticket
from templates import actions, render
from templates.render import Json


def resolve_form(ticket: Ticket, _ctx: Context, *, objections: str = "") -> Json:
    """Return the form *Resolve*, which says that its words go through a release."""
    facts = {
        "account": account_name(ticket),
        "asks_reason": objections,
        "needs_release": ticket.account is not None,
        "owed": ", ".join(closure.OWED_WORDS[reason] for reason in closure.owed(ticket)),
        "ref": ticket.reference,
    }
    return render.view("resolve", facts)


def resolve(desk: Desk, submission: Submission) -> Answer:
    """Resolve the ticket; the words for the account go into review."""
    view = submission.view
    command = cmd.Resolve(
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


def type_reopen(desk: Desk, slash: Slash, ticket: Ticket, rest: str) -> Answer:
    """Answer ``/ticket reopen``, with the reason."""
    command = cmd.Reopen(ticket.reference, grammar.readable(rest))
    return told(desk, slash, submit(desk, slash, command).ticket, "done_reopened")


def type_close(desk: Desk, slash: Slash, ticket: Ticket, rest: str) -> Answer:
    """Answer ``/ticket close``, with the reason: the account never said whether it is solved."""
    command = cmd.CloseUnconfirmed(ticket.reference, grammar.readable(rest))
    return told(desk, slash, submit(desk, slash, command).ticket, "done_closed")


MOST_CONTACTS = 9
"""How many contacts the form offers: Slack shows ten choices, and one of them is someone else."""


def words_form(ticket: Ticket, _ctx: Context) -> Json:
    """Return the form *Record their words*; while it is resolved, it asks for their answer."""
    facts = {
        "account": account_name(ticket),
        "asks_solved": ticket.status is Status.RESOLVED,
        "contacts": tuple(
            (str(place), contact.name) for place, contact in enumerate(_contacts(ticket))
        ),
        "ref": ticket.reference,
    }
    return render.view("their_words", facts)


def _contacts(ticket: Ticket) -> tuple[Contact, ...]:
    return ticket.account.contacts[:MOST_CONTACTS] if ticket.account is not None else ()


def _speaker(ticket: Ticket, view: View) -> str:
    """Return who said it: the contact that was picked, else the name that was typed."""
    chosen = view.text("contact")
    if chosen.isascii() and chosen.isdigit() and int(chosen) < len(_contacts(ticket)):
        return _contacts(ticket)[int(chosen)].name
    return view.text("speaker")


def record_words(desk: Desk, submission: Submission) -> Answer:
    """Keep what someone at the account said by phone; an answer counts as theirs."""
    view, reference = submission.view, submission.reference
    said_at, words = view.text("said_at"), view.text("words")
    speaker = _speaker(need_ticket(desk, reference), view)
    if not speaker.strip():
        raise replies.Correct(speaker=render.line("error_required", {}))
    solved = view.text("solved")
    command: cmd.Command
    if solved in ("yes", "no"):
        command = cmd.RecordAnswer(reference, speaker, said_at, words, solved == "yes")
    else:
        command = cmd.RecordWords(reference, speaker, said_at, words)
    return told(desk, submission, submit(desk, submission, command).ticket, "done_words")


def called_form(ticket: Ticket, _ctx: Context) -> Json:
    """Return the form *I called*."""
    return render.view("called", {"account": account_name(ticket), "ref": ticket.reference})


def record_call(desk: Desk, submission: Submission) -> Answer:
    """Keep that the account was called: whom, and what was said."""
    speaker = submission.view.text("speaker").strip()
    note = submission.view.text("note").strip()
    spoken = f"{speaker}: {note}" if speaker and note else speaker or note
    ticket = submit(desk, submission, cmd.RecordCall(submission.reference, spoken)).ticket
    return told(desk, submission, ticket, "done_call")


def analysis_form(ticket: Ticket, _ctx: Context) -> Json:
    """Return the form *Written analysis*."""
    facts = {"account": account_name(ticket), "ref": ticket.reference}
    return render.view("analysis", facts)


def deliver_analysis(desk: Desk, submission: Submission) -> Answer:
    """Keep that the written analysis was delivered, and where it stands. Source: S53."""
    command = cmd.RecordRca(submission.reference, submission.view.text("stands"))
    return told(desk, submission, submit(desk, submission, command).ticket, "done_analysis")


PRESSES = {
    actions.TICKET_RESOLVE: opener(resolve_form),
    actions.WORDS_OPEN: opener(words_form),
    actions.CALLED_OPEN: opener(called_form),
    actions.ANALYSIS_OPEN: opener(analysis_form),
}
SUBMISSIONS = {
    actions.VIEW_RESOLVE: resolve,
    actions.VIEW_THEIR_WORDS: record_words,
    actions.VIEW_CALLED: record_call,
    actions.VIEW_ANALYSIS: deliver_analysis,
}
TICKET_VERBS = {"resolve": verb(resolve_form), "reopen": type_reopen, "close": type_close}
BRIDGE_VERBS = {"resolve": verb(resolve_form)}
