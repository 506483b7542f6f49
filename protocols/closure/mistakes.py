"""A ticket that was opened by mistake: what ends with it, and how whoever heard of it hears so.

Source: D6, D15.
"""

from __future__ import annotations

from protocols.account.events import RouteKind
from protocols.account.state import Road
from protocols.closure.events import MarkOpenedInError, OpenedInError
from protocols.closure.refusals import StillOwed
from protocols.closure.state import Closure
from protocols.fixed_texts.events import FixedTextSent
from protocols.fixed_texts.rules import ENDINGS, has_been_told
from protocols.holds.events import HoldKind
from protocols.holds.state import Holds, HoldState
from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.refusals import NotAllowed
from protocols.kernel.tables import decides
from protocols.ladder.events import StepSettled, StepState
from protocols.ladder.state import Ladder
from protocols.promises.rules import drop_promise
from protocols.replies.state import Calls
from protocols.rights.guards import manager_name, need_on_ticket, need_reason, need_status
from protocols.status import Status
from protocols.ticket import Ticket
from protocols.updates.approval import text_hash
from protocols.updates.events import DraftKind, TextDrafted
from protocols.updates.state import Updates

WRONG_ACCOUNT = "wrong_account"
DUPLICATE = "duplicate"
STOPPED = "payments are stopped, and the hold on them is not cleared"


@decides(MarkOpenedInError)
def mark_opened_in_error(
    ticket: Ticket, command: MarkOpenedInError, ctx: Context
) -> tuple[Event, ...]:
    """Decide **Opened by mistake**: whoever has heard of it hears how it ends. Source: D6.

    To a wrong account that is a text under release; else a fixed one.

    Raises:
        NotAllowed: An update was released, and the actor is no CS manager.
        StillOwed: Payments are stopped for it.
    """
    need_on_ticket(ticket, ctx)
    need_status(ticket, Status.OPEN)
    need_reason(command.reason)
    if ticket.of(Updates).released_updates() and not ctx.actor.holds("cs-manager"):
        raise NotAllowed(duties="a CS manager", people=manager_name(ctx))
    _need_nothing_stopped(ticket)
    in_review = command.kind == WRONG_ACCOUNT
    duplicate_of = command.duplicate_of if command.kind == DUPLICATE else ""
    marked = OpenedInError(ctx.now, ctx.by, command.kind, command.reason, duplicate_of, in_review)
    waived = (
        StepSettled(ctx.now, ctx.by, step.kind, step.run, StepState.WAIVED, "in error")
        for step in ticket.of(Ladder).steps
        if step.state is StepState.OWED
    )
    return (marked, *waived, *_last_words(ticket, command.kind, ctx))


def _need_nothing_stopped(ticket: Ticket) -> None:
    """Payments that were stopped by mistake are let go first, by another person. Source: M6."""
    holds = ticket.of(Holds).holds_in_force(HoldKind.TRANSACTION)
    if any(hold.state is HoldState.STOPPED for hold in holds):
        raise StillOwed(owed=STOPPED)


def _last_words(ticket: Ticket, kind: str, ctx: Context) -> tuple[Event, ...]:
    if not was_told(ticket):
        return drop_promise(ticket, ctx)
    if kind == WRONG_ACCOUNT:
        fields = (("disregard", "disregard"),)
        hashed = text_hash(DraftKind.DISREGARD, fields, None)
        number = len(ticket.of(Updates).drafts) + 1
        return (TextDrafted(ctx.now, ctx.by, number, DraftKind.DISREGARD, fields, hashed, None),)
    if ticket.of(Road).route.kind is RouteKind.NONE:
        return ()
    name = ENDINGS.get(kind, kind)
    return (FixedTextSent(ctx.now, ctx.by, name, f"{ticket.reference}/ended/1"),)


def was_told(ticket: Ticket) -> bool:
    """Say whether the account has heard of this ticket, in writing or by phone."""
    return has_been_told(ticket) or bool(ticket.of(Calls).calls)


def is_told_by_phone(ticket: Ticket) -> bool:
    """Say whether only a call can tell the account that its ticket was opened by mistake."""
    nowhere = ticket.of(Road).route.kind is RouteKind.NONE
    return nowhere and not ticket.of(Closure).error_in_review and was_told(ticket)
