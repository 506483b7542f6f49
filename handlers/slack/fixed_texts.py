"""The pre-approved texts: what may be said now, and one press to send it. D15."""

from __future__ import annotations

from collections.abc import Callable

from handlers.kit import replies
from handlers.kit.acting import context_of, insider, submit, told
from handlers.kit.doors import Doors
from handlers.kit.edge import Gesture, Press, Slash, Submission
from handlers.kit.ports import Acts, Answers, Desk, Glance
from handlers.kit.replies import Answer
from handlers.kit.showing import shown
from protocols.fixed_texts.events import SendFixed
from protocols.fixed_texts.refusals import AskFirst
from protocols.fixed_texts.rules import ACKNOWLEDGMENT, HOLDING, LATE, NO_CHANGE
from protocols.promises.state import Promises
from protocols.ticket import Ticket
from templates.fixed_texts.facts import ask_late_facts, say_facts
from templates.fixed_texts.words import (
    SAY_OPEN,
    SEND_ACKNOWLEDGMENT,
    SEND_HOLDING,
    SEND_LATE,
    SEND_NO_CHANGE,
    VIEW_SAY_LATE,
)
from templates.kit import render
from templates.kit.render import Message


def _send(name: str) -> Callable[[Desk, Press], Answer]:
    def send(desk: Acts, press: Press) -> Answer:
        """Send a fixed text to the account."""
        seen = submit(desk, press, SendFixed(press.reference, name))
        return told(desk, press, seen.ticket, "done_fixed")

    return send


def send_late(desk: Acts, press: Press) -> Answer:
    """Tell the account that we are late, and until when; ahead of the time, ask first. D21."""
    try:
        seen = submit(desk, press, SendFixed(press.reference, LATE))
    except AskFirst:
        ticket, ctx = insider(desk, press, press.reference)
        view = render.view("say_late", ask_late_facts(ticket, ctx, desk.links))
        return replies.show_view(desk, press, view)
    return _told_late(desk, press, seen.ticket)


def send_late_anyway(desk: Acts, submission: Submission) -> Answer:
    """Tell the account ahead of the time that we are late: it was asked, and read. D21."""
    command = SendFixed(submission.reference, LATE, sure=True)
    return _told_late(desk, submission, submit(desk, submission, command).ticket)


def _told_late(desk: Answers, gesture: Gesture, ticket: Ticket) -> Answer:
    promise = ticket.of(Promises).promise
    at = promise.at if promise is not None else desk.now()
    return told(desk, gesture, ticket, "done_late", at=at)


def pressed_say(desk: Answers, press: Press) -> Answer:
    """Show what may be said to the account now, word for word."""
    ticket, _ctx = insider(desk, press, press.reference)
    return shown(desk, press, say_message(desk, press, ticket))


def type_say(desk: Glance, slash: Slash, ticket: Ticket, _rest: str) -> Answer:
    """Answer ``/bridge say``."""
    found, _ctx = insider(desk, slash, ticket.reference)
    return replies.said(say_message(desk, slash, found))


def say_message(desk: Glance, gesture: Gesture, ticket: Ticket) -> Message:
    """Return what may be said to the account now, word for word."""
    facts = say_facts(ticket, context_of(desk, gesture, ticket), desk.links)
    return render.message("what_can_i_say", facts)


DOORS = Doors(
    presses={
        SEND_LATE: send_late,
        SAY_OPEN: pressed_say,
        SEND_ACKNOWLEDGMENT: _send(ACKNOWLEDGMENT),
        SEND_HOLDING: _send(HOLDING),
        SEND_NO_CHANGE: _send(NO_CHANGE),
    },
    submissions={
        VIEW_SAY_LATE: send_late_anyway,
    },
    bridge_verbs={
        "say": type_say,
    },
)
