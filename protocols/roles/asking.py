"""Who is asked for a role, one after the other along the rota. Source: S21; D14."""

from __future__ import annotations

from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.people.people import ROLE_DUTIES, Role, Staff
from protocols.roles.events import RoleAsked, RotaExhausted
from protocols.roles.state import Roles
from protocols.ticket import Ticket


def candidates(role: Role, ticket: Ticket | None, ctx: Context) -> tuple[Staff, ...]:
    """Return who can be asked for a role, best first.

    Nobody holds two seats; one of the leads or the contact is asked last, so that three people
    are found where three are on duty; the one who investigates never writes. Source: D14, D23.
    """
    people = ctx.on_duty(*ROLE_DUTIES[role])
    if ticket is None:
        return people
    seat = ticket.of(Roles).seat(role)
    tried = set(seat.tried) if seat is not None else set()
    taken = set()
    for other in ticket.of(Roles).seats:
        if other.role is not role:
            taken |= {who.key for who in (other.holder, other.asked) if who is not None}
    free = [who for who in people if who.key not in taken | tried]
    last = {ticket.poc.key} if ticket.poc is not None else set()
    return tuple(sorted(free, key=lambda who: who.key in last))


def ask_role(role: Role, ticket: Ticket | None, ctx: Context) -> list[Event]:
    """Return the question to the next on the rota, or that the rota is at its end. Source: D14."""
    found = candidates(role, ticket, ctx)
    if found:
        return [RoleAsked(ctx.now, ctx.by, role, found[0])]
    return [RotaExhausted(ctx.now, ctx.by, role)]


def ask_incident_response(ctx: Context, ticket: Ticket | None = None) -> list[Event]:
    """Return the questions for the roles of Tier 4, at once: the commander first. Source: S21."""
    events: list[Event] = []
    asked: set[str] = set()
    for role in (Role.COMMANDER, Role.COMMUNICATOR, Role.SCRIBE):
        seat = ticket.of(Roles).seat(role) if ticket is not None else None
        if seat is not None and (seat.holder is not None or seat.asked is not None):
            continue
        free = [who for who in candidates(role, ticket, ctx) if who.key not in asked]
        if free:
            asked.add(free[0].key)
            events.append(RoleAsked(ctx.now, ctx.by, role, free[0]))
        else:
            events.append(RotaExhausted(ctx.now, ctx.by, role))
    return events
