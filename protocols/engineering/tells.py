"""Who of Engineering is asked, what becomes of the question, and who hears that nobody answered.

Source: S7, D14, D28.
"""

from __future__ import annotations

from protocols.engineering.events import (
    EngineerAsked,
    EngineeringTaken,
    EngineeringTicketRecorded,
    EngineerLapsed,
    EngineersExhausted,
)
from protocols.engineering.state import Loop
from protocols.kernel.context import Context
from protocols.kernel.effects import Effect
from protocols.kernel.event import Event
from protocols.kernel.roads import dm, dm_edit
from protocols.kernel.stamps import stamp
from protocols.kernel.tables import Effects, tells, tells_last
from protocols.people.people import Staff
from protocols.targets.people import owner
from protocols.ticket import Ticket

_ENDS = (EngineerLapsed, EngineeringTaken, EngineeringTicketRecorded)


@tells(EngineerAsked)
def asked(ticket: Ticket, event: EngineerAsked, ctx: Context) -> Effects:
    """Ask an engineer on duty."""
    suffix = f"engineer/{event.person.key}/{stamp(event.at)}"
    return (dm(ticket, suffix, event.person, "engineer_ask"),)


@tells(EngineeringTaken, EngineeringTicketRecorded)
def opened(
    ticket: Ticket, event: EngineeringTaken | EngineeringTicketRecorded, ctx: Context
) -> Effects:
    """Tell who has the ticket that Engineering is in, unless it is they who said so."""
    who = owner(ticket, ctx)
    if who is None or who.key == event.by.key:
        return ()
    return (dm(ticket, f"engineering/{stamp(event.at)}", who, "engineering_in", unasked=True),)


@tells(EngineersExhausted)
def exhausted(ticket: Ticket, event: EngineersExhausted, ctx: Context) -> Effects:
    """Tell the CS manager, and who has the ticket, that nobody of Engineering answered."""
    people = dict.fromkeys(who for who in (event.told, owner(ticket, ctx)) if who is not None)
    suffix = f"no-engineer/{stamp(event.at)}"
    return tuple(
        dm(ticket, f"{suffix}/{who.key}", who, "no_engineer", unasked=not ticket.tier.has_bridge)
        for who in people
    )


@tells_last
def question_ended(
    before: Ticket | None, events: tuple[Event, ...], ticket: Ticket, ctx: Context, _version: int
) -> Effects:
    """Take the buttons off a question that waits no more, and say what became of it."""
    if before is None or not any(isinstance(event, _ENDS) for event in events):
        return ()
    loop = before.of(Loop)
    if loop.asked is None or loop.asked_at is None:
        return ()
    return (_edited(ticket, loop.asked, stamp(loop.asked_at)),)


def _edited(ticket: Ticket, who: Staff, number: int) -> Effect:
    posted = f"{ticket.reference}/engineer/{who.key}/{number}"
    return dm_edit(ticket, posted, f"{posted}/edit", who, "engineer_asked", slot=f"{posted}/edit")
