"""Released words that a pre-approved text says again: what is confirmed, and what is being done.

Words that were right when they were released may not be said again once a check stands against
them: a hold was placed since, or was cleared. Source: D15, D17, D41, M6.
"""

from __future__ import annotations

from protocols.account.outbound import is_dead
from protocols.closure.state import Closure
from protocols.kernel.context import Context
from protocols.ticket import Ticket
from protocols.updates.checking import checked
from protocols.updates.events import DraftKind, DraftState
from protocols.updates.released import NO_WORDS, Released, released
from protocols.updates.state import Draft, Updates


def with_account(ticket: Ticket) -> tuple[Draft, ...]:
    """Return the updates that the account has or gets, oldest first.

    None that was refused for good, and none whose release was recalled while it is on its way.
    """
    return tuple(
        draft
        for draft in ticket.of(Updates).released_updates()
        if draft.state is DraftState.DELIVERED
        or (draft.recalled_at is None and not is_dead(ticket, draft))
    )


def said(ticket: Ticket, field: str) -> Released:
    """Return the newest released words of a field; a correction's are what is right.

    A correction of an older update than the newest says nothing about what stands there now.
    """
    updates = with_account(ticket)
    newest = max((d.update_number or 0 for d in updates if d.kind is DraftKind.UPDATE), default=0)
    for draft in reversed(updates):
        words = released(draft, field)
        if words:
            return words
        is_newest = draft.corrects >= newest or not draft.corrects
        if field == "known" and draft.field("right") and is_newest:
            return released(draft, "right")
    return NO_WORDS


def repeatable(ticket: Ticket, field: str, ctx: Context) -> Released:
    """Return released words that may be said again now; empty when a check stands against them."""
    return _unless_refused(ticket, field, said(ticket, field), ctx)


def told_at_end(ticket: Ticket, field: str, ctx: Context) -> Released:
    """Return the released words of the resolution that stands; empty before their release."""
    resolution = ticket.of(Closure).resolution
    if resolution is None:
        return NO_WORDS
    told = [
        draft
        for draft in ticket.of(Updates).drafts
        if draft.kind is DraftKind.RESOLUTION
        and draft.state is DraftState.DELIVERED
        and draft.released_at is not None
        and draft.released_at >= resolution.at
    ]
    words = released(told[-1], field) if told else NO_WORDS
    return _unless_refused(ticket, field, words, ctx)


def _unless_refused(ticket: Ticket, field: str, words: Released, ctx: Context) -> Released:
    return NO_WORDS if words and checked(ticket, ((field, words),), ctx).refused else words
