"""The surfaces of a ticket that several subjects show, and who may see them."""

from __future__ import annotations

from handlers.kit import replies
from handlers.kit.acting import context_of
from handlers.kit.edge import Gesture, Press
from handlers.kit.ports import Answers, Glance
from handlers.kit.replies import NOTED, Answer
from protocols.kernel.context import Context
from protocols.rights.guards import need_reader
from protocols.ticket import Ticket
from templates.kit import render
from templates.kit.presenting import facts_of, template_for
from templates.kit.render import Message


def reader_context(desk: Glance, gesture: Gesture, ticket: Ticket) -> Context:
    """Return what the rules know, for one of us who reads.

    Raises:
        Outside: The one who asks is not one of us.
        Confidential: A matter of security, or under a legal hold, and they are not on it.
    """
    ctx = context_of(desk, gesture, ticket)
    need_reader(ticket, ctx)
    return ctx


def card_message(desk: Glance, gesture: Gesture, ticket: Ticket) -> Message:
    """Return the card as it stands now, for one of us.

    Raises:
        Outside: The one who asks is not one of us.
        Confidential: They may not read this ticket.
    """
    ctx = context_of(desk, gesture, ticket)
    need_reader(ticket, ctx)
    name = template_for("card", ticket)
    return render.message(name, facts_of(name, {}, ticket, ctx, desk.links))


def shown(desk: Answers, press: Press, message: Message) -> Answer:
    """Show a message to the presser: beside the message, or over the modal it was pressed in."""
    if press.view is None:
        replies.tell(desk, press, message)
        return NOTED
    return replies.show_view(desk, press, replies.reading(message))
