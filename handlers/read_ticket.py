"""This file owns reading: show, why, mine, history, the timeline, the certificate.

Answers are ephemeral: for the one who asked, and for reading only. Source: words.md 7; S80, S84.
"""

from __future__ import annotations

from collections.abc import Sequence

from handlers import replies
from handlers.acting import context_of, submit
from handlers.desk import Desk
from handlers.edge import Gesture, Press, Slash
from handlers.journey import actor_of
from handlers.refusing import age, need_ticket
from handlers.replies import NOTED, Answer
from protocols import commands as cmd
from protocols.context import Context
from protocols.rules.guards import need_reader, need_staff
from protocols.rules.rights import may_read
from protocols.slices import Holds
from protocols.ticket import Ticket
from protocols.ticket_parts import BridgeState, Opening
from templates import actions, presenters, render
from templates.facts import OpenTicketLine
from templates.render import Message

_LISTED_MAX = 20


def show_message(desk: Desk, gesture: Gesture, ticket: Ticket) -> Message:
    """Return a ticket as ``show`` prints it."""
    ctx = _context(desk, gesture, ticket)
    return render.message("show", presenters.show(ticket, ctx, desk.links))


def certificate_message(desk: Desk, gesture: Gesture, ticket: Ticket) -> Message:
    """Return a ticket's certificate, with its chain checked now."""
    ctx = _context(desk, gesture, ticket)
    history = desk.history(ticket.reference)
    intact = desk.chain_is_intact(ticket.reference)
    facts = presenters.certificate(ticket, history, ctx, desk.links, intact=intact)
    return render.message("certificate", facts)


def timeline_message(
    desk: Desk, gesture: Gesture, ticket: Ticket, *, page: int = 1, only_decisions: bool = False
) -> Message:
    """Return one page of a ticket's timeline; page 1 is the newest."""
    ctx = _context(desk, gesture, ticket)
    history = desk.history(ticket.reference)
    facts = presenters.timeline(ticket, history, page, only_decisions, ctx, desk.links)
    return render.message("timeline", facts)


def show(desk: Desk, slash: Slash, ticket: Ticket, _rest: str) -> Answer:
    """Answer ``/ticket show``."""
    return replies.said(show_message(desk, slash, ticket))


def why(desk: Desk, slash: Slash, ticket: Ticket, rest: str) -> Answer:
    """Answer ``/ticket why``: every clock, and which one binds."""
    ctx = _context(desk, slash, ticket)
    facts = presenters.why(ticket, ctx, desk.links, in_utc=rest.casefold() == "utc")
    return replies.said(render.message("why", facts))


def mine(desk: Desk, slash: Slash, _rest: str) -> Answer:
    """Answer ``/ticket mine``: the open tickets that the one who asks is on."""
    found = desk.tickets_of(actor_of(desk, slash).who.key)
    command = f"{desk.command_prefix}ticket"
    if not found:
        return replies.said(render.line("no_ticket_mine", {"ticket_command": command}))
    ctx = desk.context(actor_of(desk, slash))
    return replies.said(_list(found, f"your open tickets: {len(found)}", command, ctx))


def history_of_account(desk: Desk, slash: Slash, rest: str) -> Answer:
    """Answer ``/ticket history``: an account's tickets, newest first."""
    ctx = desk.context(actor_of(desk, slash))
    found = ctx.directory.search_accounts(rest) if rest else ()
    if not found:
        return replies.said(render.line("no_such_account", {"typed": rest}))
    account = found[0]
    tickets = desk.recent_tickets(account.key, _LISTED_MAX)
    if not tickets:
        return replies.said(render.line("no_ticket_of_account", {"account": account.name}))
    command = f"{desk.command_prefix}ticket"
    return replies.said(_list(tickets, f"{account.name}, newest first", command, ctx))


def _list(tickets: Sequence[Ticket], what: str, command: str, ctx: Context) -> Message:
    lines = tuple(_line(ticket, ctx) for ticket in tickets[:_LISTED_MAX])
    return render.message("tickets", {"tickets": lines, "what": what, "ticket_command": command})


