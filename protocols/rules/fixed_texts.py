"""The pre-approved texts: the only ones that leave without a second person. Source: D15, D21."""

from __future__ import annotations

from datetime import datetime

from protocols import commands as cmd
from protocols import events as ev
from protocols.context import Context
from protocols.refusals import (
    AlreadyDone,
    LateSaid,
    NoRoute,
    NothingPromised,
    NothingReleased,
    OnItsWay,
    Refused,
    TooEarly,
    TooManyInARow,
)
from protocols.rules.guards import need_on_ticket, need_status
from protocols.rules.outward import is_dead
from protocols.scales import Tier
from protocols.ticket import (
    DraftState,
    Promise,
    Route,
    RouteKind,
    Status,
    StepKind,
    Ticket,
)

ACKNOWLEDGMENT = "acknowledgment"
HOLDING = "holding"
NO_CHANGE = "no_change"
LATE = "late"


def acknowledgment(
    reference: str, route: Route, promised_at: datetime | None, ctx: Context
) -> list[ev.Event]:
    """Return the acknowledgment and the promise it makes; nothing when there is no route."""
    if route.kind is RouteKind.NONE:
        return []
    sent = ev.FixedTextSent(ctx.now, ctx.by, ACKNOWLEDGMENT, f"{reference}/ack", promised_at)
    if promised_at is None:
        return [sent]
    return [sent, ev.PromiseMade(ctx.now, ctx.by, 1, promised_at)]


def send_fixed(ticket: Ticket, command: cmd.SendFixed, ctx: Context) -> tuple[ev.Event, ...]:
    """Decide the sending of a pre-approved text.

    Raises:
        NotYours: The actor is not on the ticket.
        NoRoute: The account cannot be reached in writing.
        AlreadyDone: The acknowledgment has left already.
        NothingReleased: *No change* has no released words to repeat.
        TooManyInARow: *No change* was sent twice in a row.
        NothingPromised, TooEarly, LateSaid, OnItsWay: *We are late* does not fit now.
    """
    need_on_ticket(ticket, ctx)
    need_status(ticket, Status.OPEN)
    if ticket.route.kind is RouteKind.NONE:
        account = ticket.account.name if ticket.account is not None else "the account"
        raise NoRoute(account=account)
    if command.name == ACKNOWLEDGMENT:
        return _send_acknowledgment(ticket, ctx)
    if command.name == NO_CHANGE:
        return _send_no_change(ticket, ctx)
    if command.name == LATE:
        return _send_late(ticket, ctx)
    key = f"{ticket.reference}/holding/{count(ticket, HOLDING) + 1}"
    return (ev.FixedTextSent(ctx.now, ctx.by, HOLDING, key),)


def count(ticket: Ticket, name: str) -> int:
    """Return how often a fixed text was sent on this ticket."""
    return sum(1 for text in ticket.fixed_texts if text.name == name)


def in_a_row(ticket: Ticket, name: str) -> int:
    """Return how often a fixed text was sent since the last released update.

    *No change* breaks a row of *we are late*: the account was told something in between.
    """
    heard = [d.released_at for d in ticket.released_updates() if d.released_at is not None]
    if name == LATE:
        heard += [text.sent_at for text in ticket.fixed_texts if text.name == NO_CHANGE]
    since = max(heard, default=None)
    return sum(
        1
        for text in ticket.fixed_texts
        if text.name == name
        and text.withdrawn_at is None
        and (since is None or text.sent_at > since)
    )


def next_number(ticket: Ticket) -> int:
    """Return the number of the next promise."""
    return len(ticket.promises) + 1


def _send_acknowledgment(ticket: Ticket, ctx: Context) -> tuple[ev.Event, ...]:
    if count(ticket, ACKNOWLEDGMENT):
        raise AlreadyDone(reference=ticket.reference)
    if not ticket.tier.has_bridge:
        return tuple(acknowledgment(ticket.reference, ticket.route, None, ctx))
    step = ticket.step(StepKind.FIRST_UPDATE)
    promised_at = step.due_at if step is not None else ctx.now + ctx.policy.update.tier4
    if promised_at <= ctx.now:
        promised_at = ctx.now + ctx.policy.update.late_promise
    return tuple(acknowledgment(ticket.reference, ticket.route, promised_at, ctx))


def default_next(ticket: Ticket, ctx: Context) -> datetime:
    """Return the usual instant of the next update. Source: D10."""
    update = ctx.policy.update
    return ctx.now + (update.tier4 if ticket.tier is Tier.SYSTEMIC else update.tier3)


