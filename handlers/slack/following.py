"""A ticket is followed, or not any more: typed, or pressed. Source: S166."""

from __future__ import annotations

from handlers.kit.acting import submit, told
from handlers.kit.doors import Doors
from handlers.kit.edge import Gesture, Press, Slash
from handlers.kit.ports import Acts, Desk
from handlers.kit.replies import Answer
from protocols.following.events import FollowTicket, UnfollowTicket
from protocols.ticket import Ticket
from templates.following.words import FOLLOW_START, FOLLOW_STOP


def _follows(desk: Acts, gesture: Gesture, reference: str) -> Answer:
    ticket = submit(desk, gesture, FollowTicket(reference)).ticket
    command = f"{desk.command_prefix}ticket"
    return told(desk, gesture, ticket, "done_follow", ticket_command=command)


def _stops(desk: Acts, gesture: Gesture, reference: str) -> Answer:
    ticket = submit(desk, gesture, UnfollowTicket(reference)).ticket
    return told(desk, gesture, ticket, "done_unfollow")


def start(desk: Acts, press: Press) -> Answer:
    """Follow the ticket of the button."""
    return _follows(desk, press, press.reference)


def stop(desk: Acts, press: Press) -> Answer:
    """Follow it no more."""
    return _stops(desk, press, press.reference)


def type_follow(desk: Desk, slash: Slash, ticket: Ticket, _rest: str) -> Answer:
    """Answer ``/ticket follow``."""
    return _follows(desk, slash, ticket.reference)


def type_unfollow(desk: Desk, slash: Slash, ticket: Ticket, _rest: str) -> Answer:
    """Answer ``/ticket unfollow``."""
    return _stops(desk, slash, ticket.reference)


DOORS = Doors(
    presses={
        FOLLOW_START: start,
        FOLLOW_STOP: stop,
    },
    ticket_verbs={
        "follow": type_follow,
        "unfollow": type_unfollow,
    },
)
