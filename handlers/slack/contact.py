"""The answer of who is asked to be the account's one contact. Source: D14, S39."""

from __future__ import annotations

from handlers.kit.acting import submit, told
from handlers.kit.doors import Doors
from handlers.kit.edge import Press
from handlers.kit.ports import Acts
from handlers.kit.replies import Answer
from protocols.contact.events import AnswerPoc
from templates.contact.words import POC_ACCEPT, POC_DECLINE


def accept_contact(desk: Acts, press: Press) -> Answer:
    """Become the account's one contact."""
    seen = submit(desk, press, AnswerPoc(press.reference, accept=True))
    return told(desk, press, seen.ticket, "done_contact")


def decline_contact(desk: Acts, press: Press) -> Answer:
    """Leave the account with the contact it has."""
    seen = submit(desk, press, AnswerPoc(press.reference, accept=False))
    holder = seen.ticket.poc.name if seen.ticket.poc is not None else ""
    return told(desk, press, seen.ticket, "done_contact_declined", holder=holder)


DOORS = Doors(
    presses={
        POC_ACCEPT: accept_contact,
        POC_DECLINE: decline_contact,
    },
)