def _send_no_change(ticket: Ticket, ctx: Context) -> tuple[ev.Event, ...]:
    if not ticket.released_updates():
        raise NothingReleased(reference=ticket.reference)
    most = ctx.policy.update.no_change_in_a_row
    if in_a_row(ticket, NO_CHANGE) >= most:
        raise TooManyInARow(reference=ticket.reference, count=most)
    key = f"{ticket.reference}/no-change/{count(ticket, NO_CHANGE) + 1}"
    promised_at = default_next(ticket, ctx)
    return (
        ev.FixedTextSent(ctx.now, ctx.by, NO_CHANGE, key, promised_at),
        *keep_promise(ticket, ctx),
        ev.PromiseMade(ctx.now, ctx.by, next_number(ticket), promised_at),
    )


def keep_promise(ticket: Ticket, ctx: Context, at: datetime | None = None) -> tuple[ev.Event, ...]:
    """Return that the promise that binds is kept (now, or ``at``); nothing when none binds."""
    promise = ticket.promise
    return () if promise is None else (ev.PromiseKept(at or ctx.now, ctx.by, promise.number),)


def late_text(ticket: Ticket, ctx: Context) -> tuple[ev.Event, ...]:
    """Return what a promised time that passes in silence causes. Source: D21.

    Once in a row the account is told by the fixed text, with a new promise; the second time the
    matter is the CS manager's.
    """
    promise = ticket.promise
    if promise is None:
        return ()
    if _late_was_said(ticket, ctx) or ticket.route.kind is RouteKind.NONE:
        return (ev.PromiseLapsed(ctx.now, ctx.by, promise.number, told=False),)
    return _say_late(ticket, promise, ctx)


def _say_late(ticket: Ticket, promise: Promise, ctx: Context) -> tuple[ev.Event, ...]:
    """The new promise counts from the promised time, or from now when that has passed. D21."""
    ahead = ctx.now < promise.at
    key = f"{ticket.reference}/late/{count(ticket, LATE) + 1}"
    promised_at = max(promise.at, ctx.now) + ctx.policy.update.late_promise
    return (
        ev.PromiseLapsed(ctx.now, ctx.by, promise.number, told=True, ahead=ahead),
        ev.FixedTextSent(ctx.now, ctx.by, LATE, key, promised_at),
        ev.PromiseMade(ctx.now, ctx.by, next_number(ticket), promised_at),
    )


def _late_was_said(ticket: Ticket, ctx: Context) -> bool:
    return in_a_row(ticket, LATE) >= ctx.policy.update.late_texts_in_a_row


def _send_late(ticket: Ticket, ctx: Context) -> tuple[ev.Event, ...]:
    objection = late_objection(ticket, ctx)
    if objection is not None:
        raise objection
    promise = ticket.promise
    return () if promise is None else _say_late(ticket, promise, ctx)


def late_objection(ticket: Ticket, ctx: Context) -> Refused | None:
    """Return what stands against *We are late* now; None when one press may send it. Source: D21.

    It may leave from the reminder of the promise on, and once in a row, as the one that leaves by
    itself.
    """
    account = ticket.account.name if ticket.account is not None else "the account"
    promise = ticket.promise
    if _late_was_said(ticket, ctx):
        return LateSaid(account=account)
    if promise is None:
        return NothingPromised(account=account)
    if on_its_way(ticket):
        return OnItsWay(account=account)
    if ctx.now < promise.at - ctx.policy.update.prompt_before:
        opens_at = promise.at - ctx.policy.update.prompt_before
        return TooEarly(account=account, opens_at=opens_at)
    return None


def on_its_way(ticket: Ticket) -> bool:
    """Say whether an update is released and not yet taken: when it is, it keeps the promise.

    One that was refused for good is not on its way.
    """
    return any(
        draft.state is DraftState.RELEASED and not is_dead(ticket, draft)
        for draft in ticket.released_updates()
    )


def opened_again(
    ticket: Ticket, reason: str, back_at: datetime, ctx: Context, *, by_silence: bool = False
) -> tuple[ev.Event, ...]:
    """Return that a ticket is open again, and what the notice of it promises. Source: S100, D7.

    The notice says by when the contact comes back: that is a promise, and it is kept or told late.
    """
    again = ev.TicketReopened(ctx.now, ctx.by, reason, by_silence)
    if not ticket.tier.has_bridge or ticket.route.kind is RouteKind.NONE:
        return (again,)
    promise = ticket.promise
    if promise is not None and promise.at > ctx.now:
        return (again,)
    passed: tuple[ev.Event, ...] = ()
    if promise is not None:
        passed = (ev.PromiseLapsed(ctx.now, ctx.by, promise.number, told=True),)
    return (again, *passed, ev.PromiseMade(ctx.now, ctx.by, next_number(ticket), back_at))
