"""A record of the account that a ticket is about: chosen, never typed. Source: S67, S69."""

from __future__ import annotations

from handlers.kit import replies
from handlers.kit.acting import context_of, submit, told
from handlers.kit.doors import Doors
from handlers.kit.edge import Gesture, Press, Slash, Submission
from handlers.kit.ports import Acts, Answers, Glance
from handlers.kit.refusing import need_ticket
from handlers.kit.replies import Answer, Correct
from protocols.kernel.refusals import OldButton
from protocols.program_records.events import LinkRecord, ProgramRecord, UnlinkRecord
from protocols.program_records.state import Dealings
from protocols.routing.rules import need_sorter
from protocols.ticket import Ticket
from templates.kit import render
from templates.kit.when import utc_day
from templates.program_records.facts import link_record_facts
from templates.program_records.words import RECORD_OPEN, VIEW_LINK_RECORD, titled

MOST_OFFERED = 90
"""Slack takes a hundred in a menu; the ticket's own come first, and are few."""
LINK, UNLINK = "link", "unlink"


def offered(desk: Glance, ticket: Ticket) -> tuple[ProgramRecord, ...]:
    """Return the records that a ticket may be about: its own, then the account's newest."""
    if ticket.account is None:
        return ()
    recent = desk.recent_records(ticket.account.key, MOST_OFFERED)
    linked = (*desk.records_of(ticket), *ticket.of(Dealings).records)
    found: dict[object, ProgramRecord] = {}
    for each in (*linked, *recent):
        found.setdefault(each.name, each)
    return tuple(found.values())


def _form(desk: Answers, gesture: Gesture, reference: str) -> Answer:
    ticket = need_ticket(desk, reference)
    need_sorter(ticket, context_of(desk, gesture, ticket))
    view = render.view("link_record", link_record_facts(ticket, offered(desk, ticket)))
    return replies.show_view(desk, gesture, view)


def open_link(desk: Answers, press: Press) -> Answer:
    """Open the form."""
    return _form(desk, press, press.reference)


def type_record(desk: Answers, slash: Slash, ticket: Ticket, _rest: str) -> Answer:
    """Answer ``/ticket record``."""
    return _form(desk, slash, ticket.reference)


def link(desk: Acts, submission: Submission) -> Answer:
    """Link the record that was chosen, as it is known now, or take it off."""
    view, ticket = submission.view, need_ticket(desk, submission.reference)
    if "record" not in view.blocks:
        return replies.NOTED
    if not view.text("record"):
        raise Correct(record=render.line("error_no_record", {}))
    record = _chosen(desk, ticket, view.text("record"))
    is_linked = view.text("relation") != UNLINK
    command: LinkRecord | UnlinkRecord = UnlinkRecord(ticket.reference, *record.name)
    if is_linked:
        command = LinkRecord(ticket.reference, record)
    seen = submit(desk, submission, command)
    facts = {
        "title": titled(*record.name),
        "day": utc_day(record.as_of),
        "is_linked": is_linked,
    }
    return told(desk, submission, seen.ticket, "done_record", **facts)


def _chosen(desk: Glance, ticket: Ticket, mark: str) -> ProgramRecord:
    """Return the record that a mark is of.

    Raises:
        OldButton: The account has none such among those that are offered.
    """
    found = next((each for each in offered(desk, ticket) if each.mark == mark), None)
    if found is None:
        raise OldButton(reference=ticket.reference)
    return found


DOORS = Doors(
    presses={
        RECORD_OPEN: open_link,
    },
    submissions={
        VIEW_LINK_RECORD: link,
    },
    ticket_verbs={
        "record": type_record,
    },
)
