"""Loop to Engineering: **I am on it**, and the address of its ticket. D28."""

from __future__ import annotations

from handlers.kit.acting import submit, told
from handlers.kit.doors import Doors
from handlers.kit.edge import Press, Slash
from handlers.kit.ports import Acts
from handlers.kit.replies import Answer
from protocols.engineering.events import (
    DeclineEngineering,
    RecordEngineeringTicket,
    TakeEngineering,
)
from protocols.engineering.state import Loop
from protocols.ticket import Ticket
from templates.engineering.words import ENGINEERING_DECLINE, ENGINEERING_TAKE


def take(desk: Acts, press: Press) -> Answer:
    """Be on it, as an engineer."""
    seen = submit(desk, press, TakeEngineering(press.reference))
    return told(desk, press, seen.ticket, "done_engineering")


def decline(desk: Acts, press: Press) -> Answer:
    """Say that one cannot; the next on duty is asked."""
    ticket = submit(desk, press, DeclineEngineering(press.reference)).ticket
    asked = ticket.of(Loop).asked
    name = asked.name if asked is not None else ""
    return told(desk, press, ticket, "done_engineering_declined", asked=name)


def record(desk: Acts, slash: Slash, ticket: Ticket, rest: str) -> Answer:
    """Answer ``/ticket engineering REF ADDRESS``."""
    seen = submit(desk, slash, RecordEngineeringTicket(ticket.reference, rest.strip()))
    return told(desk, slash, seen.ticket, "done_engineering_ticket")


DOORS = Doors(
    presses={
        ENGINEERING_TAKE: take,
        ENGINEERING_DECLINE: decline,
    },
    ticket_verbs={
        "engineering": record,
    },
)
