"""What our own people are told of a lower tier: whoever must agree, and whoever asked. D12."""

from __future__ import annotations

from protocols import events as ev
from protocols.context import Context
from protocols.effects import Dm, Effect, Gateway, Surface
from protocols.lowering import Lowering
from protocols.planning.registry import Effects, on
from protocols.planning.roads import dm, result
from protocols.slices import Tiers
from protocols.ticket import Ticket

Settled = ev.LoweringAgreed | ev.LoweringDeclined | ev.LoweringLapsed | ev.LoweringWithdrawn


def _suffix(number: int, person: str) -> str:
    return f"lowering/{number}/{person}"


@on(ev.LoweringAsked)
def asked(ticket: Ticket, event: ev.LoweringAsked, ctx: Context) -> Effects:
    """Ask Legal and Security on duty, with the two answers as buttons."""
    params = {"lowering": event.number}
    return tuple(
        dm(ticket, _suffix(event.number, who.key), who.key, "lowering_ask", params)
        for who in event.asked
    )


@on(ev.LoweringAgreed, ev.LoweringDeclined, ev.LoweringLapsed, ev.LoweringWithdrawn)
def settled(ticket: Ticket, event: Settled, ctx: Context) -> Effects:
    """Take the questions' buttons away, and tell the one who asked what became of it."""
    lowering = ticket.of(Tiers).lowering(event.number)
    if lowering is None:
        return ()
    edits = tuple(_edited(ticket, lowering, who.key) for who in lowering.asked)
    if isinstance(event, ev.LoweringWithdrawn) and event.by.key == lowering.asked_by.key:
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
