"""Holds, with segregation of duties. Source: S32, S48; D17; M6."""

from __future__ import annotations

from protocols import commands as cmd
from protocols import events as ev
from protocols.context import Context
from protocols.people import Standing
from protocols.refusals import AlreadyDone, ClearerIsPlacer, OldButton
from protocols.rules.guards import names_on_duty, need_duty, need_on_ticket, need_reason
from protocols.ticket import Hold, HoldKind, HoldState, Ticket

CLEARING_DUTIES: dict[HoldKind, tuple[str, ...]] = {
    HoldKind.TRANSACTION: ("finance", "cs-manager", "payments-operations", "compliance"),
    HoldKind.DISCLOSURE: ("legal",),
    HoldKind.RETENTION: ("legal", "compliance"),
}


def place(ticket: Ticket, command: cmd.PlaceHold, ctx: Context) -> tuple[ev.Event, ...]:
    """Decide that a stop is asked for. A disclosure hold binds at once. Source: S48, D17."""
    need_on_ticket(ticket, ctx)
    need_reason(command.reason)
    if ticket.holds_in_force(command.kind):
        raise AlreadyDone(reference=ticket.reference)
    number = len(ticket.holds) + 1
    asked = ev.HoldAsked(ctx.now, ctx.by, number, command.kind, command.reason)
    if command.kind is HoldKind.TRANSACTION:
        return (asked,)
    return (asked, ev.HoldStopped(ctx.now, ctx.by, number, ctx.by.name))


def legal_hold(number: int, ctx: Context) -> list[ev.Event]:
    """Return the disclosure hold that a legal threat places at once. Source: S32."""
    reason = "legal threat"
    return [
        ev.HoldAsked(ctx.now, ctx.by, number, HoldKind.DISCLOSURE, reason),
        ev.HoldStopped(ctx.now, ctx.by, number, ctx.by.name),
    ]


def _hold(ticket: Ticket, number: int) -> Hold:
    found = next((hold for hold in ticket.holds if hold.number == number), None)
    if found is None:
        raise OldButton(reference=ticket.reference)
    return found


def confirm_stopped(
    ticket: Ticket, command: cmd.ConfirmStopped, ctx: Context
) -> tuple[ev.Event, ...]:
    """Decide that a named person confirmed the stop. Source: D17."""
    need_on_ticket(ticket, ctx)
    hold = _hold(ticket, command.number)
    need_reason(command.confirmed_by)
    if hold.state is not HoldState.ASKED:
        raise AlreadyDone(reference=ticket.reference)
    return (ev.HoldStopped(ctx.now, ctx.by, hold.number, command.confirmed_by),)


def clear(ticket: Ticket, command: cmd.ClearHold, ctx: Context) -> tuple[ev.Event, ...]:
    """Decide the clearance of a hold; who has the duty need not be on the ticket.

    Raises:
        ClearerIsPlacer: The actor placed it.
        NotAllowed: The actor has no duty that clears this kind.
    """
    hold = _hold(ticket, command.number)
    duties = CLEARING_DUTIES[hold.kind]
    if not (ctx.actor.standing is Standing.MEMBER and ctx.actor.holds(*duties)):
        need_on_ticket(ticket, ctx)
    need_reason(command.reason)
    if not hold.in_force:
        raise AlreadyDone(reference=ticket.reference)
    if hold.asked_by.key == ctx.by.key:
        raise ClearerIsPlacer(people=names_on_duty(ctx, *duties))
    need_duty(ctx, *duties)
    return (ev.HoldCleared(ctx.now, ctx.by, hold.number, command.reason),)
