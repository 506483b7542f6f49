"""This file owns the pre-approved texts: what may be said now, and one press to send it. D15."""

from __future__ import annotations

from collections.abc import Callable

from handlers import replies
from handlers.acting import insider, submit, told
from handlers.desk import Desk
from handlers.edge import Gesture, Press, Slash, Submission
from handlers.replies import Answer
from handlers.showing import say_message, shown
from protocols import commands as cmd
from protocols.refusals import AskFirst
from protocols.rules.fixed_texts import ACKNOWLEDGMENT, HOLDING, LATE, NO_CHANGE
from protocols.slices import Promises
from protocols.ticket import Ticket
from templates import actions, presenters, render


def _send(name: str) -> Callable[[Desk, Press], Answer]:
    def send(desk: Desk, press: Press) -> Answer:
        """Send a fixed text to the account."""
        seen = submit(desk, press, cmd.SendFixed(press.reference, name))
        return told(desk, press, seen.ticket, "done_fixed")

    return send


def send_late(desk: Desk, press: Press) -> Answer:
    """Tell the account that we are late, and until when; ahead of the time, ask first. D21."""
    try:
        seen = submit(desk, press, cmd.SendFixed(press.reference, LATE))
    except AskFirst:
        ticket, ctx = insider(desk, press, press.reference)
        view = render.view("say_late", presenters.ask_late(ticket, ctx, desk.links))
        return replies.show_view(desk, press, view)
    return _told_late(desk, press, seen.ticket)


def send_late_anyway(desk: Desk, submission: Submission) -> Answer:
    """Tell the account ahead of the time that we are late: it was asked, and read. D21."""
    command = cmd.SendFixed(submission.reference, LATE, sure=True)
    return _told_late(desk, submission, submit(desk, submission, command).ticket)


def _told_late(desk: Desk, gesture: Gesture, ticket: Ticket) -> Answer:
    at = ticket.of(Promises).promise.at if ticket.of(Promises).promise is not None else desk.now()
    return told(desk, gesture, ticket, "done_late", at=at)


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
SUBMISSIONS = {actions.VIEW_SAY_LATE: send_late_anyway}
BRIDGE_VERBS = {"say": type_say}
