"""Who is asked to read a complaint or a dispute, and what whoever has the ticket hears of it."""

from __future__ import annotations

from collections.abc import Iterable

from protocols.flags.endings import PROPOSED
from protocols.flags.events import (
    Flag,
    FlagAgain,
    FlagAsked,
    FlagCleared,
    FlagProposed,
    FlagSet,
)
from protocols.kernel.context import Context
from protocols.kernel.roads import dm
from protocols.kernel.stamps import stamp
from protocols.kernel.tables import Effects, tells
from protocols.people.people import Staff
from protocols.ticket import Ticket


@tells(FlagSet)
def flagged(ticket: Ticket, event: FlagSet, ctx: Context) -> Effects:
    """Ask whose it is; tell who has the ticket that words need a second person now. D45."""
    asks = _asks(ticket, event.flag, 1, event.to)
    return (*asks, *_to_owner(ticket, event, ctx))


@tells(FlagProposed, FlagAgain)
def proposed(ticket: Ticket, event: FlagProposed | FlagAgain, _ctx: Context) -> Effects:
    """Ask whether it is one. Source: D15; M19."""
    turn = event.turn if isinstance(event, FlagAgain) else 1
    params = {"flag": event.flag.value, "number": event.number, "again": "yes" * (turn > 1)}
    suffix = f"{PROPOSED}/{event.flag.value}/{event.number}/{turn}"
    return tuple(
        dm(ticket, f"{suffix}/{who.key}", who, "flag_proposed", params) for who in event.to
    )


@tells(FlagAsked)
def asked_next(ticket: Ticket, event: FlagAsked, ctx: Context) -> Effects:
    """Ask the next, and remind those who were asked before."""
    person = () if event.person is None else (event.person,)
    return _asks(ticket, event.flag, event.turn, (*person, *event.reminded))


@tells(FlagCleared)
def cleared(ticket: Ticket, event: FlagCleared, ctx: Context) -> Effects:
    """Tell who has the ticket that it is none after all."""
    return _to_owner(ticket, event, ctx)


def _asks(ticket: Ticket, flag: Flag, turn: int, people: Iterable[Staff]) -> Effects:
    params = {"flag": flag.value}
    return tuple(
        dm(ticket, f"flag/{flag.value}/{turn}/{who.key}", who, "flag_ask", params)
        for who in dict.fromkeys(people)
    )


def _to_owner(ticket: Ticket, event: FlagSet | FlagCleared, ctx: Context) -> Effects:
    who = ticket.poc
    asked = event.to if isinstance(event, FlagSet) else ()
    if who is None or ctx.is_actor(who.key) or any(ctx.same(who.key, one.key) for one in asked):
        return ()
    params = {"flag": event.flag.value, "by": event.by.key, "reason": event.reason}
    params["is_set"] = "yes" if isinstance(event, FlagSet) else ""
    suffix = f"flag-told/{event.flag.value}/{stamp(event.at)}"
    return (dm(ticket, suffix, who, "flag_told", params, unasked=True),)
