"""This file owns the surfaces of a ticket that a gesture asks for: card, words to say, review."""

from __future__ import annotations

from handlers import replies
from handlers.acting import context_of
from handlers.desk import Desk
from handlers.edge import Gesture, Press
from handlers.replies import NOTED, Answer
from protocols.rules.guards import need_reader
from protocols.ticket import Draft, Ticket
from templates import presenters, render
from templates.render import Message


def card_message(desk: Desk, gesture: Gesture, ticket: Ticket) -> Message:
    """Return the card as it stands now, for one of us.

    Raises:
        Outside: The one who asks is not one of us.
        Confidential: They may not read this ticket.
    """
    ctx = context_of(desk, gesture, ticket)
    need_reader(ticket, ctx)
    name = presenters.template_for("card", ticket)
    return render.message(name, presenters.facts(name, {}, ticket, ctx, desk.links))


def say_message(desk: Desk, gesture: Gesture, ticket: Ticket) -> Message:
    """Return what may be said to the account now, word for word."""
    facts = presenters.say(ticket, context_of(desk, gesture, ticket), desk.links)
    return render.message("what_can_i_say", facts)


def review_message(desk: Desk, gesture: Gesture, ticket: Ticket, draft: Draft) -> Message:
    """Return a text in review, with its buttons bound to what is read."""
    ctx = context_of(desk, gesture, ticket)
    params = {"draft": draft.number}
    return render.message("review", presenters.facts("review", params, ticket, ctx, desk.links))


def shown(desk: Desk, press: Press, message: Message) -> Answer:
    """Show a message to the presser: beside the message, or over the modal it was pressed in."""
    if press.view is None:
        replies.tell(desk, press, message)
        return NOTED
    return replies.show_view(desk, press, replies.reading(message))
