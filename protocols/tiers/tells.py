"""What our own people are told of a lower tier: whoever must agree, and whoever asked. D12."""

from __future__ import annotations

from protocols.kernel.context import Context
from protocols.kernel.effects import Dm, Effect, Gateway, Surface
from protocols.kernel.roads import dm, result
from protocols.kernel.tables import Effects, tells
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
        dm(ticket, _suffix(event.number, who.key), who.key, "lowering_ask", params)
        for who in event.asked
    )


@tells(LoweringAgreed, LoweringDeclined, LoweringLapsed, LoweringWithdrawn)
def settled(ticket: Ticket, event: Settled, ctx: Context) -> Effects:
    """Take the questions' buttons away, and tell the one who asked what became of it."""
    lowering = ticket.of(Tiers).lowering(event.number)
    if lowering is None:
        return ()
    edits = tuple(_edited(ticket, lowering, who.key) for who in lowering.asked)
    if isinstance(event, LoweringWithdrawn) and event.by.key == lowering.asked_by.key:
        return edits
    asker, params = lowering.asked_by.key, {"lowering": lowering.number}
    answer = dm(ticket, f"lowering/{lowering.number}/answer", asker, "lowering_answer", params)
    return (*edits, answer)


def _edited(ticket: Ticket, lowering: Lowering, person: str) -> Effect:
    posted = f"{ticket.reference}/{_suffix(lowering.number, person)}"
    return Effect(
        key=f"{posted}/edit",
        gateway=Gateway.SLACK,
        method="chat.update",
        to=Dm(person),
        template="lowering_ask",
        params={"person": person, "lowering": lowering.number},
        arguments={"channel": result(posted, "channel"), "ts": result(posted, "ts")},
        stream=f"dm/{person}/{ticket.reference}",
        surface=Surface.LATEST_ONLY,
        slot=f"{posted}/edit",
        needs=(posted,),
    )
