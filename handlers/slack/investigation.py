"""What is found and kept: scope, findings, isolation, exposure.

Source: S36, S41, S44-S46; words.md 4.6.
"""

from __future__ import annotations

from handlers.kit import grammar, replies
from handlers.kit.acting import (
    account_name,
    insider,
    no_bridge,
    opener,
    submit,
    ticket_of_message,
    told,
)
from handlers.kit.doors import Doors
from handlers.kit.edge import MessageShortcut, Press, Slash, Submission
from handlers.kit.grammar import readable
from handlers.kit.journey import actor_of
from handlers.kit.ports import Acts, Answers
from handlers.kit.replies import Answer, Correct
from protocols.helpers.calling import reviewers
from protocols.helpers.events import HelperCalled
from protocols.helpers.rules import REVIEWERS
from protocols.helpers.state import Helpers
from protocols.investigation.events import (
    ConfirmExposure,
    ConfirmScope,
    RecordFinding,
    RecordIsolation,
)
from protocols.investigation.state import Investigation
from protocols.kernel.context import Context
from protocols.rights.guards import need_on_ticket
from protocols.ticket import Ticket
from protocols.timeline.events import AddNote
from protocols.words.masking import masked_and_cut
from templates.investigation.words import (
    EXPOSURE_OPEN,
    FINDING_OPEN,
    ISOLATED_NOT_POSSIBLE,
    ISOLATED_OPEN,
    SCOPE_OPEN,
    VIEW_EXPOSURE,
    VIEW_FINDING,
    VIEW_ISOLATED,
    VIEW_NOT_POSSIBLE,
    VIEW_SCOPE,
)
from templates.kit import render
from templates.kit.render import Json

FACT = "fact"
SCOPE = "scope"


def scope_form(ticket: Ticket, _ctx: Context) -> Json:
    """Return the form *Scope*."""
    return render.view("scope", {"account": account_name(ticket), "ref": ticket.reference})


def confirm_scope(desk: Acts, submission: Submission) -> Answer:
    """Confirm the scope, or correct it."""
    view = submission.view
    command = ConfirmScope(
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


def record_finding(desk: Acts, submission: Submission) -> Answer:
    """Keep a finding; of kind *scope* with both counts it is the blast radius."""
    view = submission.view
    command = RecordFinding(
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


def _kept(desk: Acts, gesture: Submission | Slash, command: RecordFinding) -> Answer:
    ticket = submit(desk, gesture, command).ticket
    return told(
        desk, gesture, ticket, "done_finding", number=len(ticket.of(Investigation).findings)
    )


def type_finding(desk: Acts, slash: Slash, ticket: Ticket, rest: str) -> Answer:
    """Answer ``/bridge finding TEXT``; without words the form opens."""
    if rest:
        text = grammar.readable(rest)
        return _kept(desk, slash, RecordFinding(ticket.reference, FACT, text))
    found, ctx = insider(desk, slash, ticket.reference)
    return replies.show_view(desk, slash, finding_form(found, ctx))


def isolated_form(ticket: Ticket, _ctx: Context) -> Json:
    """Return the form *Records isolated*."""
    return render.view("isolated", {"ref": ticket.reference})


def not_possible_form(ticket: Ticket, _ctx: Context) -> Json:
    """Return the form *Not possible*, on top of *Records isolated*."""
    return render.view("not_possible", {"ref": ticket.reference})


def isolate(desk: Acts, submission: Submission) -> Answer:
    """Record where and how the records are isolated."""
    return _isolation(desk, submission, possible=True, text=submission.view.text("how"))


def cannot_isolate(desk: Acts, submission: Submission) -> Answer:
    """Record why the records cannot be isolated."""
    return _isolation(desk, submission, possible=False, text=submission.view.text("why"))


def _isolation(desk: Acts, submission: Submission, *, possible: bool, text: str) -> Answer:
    command = RecordIsolation(submission.reference, possible, text)
    seen = submit(desk, submission, command)
    return told(desk, submission, seen.ticket, "done_isolated")


def exposure_form(ticket: Ticket, ctx: Context) -> Json:
    """Return the form *Confirm exposure*, which names who is asked."""
    asked = (each.person.name for each in reviewers(ctx, ticket) if isinstance(each, HelperCalled))
    facts = {
        "account": account_name(ticket),
        "ref": ticket.reference,
        "reviewers": ", ".join(dict.fromkeys(asked)),
    }
    return render.view("exposure", facts)


def confirm_exposure(desk: Acts, submission: Submission) -> Answer:
    """Confirm the exposure, and keep who has seen it on the timeline."""
    reference = submission.reference
    ticket = submit(desk, submission, ConfirmExposure(reference)).ticket
    seen_by = submission.view.text("seen_by").strip()
    if seen_by:
        note = AddNote(reference, f"Exposure seen by: {seen_by}")
        ticket = submit(desk, submission, note, "seen_by").ticket
    asked = ", ".join(
        helper.who.name for helper in ticket.of(Helpers).helpers if helper.duty in REVIEWERS
    )
    return told(desk, submission, ticket, "done_exposure", reviewers=asked)


def _open_finding(desk: Answers, press: Press) -> Answer:
    ticket, ctx = insider(desk, press, press.reference)
    return replies.show_view(desk, press, finding_form(ticket, ctx))


RECORD_FINDING = "finding.record"
_FINDING_MAX = 3000
"""How many characters the field *Finding* holds; the template says so."""


def _record_finding(desk: Answers, shortcut: MessageShortcut) -> Answer:
    """Open the finding's form with the message in it."""
    ticket = ticket_of_message(desk, shortcut)
    if ticket is None:
        return no_bridge(desk, shortcut)
    need_on_ticket(ticket, desk.context(actor_of(desk, shortcut)))
    account = ticket.account.name if ticket.account is not None else "the account"
    facts = {
        "ref": ticket.reference,
        "account": account,
        "kind": "fact",
        "text": masked_and_cut(readable(shortcut.text), _FINDING_MAX),
    }
    return replies.show_view(desk, shortcut, render.view("finding", facts))


DOORS = Doors(
    presses={
        FINDING_OPEN: _open_finding,
        SCOPE_OPEN: opener(scope_form),
        ISOLATED_OPEN: opener(isolated_form),
        ISOLATED_NOT_POSSIBLE: opener(not_possible_form),
        EXPOSURE_OPEN: opener(exposure_form),
    },
    submissions={
        VIEW_SCOPE: confirm_scope,
        VIEW_FINDING: record_finding,
        VIEW_ISOLATED: isolate,
        VIEW_NOT_POSSIBLE: cannot_isolate,
        VIEW_EXPOSURE: confirm_exposure,
    },
    message_shortcuts={
        RECORD_FINDING: _record_finding,
    },
    bridge_verbs={
        "finding": type_finding,
    },
)
