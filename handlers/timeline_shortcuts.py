"""This file owns the shortcuts on a bridge's messages: commands do not work in threads, these do.

Source: words.md 1; S44, S160.
"""

from __future__ import annotations

from handlers import replies
from handlers.desk import Desk
from handlers.edge import MessageShortcut
from handlers.grammar import readable
from handlers.journey import actor_of
from handlers.replies import Answer
from protocols.commands import AddNote
from protocols.masking import masked_and_cut
from protocols.rules.guards import need_on_ticket, need_staff
from protocols.ticket import Ticket
from templates import render

RECORD_FINDING = "finding.record"
PUT_ON_TIMELINE = "timeline.put"
_FINDING_MAX = 3000
"""How many characters the field *Finding* holds; the template says so."""


def _put_on_timeline(desk: Desk, shortcut: MessageShortcut) -> Answer:
    """Add a message, its author and its place to the timeline; once, whoever does it."""
    ticket = _ticket(desk, shortcut)
    if ticket is None:
        return _no_bridge(desk, shortcut)
    author = desk.who(shortcut.author_id)
    command = AddNote(
        ticket.reference,
        readable(shortcut.text),
        author=author.name if author is not None else "",
        link=desk.permalink(shortcut.channel_id, shortcut.message_ts),
    )
    delivery = f"timeline:{shortcut.channel_id}:{shortcut.message_ts}"
    desk.submit(command, actor_of(desk, shortcut), delivery=delivery)
    done = render.line("done_note", {"ref": ticket.reference})
    return replies.say_and_note(desk, shortcut, done)


def _record_finding(desk: Desk, shortcut: MessageShortcut) -> Answer:
    """Open the finding's form with the message in it."""
    ticket = _ticket(desk, shortcut)
    if ticket is None:
        return _no_bridge(desk, shortcut)
    need_on_ticket(ticket, desk.context(actor_of(desk, shortcut)))
    account = ticket.account.name if ticket.account is not None else "the account"
    facts = {
        "ref": ticket.reference,
        "account": account,
        "kind": "fact",
        "text": masked_and_cut(readable(shortcut.text), _FINDING_MAX),
    }
    return replies.show_view(desk, shortcut, render.view("finding", facts))


def _ticket(desk: Desk, shortcut: MessageShortcut) -> Ticket | None:
    """Return the ticket of the bridge that the message is in.

    Raises:
        Outside: The one who asks is not one of us.
    """
    need_staff(desk.context(actor_of(desk, shortcut)))
    return desk.ticket_of_bridge(shortcut.channel_id)


def _no_bridge(desk: Desk, shortcut: MessageShortcut) -> Answer:
    return replies.say_and_note(desk, shortcut, render.line("not_on_a_bridge", {}))


MESSAGE_SHORTCUTS = {RECORD_FINDING: _record_finding, PUT_ON_TIMELINE: _put_on_timeline}
