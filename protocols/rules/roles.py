"""The three roles, the commander, the one contact. Source: S39, S43, S187; D14, D23."""

from __future__ import annotations

from protocols import commands as cmd
from protocols import events as ev
from protocols.context import Context
from protocols.people import BRIDGE_ROLES, ROLE_DUTIES, Role, Who
from protocols.refusals import (
    AlreadyDone,
    NotACsm,
    NotYours,
    RoleAlreadyTaken,
    RoleConflict,
    WrongState,
)
from protocols.rules import calling
from protocols.rules.guards import (
    manager_name,
    need_duty,
    need_on_ticket,
    need_ours,
    need_staff,
    need_status,
)
from protocols.rules.ladder import settle
from protocols.rules.rights import is_here
from protocols.slices import HandOver, Ladder, Roles
from protocols.ticket import Seat, Status, StepKind, StepState, Ticket

APART = frozenset({Role.INVESTIGATOR, Role.COMMUNICATOR})


def take(ticket: Ticket, command: cmd.TakeRole, ctx: Context) -> tuple[ev.Event, ...]:
    """Decide that the actor takes a role that is vacant or asked of them.

    Raises:
        RoleAlreadyTaken: Another holds it.
        RoleConflict: The actor holds the seat that must stay apart, or another seat.
    """
    need_staff(ctx)
    need_status(ticket, Status.OPEN)
    seat = _seat(ticket, command.role)
    if not _is_asked(seat, ctx):
        need_on_ticket(ticket, ctx)
    if seat.holder is not None:
        held_s = int((ctx.now - (seat.taken_at or ctx.now)).total_seconds())
        raise RoleAlreadyTaken(person=seat.holder.name, role=seat.role.label, seconds=held_s)
    # One who holds a seat is asked for a second only by a CS manager, who gave the reason then.
    may_double = _is_asked(seat, ctx) and few_on_duty(ctx)
    _refuse_conflict(ticket, seat.role, ctx.by, ctx, may_double=may_double)
    return _seated(ticket, seat, ctx)


def _seated(ticket: Ticket, seat: Seat, ctx: Context) -> tuple[ev.Event, ...]:
    taken = ev.RoleTaken(ctx.now, ctx.by, seat.role, seat.holder)
    return (taken, *_invited(ticket, ctx))


def _invited(ticket: Ticket, ctx: Context) -> tuple[ev.Event, ...]:
    """Return the invitation of one who takes over a part and is not in the bridge. S43, D14."""
    if not ticket.tier.has_bridge or is_here(ticket, ctx.by):
        return ()
    return (ev.PersonInvited(ctx.now, ctx.by, ctx.by),)


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


def decline(ticket: Ticket, command: cmd.DeclineRole, ctx: Context) -> tuple[ev.Event, ...]:
    """Decide that the next on the rota is asked; a hand-over leaves the holder. Source: D14."""
    seat = _seat(ticket, command.role)
    if not _is_asked(seat, ctx):
        raise NotYours(reference=ticket.reference, poc="", manager=manager_name(ctx))
    declined = ev.RoleDeclined(ctx.now, ctx.by, seat.role, ctx.by)
    if seat.holder is not None:
        return (declined,)
    return (declined, *calling.ask_role(seat.role, ticket, ctx))


def assign(ticket: Ticket, command: cmd.AssignRole, ctx: Context) -> tuple[ev.Event, ...]:
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
    need_ours(command.person, ctx)
    if seat.holder is not None and seat.holder.key == command.person.key:
        raise AlreadyDone(reference=ticket.reference)
    allowed = ctx.actor.holds("cs-manager") and bool(command.reason.strip()) and few_on_duty(ctx)
    _refuse_conflict(ticket, seat.role, command.person, ctx, may_double=allowed)
    if command.person.key == ctx.by.key and seat.holder is None:
        return _seated(ticket, seat, ctx)
    return (ev.RoleAsked(ctx.now, ctx.by, seat.role, command.person, command.reason),)


def accept(ticket: Ticket, command: cmd.TakeRole, ctx: Context) -> tuple[ev.Event, ...]:
    """Decide **Accept**: a hand-over replaces the holder; else it is taking a vacant role."""
    seat = _seat(ticket, command.role)
    if seat.holder is None or not _is_asked(seat, ctx):
        return take(ticket, command, ctx)
    need_staff(ctx)
    need_status(ticket, Status.OPEN)
    _refuse_conflict(ticket, seat.role, ctx.by, ctx, may_double=few_on_duty(ctx))
    return _seated(ticket, seat, ctx)


def lapse(ticket: Ticket, role: Role, ctx: Context) -> tuple[ev.Event, ...]:
    """Return what follows when one asked has not answered in time. Source: D14.

    A seat that is held stays held, and the rota is left alone: only a hand-over has lapsed.
    """
    seat = ticket.of(Roles).seat(role)
    if seat is None or seat.asked is None:
        return ()
    lapsed = ev.RoleLapsed(ctx.now, ctx.by, role, seat.asked)
    if seat.holder is not None:
        return (lapsed,)
    return (lapsed, *calling.ask_role(role, ticket, ctx))


def all_taken(ticket: Ticket, ctx: Context) -> tuple[ev.Event, ...]:
    """Return the steps that the seats now satisfy. Source: S21, S43."""
    events: list[ev.Event] = []
    commander = ticket.of(Roles).seat(Role.COMMANDER)
    if commander is not None and commander.holder is not None:
        events += settle(ticket, StepKind.COMMANDER, ctx)
    bridge_seats = [seat for seat in ticket.of(Roles).seats if seat.role is not Role.COMMANDER]
    if bridge_seats and all(seat.holder is not None for seat in bridge_seats):
        events += settle(ticket, StepKind.ROLES_TAKEN, ctx)
    return tuple(events)


def offer_poc(ticket: Ticket, command: cmd.OfferPoc, ctx: Context) -> tuple[ev.Event, ...]:
    """Decide the offer of the point of contact; it changes only when the other accepts.

    Raises:
        NotACsm: The other is not a CSM of the directory.
        AlreadyDone: The other is the contact.
        PersonUnknown: The other cannot be reached.
    """
    need_on_ticket(ticket, ctx)
    is_poc = ticket.poc is not None and ctx.same(ticket.poc.key, ctx.by.key)
    if not is_poc:
        need_duty(ctx, "cs-manager")
    if ctx.has_rota and not ctx.holds(command.person.key, "csm"):
        raise NotACsm(person=command.person.name)
    if ticket.poc is not None and ticket.poc.key == command.person.key:
        raise AlreadyDone(reference=ticket.reference)
    need_ours(command.person, ctx)
    return (ev.PocOffered(ctx.now, ctx.by, command.person),)


def answer_poc(ticket: Ticket, command: cmd.AnswerPoc, ctx: Context) -> tuple[ev.Event, ...]:
    """Decide the answer to an offer of the point of contact. Source: S39, S187."""
    offer = ticket.of(HandOver).poc_offer
    if offer is None or not ctx.same(offer.to.key, ctx.by.key):
        raise NotYours(reference=ticket.reference, poc="", manager=manager_name(ctx))
    if not command.accept:
        return (ev.PocDeclined(ctx.now, ctx.by, ctx.by),)
    return (ev.PocChanged(ctx.now, ctx.by, ctx.by, ticket.poc), *_invited(ticket, ctx))


def owed(ticket: Ticket, kind: StepKind) -> bool:
    """Say whether a step of this kind is owed now."""
    step = ticket.of(Ladder).step(kind)
    return step is not None and step.state is StepState.OWED
