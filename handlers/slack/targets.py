"""Who has a ticket of Tier 1 or 2: **Acknowledge**, **Triage started**. S9, S10."""

from __future__ import annotations

from handlers.kit.acting import submit, told
from handlers.kit.doors import Doors
from handlers.kit.edge import Press, Slash
from handlers.kit.ports import Acts
from handlers.kit.replies import Answer
from protocols.fixed_texts.events import FixedTextSent
from protocols.targets.events import Acknowledge, SendClock, StartTriage
from protocols.ticket import Ticket
from templates.targets.words import TICKET_ACKNOWLEDGE, TICKET_SEND_WHY, TICKET_TRIAGE


def _acknowledged(desk: Acts, gesture: Press | Slash, reference: str) -> Answer:
    seen = submit(desk, gesture, Acknowledge(reference))
    is_told = any(isinstance(event, FixedTextSent) for event in seen.events)
    return told(desk, gesture, seen.ticket, "done_acknowledged", is_told=is_told)


def _triaged(desk: Acts, gesture: Press | Slash, reference: str) -> Answer:
    return told(desk, gesture, submit(desk, gesture, StartTriage(reference)).ticket, "done_triage")


def acknowledge(desk: Acts, press: Press) -> Answer:
    """Have the ticket."""
    return _acknowledged(desk, press, press.reference)


def type_acknowledge(desk: Acts, slash: Slash, ticket: Ticket, _rest: str) -> Answer:
    """Answer ``/ticket acknowledge``."""
    return _acknowledged(desk, slash, ticket.reference)


def triage(desk: Acts, press: Press) -> Answer:
    """Say that triage has started."""
    return _triaged(desk, press, press.reference)


def type_triage(desk: Acts, slash: Slash, ticket: Ticket, _rest: str) -> Answer:
    """Answer ``/ticket triage``."""
    return _triaged(desk, slash, ticket.reference)


def send_why(desk: Acts, press: Press) -> Answer:
    """Tell the account how its time to resolve counts."""
    seen = submit(desk, press, SendClock(press.reference))
    return told(desk, press, seen.ticket, "done_why_sent")


DOORS = Doors(
    presses={
        TICKET_ACKNOWLEDGE: acknowledge,
        TICKET_TRIAGE: triage,
        TICKET_SEND_WHY: send_why,
    },
    ticket_verbs={
        "acknowledge": type_acknowledge,
        "triage": type_triage,
    },
)
