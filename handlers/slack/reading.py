"""Reading a ticket: show, why, history. Answers are for the one who asked.

Source: words.md 7; S80, S84.
"""

from __future__ import annotations

from collections.abc import Sequence

from handlers.kit import replies
from handlers.kit.doors import Doors
from handlers.kit.edge import Gesture, Press, Slash
from handlers.kit.grammar import is_reference
from handlers.kit.journey import actor_of
from handlers.kit.ports import Answers, Desk, Glance
from handlers.kit.refusing import age, need_ticket
from handlers.kit.replies import NOTED, Answer
from handlers.kit.showing import card_message, reader_context, shown
from handlers.slack.timeline import timeline_message
from protocols.closure.telling import what_was_done
from protocols.kernel.context import Context
from protocols.opening.events import Opening
from protocols.relations.state import Relations
from protocols.rights.rules import may_read
from protocols.ticket import Ticket
from templates.account.words import PORTAL_FOLLOW
from templates.clock.facts import why_facts
from templates.kit import render
from templates.kit.render import Message
from templates.opening.facts import OpenTicketLine
from templates.opening.words import FORM_GO_TO
from templates.ticket.show import show_facts
from templates.ticket.words import PAGE_OPEN, TICKET_SHOW


def _status(desk: Glance, slash: Slash, ticket: Ticket, _rest: str) -> Answer:
    return replies.said(card_message(desk, slash, ticket))


_LISTED_MAX = 20


def show_message(desk: Glance, gesture: Gesture, ticket: Ticket) -> Message:
    """Return a ticket as ``show`` prints it."""
    ctx = reader_context(desk, gesture, ticket)
    before, known = _before(desk, ticket, ctx), desk.records_of(ticket)
    return render.message("show", show_facts(ticket, ctx, desk.links, before, known))


def _before(desk: Glance, ticket: Ticket, ctx: Context) -> Sequence[Ticket]:
    """Return the last tickets of the account that one may read, newest first. Source: S68."""
    if ticket.account is None:
        return ()
    recent = desk.recent_tickets(ticket.account.key, _LISTED_MAX)
    return [each for each in recent if may_read(each, ctx)]


def show(desk: Glance, slash: Slash, ticket: Ticket, _rest: str) -> Answer:
    """Answer ``/ticket show``."""
    return replies.said(show_message(desk, slash, ticket))


def why(desk: Glance, slash: Slash, ticket: Ticket, rest: str) -> Answer:
    """Answer ``/ticket why``: every clock, and which one binds."""
    ctx = reader_context(desk, slash, ticket)
    facts = why_facts(ticket, ctx, desk.links, in_utc=rest.casefold() == "utc")
    return replies.said(render.message("why", facts))


def history_of_account(desk: Glance, slash: Slash, rest: str) -> Answer:
    """Answer ``/ticket history``: a ticket's timeline, or an account's tickets, newest first."""
    ctx = desk.context(actor_of(desk, slash))
    named = desk.ticket(rest.upper()) if is_reference(rest) else None
    if named is not None:
        return replies.said(timeline_message(desk, slash, named))
    found = ctx.directory.search_accounts(rest) if rest else ()
    if not found:
        return replies.said(render.line("no_such_account", {"typed": rest}))
    account = found[0]
    tickets = desk.recent_tickets(account.key, _LISTED_MAX + 1)
    if not tickets:
        return replies.said(render.line("no_ticket_of_account", {"account": account.name}))
    command = f"{desk.command_prefix}ticket"
    return replies.said(listed(tickets, f"{account.name}, newest first", command, ctx))


def listed(
    tickets: Sequence[Ticket], what: str, command: str, ctx: Context, most: int = _LISTED_MAX
) -> Message:
    """Return a list of tickets, newest first; of those one may not read, only that they exist."""
    lines = tuple(_line(ticket, ctx) for ticket in tickets[:most])
    newest = len(lines) if len(tickets) > len(lines) else 0
    facts = {"tickets": lines, "what": what, "newest": newest, "ticket_command": command}
    return render.message("tickets", facts)


def _line(ticket: Ticket, ctx: Context) -> OpenTicketLine:
    """Return one line; of a confidential ticket only that it exists, and whom to ask."""
    seconds = max(0, int((ctx.now - ticket.opened_at).total_seconds()))
    subject = ticket.of(Opening).summary
    if not may_read(ticket, ctx):
        subject = render.line("confidential_subject", {})
    merged_into = ticket.of(Relations).merged_into
    ended = f"part of {merged_into}" if merged_into else ticket.status.value.replace("_", " ")
    status = "" if ticket.is_live else f", {ended}"
    return OpenTicketLine(
        ticket.reference,
        ticket.shown_tier,
        subject,
        f"{age(seconds)} old{status}",
        ticket.poc.name if ticket.poc is not None else "",
        what_was_done(ticket)[0] if may_read(ticket, ctx) and not ticket.is_live else "",
    )


def _pressed_show(desk: Answers, press: Press) -> Answer:
    return shown(desk, press, show_message(desk, press, need_ticket(desk, press.reference)))


def _noted(_desk: Desk, _press: Press) -> Answer:
    """Acknowledge a button that is a link: Slack opened it already."""
    return NOTED


DOORS = Doors(
    presses={
        TICKET_SHOW: _pressed_show,
        FORM_GO_TO: _pressed_show,
        PAGE_OPEN: _noted,
        PORTAL_FOLLOW: _noted,
    },
    ticket_verbs={
        "show": show,
        "why": why,
    },
    list_verbs={
        "history": history_of_account,
    },
    bridge_verbs={
        "status": _status,
    },
)
