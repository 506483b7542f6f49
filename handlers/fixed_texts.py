"""This file owns the pre-approved texts: what may be said now, and one press to send it. D15."""

from __future__ import annotations

from collections.abc import Callable

from handlers import replies
from handlers.acting import insider, submit, told
from handlers.desk import Desk
from handlers.edge import Press, Slash
from handlers.replies import Answer
from handlers.showing import say_message, shown
from protocols import commands as cmd
from protocols.rules.fixed_texts import ACKNOWLEDGMENT, HOLDING, LATE, NO_CHANGE
from protocols.ticket import Ticket
from templates import actions


def _send(name: str) -> Callable[[Desk, Press], Answer]:
    def send(desk: Desk, press: Press) -> Answer:
        """Send a fixed text to the account."""
        seen = submit(desk, press, cmd.SendFixed(press.reference, name))
        return told(desk, press, seen.ticket, "done_fixed")

    return send


def send_late(desk: Desk, press: Press) -> Answer:
    """Tell the account by one press that we are late, and until when. Source: D21."""
    ticket = submit(desk, press, cmd.SendFixed(press.reference, LATE)).ticket
    at = ticket.promise.at if ticket.promise is not None else desk.now()
    return told(desk, press, ticket, "done_late", at=at)


def pressed_say(desk: Desk, press: Press) -> Answer:
    """Show what may be said to the account now, word for word."""
    ticket, _ctx = insider(desk, press, press.reference)
    return shown(desk, press, say_message(desk, press, ticket))


def type_say(desk: Desk, slash: Slash, ticket: Ticket, _rest: str) -> Answer:
    """Answer ``/bridge say``."""
    found, _ctx = insider(desk, slash, ticket.reference)
    return replies.said(say_message(desk, slash, found))


PRESSES = {
    actions.SAY_OPEN: pressed_say,
    actions.SEND_ACKNOWLEDGMENT: _send(ACKNOWLEDGMENT),
    actions.SEND_HOLDING: _send(HOLDING),
    actions.SEND_NO_CHANGE: _send(NO_CHANGE),
    actions.SEND_LATE: send_late,
}
BRIDGE_VERBS = {"say": type_say}
