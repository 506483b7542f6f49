"""This file owns what is found and kept: scope, findings, isolation, exposure, notes.

Source: S36, S41, S44-S46; words.md 4.6.
"""

from __future__ import annotations

from handlers import grammar, replies
from handlers.acting import account_name, insider, opener, submit, told
from handlers.desk import Desk
from handlers.edge import Press, Slash, Submission
from handlers.replies import Answer, Correct
from protocols import commands as cmd
from protocols.context import Context
from protocols.rules.bridge import REVIEWERS
from protocols.slices import Helpers, Investigation
from protocols.ticket import Ticket
from templates import actions, render
from templates.render import Json

FACT = "fact"
SCOPE = "scope"


def scope_form(ticket: Ticket, _ctx: Context) -> Json:
    """Return the form *Scope*."""
    return render.view("scope", {"account": account_name(ticket), "ref": ticket.reference})


def confirm_scope(desk: Desk, submission: Submission) -> Answer:
    """Confirm the scope, or correct it."""
    view = submission.view
    command = cmd.ConfirmScope(
        submission.reference, view.text("accounts"), view.text("since"), view.text("how")
    )
    seen = submit(desk, submission, command)
    return told(desk, submission, seen.ticket, "done_scope")


def finding_form(ticket: Ticket, _ctx: Context, *, text: str = "", kind: str = SCOPE) -> Json:
    """Return the form *Record a finding*, with words that were typed or said already."""
    facts = {
        "account": account_name(ticket),
        "kind": kind,
        "ref": ticket.reference,
        "text": text,
    }
    return render.view("finding", facts)


def record_finding(desk: Desk, submission: Submission) -> Answer:
    """Keep a finding; of kind *scope* with both counts it is the blast radius."""
    view = submission.view
    command = cmd.RecordFinding(
        submission.reference,
        view.text("kind") or FACT,
        view.text("finding"),
        _count(submission, "accounts_count"),
        _count(submission, "records_count"),
    )
    return _kept(desk, submission, command)


def _count(submission: Submission, name: str) -> int | None:
    words = submission.view.text(name).strip().replace(",", "").replace(" ", "")
    if not words:
        return None
    if not (words.isascii() and words.isdigit()):
        raise Correct(**{name: render.line("error_number", {})})
    return int(words)


def _kept(desk: Desk, gesture: Submission | Slash, command: cmd.RecordFinding) -> Answer:
    ticket = submit(desk, gesture, command).ticket
    return told(
        desk, gesture, ticket, "done_finding", number=len(ticket.of(Investigation).findings)
    )


def type_finding(desk: Desk, slash: Slash, ticket: Ticket, rest: str) -> Answer:
    """Answer ``/bridge finding TEXT``; without words the form opens."""
    if rest:
        text = grammar.readable(rest)
        return _kept(desk, slash, cmd.RecordFinding(ticket.reference, FACT, text))
    found, ctx = insider(desk, slash, ticket.reference)
    return replies.show_view(desk, slash, finding_form(found, ctx))


def isolated_form(ticket: Ticket, _ctx: Context) -> Json:
    """Return the form *Records isolated*."""
    return render.view("isolated", {"ref": ticket.reference})


def not_possible_form(ticket: Ticket, _ctx: Context) -> Json:
    """Return the form *Not possible*, on top of *Records isolated*."""
    return render.view("not_possible", {"ref": ticket.reference})


def isolate(desk: Desk, submission: Submission) -> Answer:
    """Record where and how the records are isolated."""
    return _isolation(desk, submission, possible=True, text=submission.view.text("how"))


def cannot_isolate(desk: Desk, submission: Submission) -> Answer:
    """Record why the records cannot be isolated."""
    return _isolation(desk, submission, possible=False, text=submission.view.text("why"))


def _isolation(desk: Desk, submission: Submission, *, possible: bool, text: str) -> Answer:
    command = cmd.RecordIsolation(submission.reference, possible, text)
    seen = submit(desk, submission, command)
    return told(desk, submission, seen.ticket, "done_isolated")


def exposure_form(ticket: Ticket, ctx: Context) -> Json:
    """Return the form *Confirm exposure*, which names who is asked."""
    reviewers = ", ".join(who.name for who in ctx.on_duty(*REVIEWERS))
    facts = {"account": account_name(ticket), "ref": ticket.reference, "reviewers": reviewers}
    return render.view("exposure", facts)


def confirm_exposure(desk: Desk, submission: Submission) -> Answer:
    """Confirm the exposure, and keep who has seen it on the timeline."""
    reference = submission.reference
    ticket = submit(desk, submission, cmd.ConfirmExposure(reference)).ticket
    seen_by = submission.view.text("seen_by").strip()
    if seen_by:
        note = cmd.AddNote(reference, f"Exposure seen by: {seen_by}")
        ticket = submit(desk, submission, note, "seen_by").ticket
    asked = ", ".join(
        helper.who.name for helper in ticket.of(Helpers).helpers if helper.duty in REVIEWERS
    )
    return told(desk, submission, ticket, "done_exposure", reviewers=asked)


def note_form(ticket: Ticket, _ctx: Context) -> Json:
    """Return the form *Add a note*."""
    return render.view("note", {"ref": ticket.reference})


def add_note(desk: Desk, submission: Submission) -> Answer:
    """Put a note on the timeline."""
    command = cmd.AddNote(submission.reference, submission.view.text("note"))
    return told(desk, submission, submit(desk, submission, command).ticket, "done_note")


def type_note(desk: Desk, slash: Slash, ticket: Ticket, rest: str) -> Answer:
    """Answer ``/bridge note TEXT``; without words the form opens."""
    if rest:
        command = cmd.AddNote(ticket.reference, grammar.readable(rest))
        return told(desk, slash, submit(desk, slash, command).ticket, "done_note")
    found, ctx = insider(desk, slash, ticket.reference)
    return replies.show_view(desk, slash, note_form(found, ctx))


def _open_finding(desk: Desk, press: Press) -> Answer:
    ticket, ctx = insider(desk, press, press.reference)
    return replies.show_view(desk, press, finding_form(ticket, ctx))


PRESSES = {
    actions.SCOPE_OPEN: opener(scope_form),
    actions.FINDING_OPEN: _open_finding,
    actions.ISOLATED_OPEN: opener(isolated_form),
    actions.ISOLATED_NOT_POSSIBLE: opener(not_possible_form),
    actions.EXPOSURE_OPEN: opener(exposure_form),
    actions.NOTE_OPEN: opener(note_form),
}
SUBMISSIONS = {
    actions.VIEW_SCOPE: confirm_scope,
    actions.VIEW_FINDING: record_finding,
    actions.VIEW_ISOLATED: isolate,
    actions.VIEW_NOT_POSSIBLE: cannot_isolate,
    actions.VIEW_EXPOSURE: confirm_exposure,
    actions.VIEW_NOTE: add_note,
}
BRIDGE_VERBS = {"finding": type_finding, "note": type_note}