def _line(ticket: Ticket, ctx: Context) -> OpenTicketLine:
    """Return one line; of a confidential ticket only that it exists, and whom to ask."""
    seconds = max(0, int((ctx.now - ticket.opened_at).total_seconds()))
    subject = ticket.of(Opening).summary
    if not may_read(ticket, ctx):
        subject = render.line("confidential_subject", {})
    status = "" if ticket.is_live else f", {ticket.status.value.replace('_', ' ')}"
    return OpenTicketLine(
        ticket.reference,
        int(ticket.tier),
        subject,
        f"{age(seconds)} old{status}",
        ticket.poc.name if ticket.poc is not None else "",
    )


def _pressed_show(desk: Desk, press: Press) -> Answer:
    return _shown(desk, press, show_message(desk, press, need_ticket(desk, press.reference)))


def _pressed_certificate(desk: Desk, press: Press) -> Answer:
    ticket = need_ticket(desk, press.reference)
    return _shown(desk, press, certificate_message(desk, press, ticket))


def _pressed_timeline(desk: Desk, press: Press) -> Answer:
    """Show the timeline; the button says which page, or whether decisions alone."""
    ticket = need_ticket(desk, press.reference)
    only_decisions = press.part(1) == "decisions"
    asked = press.part(2 if only_decisions else 1)
    page = int(asked) if asked.isascii() and asked.isdigit() else 1
    message = timeline_message(desk, press, ticket, page=page, only_decisions=only_decisions)
    return _shown(desk, press, message)


def _shown(desk: Desk, press: Press, message: Message) -> Answer:
    """Show a message to the presser: beside the message, or over the modal it was pressed in."""
    if press.view is None:
        return replies.say_and_note(desk, press, message)
    return replies.show_view(desk, press, replies.reading(message))


def _pressed_post(desk: Desk, press: Press) -> Answer:
    """Post the certificate for everyone in its bridge; anywhere else others might read it."""
    ticket = need_ticket(desk, press.reference)
    message = certificate_message(desk, press, ticket)
    here = press.channel_id and press.channel_id == ticket.of(BridgeState).channel_id
    if not here or ticket.of(BridgeState).shared_at is not None or not press.response_url:
        return replies.say_and_note(desk, press, render.line("not_posted", {}))
    desk.interactive.respond(press.response_url, replies.in_channel(message))
    return NOTED


def _pressed_go(desk: Desk, press: Press) -> Answer:
    """Name the bridge, as a link that opens it; who was asked to stop payments is let in.

    Source: S183, D17.
    """
    ticket = need_ticket(desk, press.reference)
    ctx = context_of(desk, press, ticket)
    need_staff(ctx)
    key, bridge = ctx.by.key, ticket.of(BridgeState)
    is_here = any(who.key == key for who in bridge.here)
    if bridge.channel_id and ticket.of(Holds).asked_to_stop(key) and not is_here:
        submit(desk, press, cmd.JoinBridge(ticket.reference))
    if not bridge.channel_id:
        return replies.say_and_note(
            desk, press, render.line("no_bridge_yet", {"ref": ticket.reference})
        )
    facts = {
        "ref": ticket.reference,
        "channel_id": bridge.channel_id,
        "channel_name": bridge.channel_name,
    }
    return replies.say_and_note(desk, press, render.line("bridge_is", facts))


def _noted(_desk: Desk, _press: Press) -> Answer:
    """Acknowledge a button that is a link: Slack opened it already."""
    return NOTED


def _context(desk: Desk, gesture: Gesture, ticket: Ticket) -> Context:
    """Return what the rules know, for one of us who reads.

    Raises:
        Outside: The one who asks is not one of us.
        Confidential: A matter of security, or under a legal hold, and they are not on it.
    """
    ctx = context_of(desk, gesture, ticket)
    need_reader(ticket, ctx)
    return ctx


PRESSES = {
    actions.TICKET_SHOW: _pressed_show,
    actions.FORM_GO_TO: _pressed_show,
    actions.TICKET_CERTIFICATE: _pressed_certificate,
    actions.TICKET_TIMELINE: _pressed_timeline,
    actions.CERTIFICATE_POST: _pressed_post,
    actions.PAGE_OPEN: _noted,
    actions.PORTAL_FOLLOW: _noted,
    actions.BRIDGE_GO: _pressed_go,
}
