"""The pre-approved texts that leave by themselves, and how often one was sent.

Source: D15, D21.
"""

from __future__ import annotations

from datetime import datetime

from protocols.account.events import Route, RouteKind
from protocols.account.outbound import is_dead, is_lost
from protocols.account.state import Road
from protocols.fixed_texts.events import FixedTextSent
from protocols.fixed_texts.state import FixedTexts
from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.promises.events import PromiseLapsed, PromiseMade
from protocols.promises.rules import next_number
from protocols.promises.state import Promise, Promises
from protocols.status import Status
from protocols.ticket import Ticket
from protocols.updates.events import PUBLIC, DraftKind, DraftState
from protocols.updates.state import Updates

ACKNOWLEDGMENT = "acknowledgment"
ACKNOWLEDGED = "acknowledged"
"""Who of us has it, said to an account that was told only that we have its report. S9, D15."""
WHY = "why"
"""How the time to resolve counts, said to an account that asks. Source: M7; words.md 11.6."""
SECURE_LINK = "secure_link"
"""Where card and account numbers belong, said to an account that wrote one. Source: M14."""
HOLDING = "holding"
NO_CHANGE = "no_change"
LATE = "late"
ENDINGS = {"duplicate": "duplicate", "not_a_problem": "not_a_problem"}
"""By what an opening by mistake was, the text that tells the account how it ended. Source: D6."""


def acknowledgment(
    reference: str,
    route: Route,
    promised_at: datetime | None,
    ctx: Context,
    *,
    number: int = 1,
    key: str = "",
) -> list[Event]:
    """Return the acknowledgment and the promise it makes; nothing when there is no route."""
    if route.kind is RouteKind.NONE:
        return []
    sent = FixedTextSent.promising(
        ctx.now, ctx.by, ACKNOWLEDGMENT, key or f"{reference}/ack", promised_at
    )
    if promised_at is None:
        return [sent]
    return [sent, PromiseMade(ctx.now, ctx.by, number, promised_at)]


def count(ticket: Ticket, name: str) -> int:
    """Return how often a fixed text was sent on this ticket."""
    return sum(1 for text in ticket.of(FixedTexts).fixed_texts if text.name == name)


def has_been_told(ticket: Ticket) -> bool:
    """Say whether the account has, or is about to have, any word of ours about this ticket."""
    fixed = any(not is_lost(ticket, text) for text in ticket.of(FixedTexts).fixed_texts)
    return fixed or any(
        draft.state is DraftState.DELIVERED
        or (draft.state is DraftState.RELEASED and not is_dead(ticket, draft))
        for draft in ticket.of(Updates).drafts
        if draft.kind not in PUBLIC
    )


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


def late_text(ticket: Ticket, ctx: Context) -> tuple[Event, ...]:
    """Return what a promised time that passes in silence causes. Source: D21.

    Once in a row the account is told by the fixed text, with a new promise; the second time the
    matter is the CS manager's.
    """
    promise = ticket.of(Promises).promise
    if promise is None:
        return ()
    if (
        ticket.status is Status.OPENED_IN_ERROR
        or was_said_late(ticket, ctx)
        or ticket.of(Road).route.kind is RouteKind.NONE
    ):
        return (PromiseLapsed(ctx.now, ctx.by, promise.number, told=False),)
    return say_late(ticket, promise, ctx)


def say_late(ticket: Ticket, promise: Promise, ctx: Context) -> tuple[Event, ...]:
    """Return that the account is told that a promise will not be kept, and the new one.

    The new promise counts from the promised time, or from now when that has passed. D21.
    """
    ahead = ctx.now < promise.at
    key = f"{ticket.reference}/late/{count(ticket, LATE) + 1}"
    promised_at = max(promise.at, ctx.now) + ctx.policy.update.late_promise
    return (
        PromiseLapsed(ctx.now, ctx.by, promise.number, told=True, ahead=ahead),
        FixedTextSent.promising(ctx.now, ctx.by, LATE, key, promised_at),
        PromiseMade(ctx.now, ctx.by, next_number(ticket), promised_at),
    )


def was_said_late(ticket: Ticket, ctx: Context) -> bool:
    """Say whether the account was told as often in a row as it may be. Source: D21."""
    return in_a_row(ticket, LATE) >= ctx.policy.update.late_texts_in_a_row


def on_its_way(ticket: Ticket) -> bool:
    """Say whether an update is released and not yet taken: when it is, it keeps the promise.

    The words of the resolution keep it, too, and those that take a message back.
    One that was refused for good is not on its way, nor one that only a call can bring them: a
    person has to do it, and until then the promise runs.
    """
    return ticket.of(Road).route.kind is not RouteKind.NONE and any(
        draft.state is DraftState.RELEASED
        and draft.kind not in (*PUBLIC, DraftKind.DETAILS)
        and not is_dead(ticket, draft)
        for draft in ticket.of(Updates).drafts
    )
