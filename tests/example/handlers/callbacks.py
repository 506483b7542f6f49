"""Promised calls: `/bridge callback 30`, and **I called**."""

from __future__ import annotations

from handlers.kit.acting import number, submit, told
from handlers.kit.doors import Doors
from handlers.kit.edge import Press, Slash
from handlers.kit.ports import Desk
from handlers.kit.replies import Answer
from protocols.ticket import Ticket
from tests.example.protocols.callbacks.events import AskCallback, SayCalled
from tests.example.templates.callbacks.words import CALLBACK_MADE


def promise(desk: Desk, slash: Slash, ticket: Ticket, rest: str) -> Answer:
    """Promise a call within the minutes that were typed."""
    command = AskCallback(ticket.reference, number(rest, ticket.reference))
    return told(desk, slash, submit(desk, slash, command).ticket, "done_note")


def made(desk: Desk, press: Press) -> Answer:
    """Say that the call was made."""
    return told(desk, press, submit(desk, press, SayCalled(press.reference)).ticket, "done_call")


DOORS = Doors(presses={CALLBACK_MADE: made}, bridge_verbs={"callback": promise})
