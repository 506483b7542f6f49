"""The pre-approved texts: the only ones that leave without a second person. Source: D15, D21."""

from __future__ import annotations

from datetime import datetime

from protocols import events as ev
from protocols.context import Context
from protocols.rules.outbound import is_dead
from protocols.scales import Tier
from protocols.slices import FixedTexts, Promises, Road, Updates
from protocols.ticket import (
    DraftState,
    Promise,
    Route,
    RouteKind,
    Ticket,
)

ACKNOWLEDGMENT = "acknowledgment"
HOLDING = "holding"
NO_CHANGE = "no_change"
LATE = "late"


def acknowledgment(
    reference: str, route: Route, promised_at: datetime | None, ctx: Context, *, number: int = 1
) -> list[ev.Event]:
    """Return the acknowledgment and the promise it makes; nothing when there is no route."""
    if route.kind is RouteKind.NONE:
        return []
    sent = ev.FixedTextSent(ctx.now, ctx.by, ACKNOWLEDGMENT, f"{reference}/ack", promised_at)
    if promised_at is None:
        return [sent]
    return [sent, ev.PromiseMade(ctx.now, ctx.by, number, promised_at)]


def count(ticket: Ticket, name: str) -> int:
    """Return how often a fixed text was sent on this ticket."""
    return sum(1 for text in ticket.of(FixedTexts).fixed_texts if text.name == name)


def in_a_row(ticket: Ticket, name: str) -> int:
    """Return how often a fixed text was sent since the last released update.

    *No change* breaks a row of *we are late*: the account was told something in between.
    """
    heard = [
        d.released_at for d in ticket.of(Updates).released_updates() if d.released_at is not None
    ]
    if name == LATE:
        heard += [
            text.sent_at for text in ticket.of(FixedTexts).fixed_texts if text.name == NO_CHANGE
        ]
    since = max(heard, default=None)
    return sum(
        1
        for text in ticket.of(FixedTexts).fixed_texts
        if text.name == name
        and text.withdrawn_at is None
        and (since is None or text.sent_at > since)
    )


def next_number(ticket: Ticket) -> int:
    """Return the number of the next promise."""
    return len(ticket.of(Promises).promises) + 1


def default_next(ticket: Ticket, ctx: Context) -> datetime:
    """Return the usual instant of the next update. Source: D10."""
    update = ctx.policy.update
    return ctx.now + (update.tier4 if ticket.tier is Tier.SYSTEMIC else update.tier3)


def keep_promise(ticket: Ticket, ctx: Context, at: datetime | None = None) -> tuple[ev.Event, ...]:
    """Return that the promise that binds is kept (now, or ``at``); nothing when none binds."""
    promise = ticket.of(Promises).promise
    return () if promise is None else (ev.PromiseKept(at or ctx.now, ctx.by, promise.number),)


def late_text(ticket: Ticket, ctx: Context) -> tuple[ev.Event, ...]:
    """Return what a promised time that passes in silence causes. Source: D21.

    Once in a row the account is told by the fixed text, with a new promise; the second time the
    matter is the CS manager's.
    """
    promise = ticket.of(Promises).promise
    if promise is None:
        return ()
    if was_said_late(ticket, ctx) or ticket.of(Road).route.kind is RouteKind.NONE:
        return (ev.PromiseLapsed(ctx.now, ctx.by, promise.number, told=False),)
    return say_late(ticket, promise, ctx)


def say_late(ticket: Ticket, promise: Promise, ctx: Context) -> tuple[ev.Event, ...]:
    """Return that the account is told that a promise will not be kept, and the new one.

    The new promise counts from the promised time, or from now when that has passed. D21.
    """
    ahead = ctx.now < promise.at
    key = f"{ticket.reference}/late/{count(ticket, LATE) + 1}"
    promised_at = max(promise.at, ctx.now) + ctx.policy.update.late_promise
    return (
        ev.PromiseLapsed(ctx.now, ctx.by, promise.number, told=True, ahead=ahead),
        ev.FixedTextSent(ctx.now, ctx.by, LATE, key, promised_at),
        ev.PromiseMade(ctx.now, ctx.by, next_number(ticket), promised_at),
    )


def was_said_late(ticket: Ticket, ctx: Context) -> bool:
    """Say whether the account was told as often in a row as it may be. Source: D21."""
    return in_a_row(ticket, LATE) >= ctx.policy.update.late_texts_in_a_row


def on_its_way(ticket: Ticket) -> bool:
    """Say whether an update is released and not yet taken: when it is, it keeps the promise.

    One that was refused for good is not on its way, nor one that only a call can bring them: a
    person has to do it, and until then the promise runs.
    """
    return ticket.of(Road).route.kind is not RouteKind.NONE and any(
        draft.state is DraftState.RELEASED and not is_dead(ticket, draft)
        for draft in ticket.of(Updates).released_updates()
    )


def opened_again(
    ticket: Ticket, reason: str, back_at: datetime, ctx: Context, *, by_silence: bool = False
) -> tuple[ev.Event, ...]:
    """Return that a ticket is open again, and what the notice of it promises. Source: S100, D7.

    The notice says by when the contact comes back: that is a promise, and it is kept or told late.
    """
    again = ev.TicketReopened(ctx.now, ctx.by, reason, by_silence)
    if not ticket.tier.has_bridge or ticket.of(Road).route.kind is RouteKind.NONE:
        return (again,)
    promise = ticket.of(Promises).promise
    if promise is not None and promise.at > ctx.now:
        return (again,)
    passed: tuple[ev.Event, ...] = ()
    if promise is not None:
        passed = (ev.PromiseLapsed(ctx.now, ctx.by, promise.number, told=True),)
    return (again, *passed, ev.PromiseMade(ctx.now, ctx.by, next_number(ticket), back_at))
