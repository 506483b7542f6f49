"""The three roles and the commander: taken, declined, handed over.

Source: S21, S43, S187; D14, D23.
"""

from __future__ import annotations

from protocols.bridge.events import PersonInvited
from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.refusals import AlreadyDone, WrongState
from protocols.kernel.tables import decides, follows
from protocols.ladder.events import StepKind
from protocols.ladder.rules import settle
from protocols.people.people import BRIDGE_ROLES, ROLE_DUTIES, Role, Who
from protocols.rights.guards import need_on_ticket, need_ours, need_reader, need_staff, need_status
from protocols.rights.refusals import NotAsked
from protocols.rights.rules import is_here
from protocols.roles.asking import ask_role
from protocols.roles.events import (
    AssignRole,
    DeclineRole,
    RoleAsked,
    RoleDeclined,
    RoleLapsed,
    RoleTaken,
    TakeRole,
)
from protocols.roles.refusals import RoleAlreadyTaken, RoleConflict
from protocols.roles.state import Roles, Seat
from protocols.status import Status
from protocols.ticket import Ticket

APART = frozenset({Role.INVESTIGATOR, Role.COMMUNICATOR})


def take(ticket: Ticket, command: TakeRole, ctx: Context) -> tuple[Event, ...]:
    """Decide that the actor takes a role that is vacant or asked of them.

    Raises:
        RoleAlreadyTaken: Another holds it.
        RoleConflict: The actor holds the seat that must stay apart, or another seat.
    """
    need_staff(ctx)
    need_status(ticket, Status.OPEN)
    seat = _seat(ticket, command.role)
    if seat.holder is not None:
        need_reader(ticket, ctx)
        held_s = int((ctx.now - (seat.taken_at or ctx.now)).total_seconds())
        raise RoleAlreadyTaken(person=seat.holder.name, role=seat.role.label, seconds=held_s)
    if not _is_asked(seat, ctx):
        need_on_ticket(ticket, ctx)
    # One who holds a seat is asked for a second only by a CS manager, who gave the reason then.
    may_double = _is_asked(seat, ctx) and few_on_duty(ctx)
    _refuse_conflict(ticket, seat.role, ctx.by, ctx, may_double=may_double)
    return _seated(ticket, seat, ctx)


def _seated(ticket: Ticket, seat: Seat, ctx: Context) -> tuple[Event, ...]:
    taken = RoleTaken(ctx.now, ctx.by, seat.role, seat.holder)
    return (taken, *invited(ticket, ctx))


def invited(ticket: Ticket, ctx: Context) -> tuple[Event, ...]:
    """Return the invitation of one who takes over a part and is not in the bridge. S43, D14."""
    if not ticket.tier.has_bridge or is_here(ticket, ctx.by):
        return ()
    return (PersonInvited(ctx.now, ctx.by, ctx.by),)


def _is_asked(seat: Seat, ctx: Context) -> bool:
    return seat.asked is not None and ctx.same(seat.asked.key, ctx.by.key)


def _seat(ticket: Ticket, role: Role) -> Seat:
    seat = ticket.of(Roles).seat(role)
    if seat is None:
        raise WrongState(reference=ticket.reference, status=f"Tier {int(ticket.tier)}")
    return seat


def _refuse_conflict(
    ticket: Ticket, role: Role, who: Who, ctx: Context, *, may_double: bool
) -> None:
    own = ctx.all_keys((who.key,))
    for other in ticket.of(Roles).seats:
        if other.role is role or other.holder is None or other.holder.key not in own:
            continue
        if {role, other.role} == APART or not (may_double or not ctx.has_rota):
            raise RoleConflict(person=who.name, role=role.label, holds=other.role.label)


def few_on_duty(ctx: Context) -> bool:
    """Say whether fewer than three people are on duty for the three roles. Source: D23."""
    duties = {duty for role in BRIDGE_ROLES for duty in ROLE_DUTIES[role]}
    return len(ctx.on_duty(*sorted(duties))) < len(BRIDGE_ROLES)


