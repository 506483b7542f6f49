"""What a signal asks for is said to be done, or not needed, by a form. Source: S25-S33."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from handlers.kit import grammar, replies
from handlers.kit.acting import context_of, insider, number, person, submit, told
from handlers.kit.doors import Doors
from handlers.kit.edge import Press, Slash, Submission, View
from handlers.kit.ports import Acts, Answers, Desk
from handlers.kit.refusing import need_ticket
from handlers.kit.replies import Answer, Correct
from handlers.slack.updates import drafting
from protocols.checklist.events import SaySynced, SettleActions
from protocols.checklist.files import is_file_address
from protocols.checklist.items import items
from protocols.checklist.refusals import CheckNotAhead, NotAWindow
from protocols.checklist.sync import waiting
from protocols.checklist.workers import need_worker
from protocols.engineering.refusals import AddressNeeded
from protocols.kernel.refusals import ReasonNeeded
from protocols.ticket import Ticket
from protocols.words.return_codes import codes_in
from templates.checklist.codes import code_lines
from templates.checklist.facts import form_facts, undone_words
from templates.checklist.words import (
    CHECKLIST_OPEN,
    CHECKLIST_SAMPLE,
    SYNC_FAILED,
    SYNC_PASSED,
    VIEW_CHECKLIST,
)
from templates.kit import render

FIELD = "do_"
"""Begins the name of an action's field."""


def _open(desk: Answers, gesture: Press | Slash, reference: str) -> Answer:
    ticket = need_ticket(desk, reference)
    ctx = context_of(desk, gesture, ticket)
    need_worker(ticket, ctx)
    if not items(ticket, ctx.policy):
        return told(desk, gesture, ticket, "no_checklist")
    view = render.view(VIEW_CHECKLIST, form_facts(ticket, ctx))
    return replies.show_view(desk, gesture, view)


def open_checklist(desk: Answers, press: Press) -> Answer:
    """Open **Checklist**; over a form that stands open, that stays."""
    return _open(desk, press, press.reference)


def type_checklist(desk: Desk, slash: Slash, ticket: Ticket, _rest: str) -> Answer:
    """Answer ``/ticket checklist REF``."""
    return _open(desk, slash, ticket.reference)


def settle(desk: Acts, submission: Submission) -> Answer:
    """Put on record what is done, and what is not needed."""
    view = submission.view
    window_of = view.text("window_person")
    command = SettleActions(
        submission.reference,
        _chosen(view, "done"),
        _chosen(view, "waived"),
        view.text("reason"),
        view.text("address").strip(),
        view.text("link").strip(),
        _instant(view, "check_at"),
        person(desk, window_of) if window_of else None,
        _instant(view, "window_from"),
        _instant(view, "window_to"),
        view.text("sample_at").strip(),
        view.text("error_code").strip(),
    )
    try:
        ticket = submit(desk, submission, command).ticket
    except ReasonNeeded as refused:
        raise Correct(reason=render.line("error_required", {})) from refused
    except CheckNotAhead as refused:
        raise Correct(check_at=render.line("error_check_at", {})) from refused
    except NotAWindow as refused:
        raise Correct(window_to=render.line("error_window", {})) from refused
    except AddressNeeded as refused:
        if command.link and not is_file_address(command.link):
            raise Correct(link=render.line("error_file", {})) from refused
        raise Correct(address=render.line("error_address", {})) from refused
    ctx = context_of(desk, submission, ticket)
    return told(desk, submission, ticket, "done_actions", undone=undone_words(ticket, ctx))


def _instant(view: View, name: str) -> datetime | None:
    """Return the instant that was chosen in a field, None when none was."""
    stamp = view.text(name)
    chosen = stamp.isascii() and stamp.isdigit()
    return datetime.fromtimestamp(int(stamp), UTC) if chosen else None


def _chosen(view: View, what: str) -> tuple[str, ...]:
    """Return the actions of which this was chosen."""
    names = (name for name in view.values if name.startswith(FIELD) and view.text(name) == what)
    return tuple(name.removeprefix(FIELD) for name in names)


def ask_sample(desk: Answers, press: Press) -> Answer:
    """Open the form that asks the account, with the ready text on sample data. Source: S27.

    In a bridge it is an update that asks: no clock waits for the answer there.
    """
    ticket, ctx = insider(desk, press, press.reference)
    words = render.line("sample_data", {"place": ctx.policy.checklist.sample_place})
    form, name = (
        (drafting.UPDATE, "doing") if ticket.tier.has_bridge else (drafting.DETAILS, "questions")
    )
    typed = replace(drafting.blank(ctx), words={name: words})
    return replies.show_view(desk, press, drafting.drawn(form, ticket, ctx, typed))


def passed(desk: Acts, press: Press) -> Answer:
    """Say that the sync has passed."""
    return _synced(desk, press, passed=True)


def failed(desk: Acts, press: Press) -> Answer:
    """Say that the sync has failed; the next checkpoint is set."""
    return _synced(desk, press, passed=False)


def _synced(desk: Acts, press: Press, *, passed: bool) -> Answer:
    command = SaySynced(press.reference, number(press.part(1), press.reference), passed)
    ticket = submit(desk, press, command).ticket
    following = waiting(ticket)
    next_at = following.at if following is not None else None
    return told(desk, press, ticket, "done_synced", passed=passed, next_at=next_at)


def codes(desk: Desk, _slash: Slash, rest: str) -> Answer:
    """Answer ``/ticket codes R02 R03``: what they mean, by when they come, what they need."""
    found = code_lines(codes_in(grammar.readable(rest)))
    if not found:
        command = f"{desk.command_prefix}ticket"
        return replies.said(render.line("no_codes", {"ticket_command": command}))
    return replies.said(render.message("return_codes", {"codes": found}))


DOORS = Doors(
    presses={
        CHECKLIST_OPEN: open_checklist,
        CHECKLIST_SAMPLE: ask_sample,
        SYNC_PASSED: passed,
        SYNC_FAILED: failed,
    },
    submissions={
        VIEW_CHECKLIST: settle,
    },
    ticket_verbs={
        "checklist": type_checklist,
    },
    list_verbs={
        "codes": codes,
    },
    bridge_verbs={
        "checklist": type_checklist,
    },
)
