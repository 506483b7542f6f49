"""Holds, with segregation of duties. Source: S32, S48; D17; M6."""

from __future__ import annotations

from datetime import datetime

from protocols.holds.events import (
    ClearHold,
    ConfirmStopped,
    HoldAsked,
    HoldCleared,
    HoldKind,
    HoldStopped,
    PlaceHold,
    StopAsked,
    StopLapsed,
    StopRotaExhausted,
)
from protocols.holds.refusals import ClearerIsPlacer, HasPassed
from protocols.holds.state import Hold, Holds, HoldState
from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.refusals import AlreadyDone, OldButton, WrongState
from protocols.kernel.tables import decides, follows
from protocols.people.duties import PAYMENTS
from protocols.people.people import BOT, Standing
from protocols.rights.guards import names_on_duty, need_duty, need_on_ticket, need_reason
from protocols.status import Status
from protocols.ticket import Ticket

CLEARING_DUTIES: dict[HoldKind, tuple[str, ...]] = {
    HoldKind.TRANSACTION: ("finance", "cs-manager", PAYMENTS, "compliance"),
    HoldKind.DISCLOSURE: ("legal",),
    HoldKind.RETENTION: ("legal", "compliance"),
}


@decides(PlaceHold)
def place(ticket: Ticket, command: PlaceHold, ctx: Context) -> tuple[Event, ...]:
    """Decide that a stop is asked for. A disclosure hold binds at once. Source: S48, D17.

    Raises:
        WrongState: Payments are to be stopped for a ticket that was opened by mistake.
        AlreadyDone: Such a hold is in force.
        HasPassed: It was to be looked at before now.
    """
    need_on_ticket(ticket, ctx)
    if command.kind is HoldKind.TRANSACTION and ticket.status is Status.OPENED_IN_ERROR:
        raise WrongState(reference=ticket.reference, status=ticket.status.value)
    need_reason(command.reason)
    placed = ticket.of(Holds).holds_in_force(command.kind)
    if placed:
        raise AlreadyDone(person=placed[0].asked_by.name, done_at=placed[0].asked_at)
    number = len(ticket.of(Holds).holds) + 1
    until_at = command.until_at or next_look(command.kind, ctx)
    if until_at <= ctx.now:
        raise HasPassed(at=until_at)
    asked = HoldAsked(ctx.now, ctx.by, number, command.kind, command.reason, until_at)
    if command.kind is HoldKind.TRANSACTION:
        return (asked, *_ask_to_stop(number, (), ctx))
    return (asked, HoldStopped(ctx.now, ctx.by, number, ctx.by.name))


def next_look(kind: HoldKind, ctx: Context) -> datetime:
    """Return when those who may clear a hold are asked about it, where nobody said when."""
    if kind is HoldKind.RETENTION:
        return ctx.now + ctx.policy.holds.look_at_records
    return ctx.calendar.due(ctx.now, ctx.policy.holds.look_again)


def _ask_to_stop(number: int, tried: tuple[str, ...], ctx: Context) -> tuple[Event, ...]:
    """Return the question to the next on the rota, or that nobody further can be asked."""
    found = ctx.first_on_duty(PAYMENTS, besides=frozenset(tried))
    if found is None:
        return (StopRotaExhausted(ctx.now, ctx.by, number),)
    return (StopAsked(ctx.now, ctx.by, number, found),)


def stop_lapse(ticket: Ticket, number: int, ctx: Context) -> tuple[Event, ...]:
    """Return what follows when one asked to stop payments did not answer. Source: D14, D17."""
    hold = _hold(ticket, number)
    if hold.stopper is None or hold.state is not HoldState.ASKED:
        return ()
    lapsed = StopLapsed(ctx.now, ctx.by, number, hold.stopper)
    return (lapsed, *_ask_to_stop(number, hold.tried, ctx))


def may_confirm(ticket: Ticket, ctx: Context) -> bool:
    """Say whether the actor may confirm a stop without being on the ticket. Source: S48, D17."""
    is_ours = ctx.actor.standing is Standing.MEMBER
    return is_ours and (ctx.actor.holds(PAYMENTS) or ticket.of(Holds).asked_to_stop(ctx.by.key))


def legal_hold(number: int, ctx: Context) -> list[Event]:
    """Return the disclosure hold that a legal threat places at once. Source: S32."""
    reason = "legal threat"
    return [
        HoldAsked(
            ctx.now,
            ctx.by,
            number,
            HoldKind.DISCLOSURE,
            reason,
            next_look(HoldKind.DISCLOSURE, ctx),
        ),
        HoldStopped(ctx.now, ctx.by, number, ctx.by.name),
    ]


def _hold(ticket: Ticket, number: int) -> Hold:
    found = next((hold for hold in ticket.of(Holds).holds if hold.number == number), None)
    if found is None:
        raise OldButton(reference=ticket.reference)
    return found


@decides(ConfirmStopped)
def confirm_stopped(ticket: Ticket, command: ConfirmStopped, ctx: Context) -> tuple[Event, ...]:
    """Decide that a named person confirmed the stop; who was asked to need not be on the ticket.

    Source: D17.
    """
    if not may_confirm(ticket, ctx):
        need_on_ticket(ticket, ctx)
    hold = _hold(ticket, command.number)
    need_reason(command.confirmed_by)
    if hold.state is HoldState.STOPPED:
        raise AlreadyDone(person=hold.stopped_by, done_at=hold.stopped_at)
    if hold.state is HoldState.CLEARED:
        raise _cleared(hold)
    return (HoldStopped(ctx.now, ctx.by, hold.number, command.confirmed_by),)


def _cleared(hold: Hold) -> AlreadyDone:
    by = hold.cleared_by.name if hold.cleared_by is not None else ""
    return AlreadyDone(person=by, done_at=hold.cleared_at)


def may_clear(hold: Hold, ctx: Context) -> bool:
    """Say whether the actor has a duty that clears this kind, on the ticket or not."""
    return ctx.actor.standing is Standing.MEMBER and ctx.actor.holds(*CLEARING_DUTIES[hold.kind])


@decides(ClearHold)
def clear(ticket: Ticket, command: ClearHold, ctx: Context) -> tuple[Event, ...]:
    """Decide the clearance of a hold; who has the duty need not be on the ticket.

    Raises:
        ClearerIsPlacer: The actor placed it.
        NotAllowed: The actor has no duty that clears this kind.
    """
    hold = _hold(ticket, command.number)
    duties = CLEARING_DUTIES[hold.kind]
    if not may_clear(hold, ctx):
        need_on_ticket(ticket, ctx)
    need_reason(command.reason)
    if not hold.in_force:
        raise _cleared(hold)
    if ctx.is_actor(hold.asked_by.key):
        raise ClearerIsPlacer(people=names_on_duty(ctx, *duties))
    need_duty(ctx, *duties)
    return (HoldCleared(ctx.now, ctx.by, hold.number, command.reason),)


@follows
def moot(
    _before: Ticket | None, _events: tuple[Event, ...], ticket: Ticket, ctx: Context
) -> tuple[Event, ...]:
    """Return that a stop which nobody has confirmed is not asked for any more, after a mistake."""
    if ticket.status is not Status.OPENED_IN_ERROR:
        return ()
    return tuple(
        HoldCleared(ctx.now, BOT, hold.number, "opened by mistake")
        for hold in ticket.of(Holds).holds_in_force(HoldKind.TRANSACTION)
        if hold.state is HoldState.ASKED
    )