def _not_asked(seat: Seat) -> NotAsked:
    """Return who has the role, or is asked for it, instead of the actor."""
    if seat.holder is not None:
        return NotAsked(person=seat.holder.name, what="has")
    return NotAsked(person=seat.asked.name if seat.asked is not None else "", what="asked")


@decides(DeclineRole)
def decline(ticket: Ticket, command: DeclineRole, ctx: Context) -> tuple[Event, ...]:
    """Decide that the next on the rota is asked; a hand-over leaves the holder. Source: D14."""
    seat = _seat(ticket, command.role)
    if not _is_asked(seat, ctx):
        raise _not_asked(seat)
    declined = RoleDeclined(ctx.now, ctx.by, seat.role, ctx.staff)
    if seat.holder is not None:
        return (declined,)
    return (declined, *ask_role(seat.role, ticket, ctx))


@decides(AssignRole)
def assign(ticket: Ticket, command: AssignRole, ctx: Context) -> tuple[Event, ...]:
    """Decide that a named person is asked for a role; the holder keeps it until they accept.

    Raises:
        PersonUnknown: The person cannot be reached.
        AlreadyDone: They hold the role.
        RoleConflict: They hold the seat that must stay apart; or another seat, and no CS manager
            gave a reason while fewer than three are on duty (D23).
    """
    need_on_ticket(ticket, ctx)
    need_status(ticket, Status.OPEN)
    seat = _seat(ticket, command.role)
    person = need_ours(command.person, ctx)
    if seat.holder is not None and seat.holder.key == command.person.key:
        raise AlreadyDone(person=seat.holder.name, done_at=seat.taken_at)
    allowed = ctx.actor.holds("cs-manager") and bool(command.reason.strip()) and few_on_duty(ctx)
    _refuse_conflict(ticket, seat.role, command.person, ctx, may_double=allowed)
    if command.person.key == ctx.by.key and seat.holder is None:
        return _seated(ticket, seat, ctx)
    return (RoleAsked(ctx.now, ctx.by, seat.role, person, command.reason),)


@decides(TakeRole)
def accept(ticket: Ticket, command: TakeRole, ctx: Context) -> tuple[Event, ...]:
    """Decide **Accept**: a hand-over replaces the holder; else it is taking a vacant role."""
    seat = _seat(ticket, command.role)
    if seat.holder is None or not _is_asked(seat, ctx):
        return take(ticket, command, ctx)
    need_staff(ctx)
    need_status(ticket, Status.OPEN)
    _refuse_conflict(ticket, seat.role, ctx.by, ctx, may_double=few_on_duty(ctx))
    return _seated(ticket, seat, ctx)


def lapse(ticket: Ticket, role: Role, ctx: Context) -> tuple[Event, ...]:
    """Return what follows when one asked has not answered in time. Source: D14.

    A seat that is held stays held, and the rota is left alone: only a hand-over has lapsed.
    """
    seat = ticket.of(Roles).seat(role)
    if seat is None or seat.asked is None:
        return ()
    lapsed = RoleLapsed(ctx.now, ctx.by, role, seat.asked)
    if seat.holder is not None:
        return (lapsed,)
    return (lapsed, *ask_role(role, ticket, ctx))


@follows
def all_taken(
    _before: Ticket | None, _events: tuple[Event, ...], ticket: Ticket, ctx: Context
) -> tuple[Event, ...]:
    """Return the steps that the seats now satisfy. Source: S21, S43."""
    events: list[Event] = []
    commander = ticket.of(Roles).seat(Role.COMMANDER)
    if commander is not None and commander.holder is not None:
        events += settle(ticket, StepKind.COMMANDER, ctx)
    bridge_seats = [seat for seat in ticket.of(Roles).seats if seat.role is not Role.COMMANDER]
    if bridge_seats and all(seat.holder is not None for seat in bridge_seats):
        events += settle(ticket, StepKind.ROLES_TAKEN, ctx)
    return tuple(events)
