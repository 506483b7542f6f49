"""What of ours did not arrive: listed by name for a person, tried again, or told by hand. S177."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from protocols.account.outbound import words_of
from protocols.deliveries.events import (
    BuryDelivery,
    DeliveriesTriedAgain,
    ToldThem,
    TryAgain,
    UndeliveredTold,
)
from protocols.deliveries.state import Deliveries
from protocols.kernel.context import Context
from protocols.kernel.endings import NOT_CLOSED
from protocols.kernel.event import Event
from protocols.kernel.refusals import AlreadyDone
from protocols.kernel.tables import decides
from protocols.people.people import Staff
from protocols.rights.guards import need_on_ticket, need_status
from protocols.rights.roads import manager_of
from protocols.ticket import Ticket

TOGETHER = timedelta(minutes=10)
"""What is refused within so long of the first is one matter, and one message."""


@dataclass(frozen=True, slots=True)
class InMessage:
    """In which message something is listed that did not arrive, its key, and whose it is."""

    batch: int = 0
    teller: Staff | None = None
    message: str = ""


NOWHERE = InMessage()


def listed_in(ticket: Ticket, command: BuryDelivery, ctx: Context, *, again: bool) -> InMessage:
    """Return the message that lists what did not arrive; nowhere where nobody can be told.

    It is told somebody whom this refusal does not concern. Of what died of a message that says
    so nobody is told.
    """
    known, person = ticket.of(Deliveries), command.person
    subject = command.key.removeprefix(f"{ticket.reference}/")
    recent = known.batch_at is not None and ctx.now < known.batch_at + TOGETHER
    teller = known.teller
    if known.batch and (recent or again) and teller is not None and teller.key != person:
        return InMessage(known.batch, teller, known.message)
    manager = manager_of(ticket, ctx)
    asked = (manager, ticket.poc, ticket.opener)
    first = next((who for who in asked if who is not None and who.key != person), None)
    if first is None or again or subject.startswith("buried/buried/"):
        return NOWHERE
    last = "manager" if manager is not None and first.key == manager.key else first.key
    return InMessage(known.batch + 1, first, f"{ticket.reference}/buried/{subject}/{last}")


@decides(TryAgain)
def try_again(ticket: Ticket, _command: TryAgain, ctx: Context) -> tuple[Event, ...]:
    """Decide **Try again**: all of ours that was refused goes once more. Source: S177."""
    keys = _open(ticket, ctx)
    return (DeliveriesTriedAgain(ctx.now, ctx.by, keys),)


@decides(ToldThem)
def told_them(ticket: Ticket, _command: ToldThem, ctx: Context) -> tuple[Event, ...]:
    """Decide **I told them**: it is on record who told, and it is asked of nobody any more."""
    keys = _open(ticket, ctx)
    return (UndeliveredTold(ctx.now, ctx.by, keys),)


def _open(ticket: Ticket, ctx: Context) -> tuple[str, ...]:
    """Return what of ours is refused.

    Raises:
        AlreadyDone: Nothing is, or somebody told it by themselves.
    """
    need_on_ticket(ticket, ctx)
    need_status(ticket, *NOT_CLOSED)
    known = ticket.of(Deliveries)
    found = tuple(
        key
        for key in known.dead
        if key not in known.told and words_of(ticket.reference, key) is None
    )
    if not found:
        raise AlreadyDone(reference=ticket.reference)
    return found
