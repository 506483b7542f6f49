"""What our own people are told of a lower tier: whoever must agree, and whoever asked. D12."""

from __future__ import annotations

from protocols.kernel.context import Context
from protocols.kernel.effects import Effect
from protocols.kernel.roads import dm, dm_edit
from protocols.kernel.tables import Effects, tells
from protocols.people.people import Staff
from protocols.ticket import Ticket
from protocols.tiers.events import (
    LoweringAgreed,
    LoweringAsked,
    LoweringDeclined,
    LoweringLapsed,
    LoweringWithdrawn,
)
from protocols.tiers.state import Lowering, Tiers

Settled = LoweringAgreed | LoweringDeclined | LoweringLapsed | LoweringWithdrawn


def _suffix(number: int, person: str) -> str:
    return f"lowering/{number}/{person}"


@tells(LoweringAsked)
def asked(ticket: Ticket, event: LoweringAsked, ctx: Context) -> Effects:
    """Ask Legal and Security on duty, with the two answers as buttons."""
    params = {"lowering": event.number}
    return tuple(
        dm(ticket, _suffix(event.number, who.key), who, "lowering_ask", params)
        for who in event.asked
    )


@tells(LoweringAgreed, LoweringDeclined, LoweringLapsed, LoweringWithdrawn)
def settled(ticket: Ticket, event: Settled, ctx: Context) -> Effects:
    """Take the questions' buttons away, and tell the one who asked what became of it."""
    lowering = ticket.of(Tiers).lowering(event.number)
    if lowering is None:
        return ()
    edits = tuple(_edited(ticket, lowering, who) for who in lowering.asked)
    if isinstance(event, LoweringWithdrawn) and event.by.key == lowering.asked_by.key:
        return edits
    asker, params = lowering.asked_by, {"lowering": lowering.number}
    answer = dm(ticket, f"lowering/{lowering.number}/answer", asker, "lowering_answer", params)
    return (*edits, answer)


def _edited(ticket: Ticket, lowering: Lowering, person: Staff) -> Effect:
    posted = f"{ticket.reference}/{_suffix(lowering.number, person.key)}"
    params = {"lowering": lowering.number}
    return dm_edit(ticket, posted, f"{posted}/edit", person, "lowering_ask", params)
