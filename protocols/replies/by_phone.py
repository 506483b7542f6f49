"""Which words an account is owed by phone: no road takes them, and nobody has called since. D24."""

from __future__ import annotations

from datetime import datetime

from protocols.account.events import RouteKind
from protocols.account.outbound import is_dead
from protocols.account.state import Road
from protocols.ladder.events import StepKind
from protocols.ladder.state import Ladder
from protocols.promises.state import Promises
from protocols.replies.state import Calls
from protocols.ticket import Ticket
from protocols.updates.events import DraftKind, DraftState
from protocols.updates.state import Draft, Updates

SPOKEN = (
    DraftKind.UPDATE,
    DraftKind.CORRECTION,
    DraftKind.RESOLUTION,
    DraftKind.DISREGARD,
    DraftKind.DETAILS,
    DraftKind.ANSWER,
)
"""Kinds of released words that can be read to the account by phone."""


def to_read(ticket: Ticket) -> tuple[Draft, ...]:
    """Return the released words that only a call can bring to the account, oldest first."""
    nowhere = ticket.of(Road).route.kind is RouteKind.NONE
    return tuple(
        draft
        for draft in ticket.of(Updates).drafts
        if draft.state is DraftState.RELEASED
        and draft.kind in SPOKEN
        and (nowhere or is_dead(ticket, draft))
    )


def next_to_read(ticket: Ticket) -> Draft | None:
    """Return the newest words released since the last call, None when there are none."""
    since = last_call(ticket)
    return next((d for d in reversed(to_read(ticket)) if _is_after(d.released_at, since)), None)


def last_call(ticket: Ticket) -> datetime | None:
    """Return when the account was called last, None when nobody has."""
    return ticket.of(Calls).calls[-1] if ticket.of(Calls).calls else None


def call_is_owed(ticket: Ticket) -> bool:
    """Say whether an account that can only be called is to be called now.

    It is before the first call, and again for the next thing owed: words that were released, a
    promised time that passed, a road that was closed, or an acknowledgment.
    """
    since = last_call(ticket)
    if since is None or ticket.of(Ladder).owes(StepKind.ACKNOWLEDGE):
        return True
    passed = any(promise.lapsed and promise.at > since for promise in ticket.of(Promises).promises)
    return (
        passed
        or next_to_read(ticket) is not None
        or _is_after(ticket.of(Road).route_changed_at, since)
    )


def _is_after(at: datetime | None, since: datetime | None) -> bool:
    return at is not None and (since is None or at > since)
