"""What the account and our own people are told of the end of a ticket, or of its opening again.

Source: words.md 3; D6, D7, D15.
"""

from __future__ import annotations

from protocols.account.events import RouteKind
from protocols.account.roads import customer
from protocols.account.state import Road
from protocols.bridge.roads import bridge_post, told_inside
from protocols.closure.events import (
    AccountConfirmed,
    ClosedUnconfirmed,
    ConfirmationReminded,
    OpenedInError,
    TicketReopened,
    UntoldReminded,
)
from protocols.closure.mistakes import is_told_by_phone
from protocols.closure.state import Closure
from protocols.kernel.context import Context
from protocols.kernel.effects import Effect
from protocols.kernel.roads import dm
from protocols.kernel.stamps import stamp
from protocols.kernel.tables import Effects, tells
from protocols.people.people import Staff
from protocols.rights.roads import manager_of
from protocols.ticket import Ticket


@tells(ConfirmationReminded)
def reminded(ticket: Ticket, event: ConfirmationReminded, ctx: Context) -> Effects:
    """Ask the account again whether it is solved; where nothing can be sent, have it called."""
    suffix = f"reminder/{ticket.of(Closure).reopened}"
    if ticket.of(Road).route.kind is RouteKind.NONE:
        return to_call(ticket, ctx, f"{suffix}/call", "prompt_ask_again")
    return customer(ticket, f"{ticket.reference}/{suffix}", "reminder")


@tells(TicketReopened)
def reopened(ticket: Ticket, event: TicketReopened, ctx: Context) -> Effects:
    """Tell the account, and the two who answer for it, that its ticket is open again.

    Source: S100, D15.
    """
    params = {"by_silence": event.by_silence}
    key = f"{ticket.reference}/reopened/{ticket.of(Closure).reopened}"
    told = customer(ticket, key, "reopened", params)
    often = ticket.of(Closure).reopened_by_account
    third = event.by_account and often >= ctx.policy.resolution.reopens_before_escalation
    inside = {**params, "by": event.by.name, "reason": event.reason, "escalated": third}
    manager = manager_of(ticket, ctx)
    people = {who.key: who for who in (ticket.poc, manager) if who is not None}
    suffix = f"reopened/{ticket.of(Closure).reopened}"
    dms = tuple(
        dm(ticket, f"{suffix}/{key}", who, "reopened_inside", inside) for key, who in people.items()
    )
    return (*told, *dms)


@tells(AccountConfirmed)
def confirmed(ticket: Ticket, event: AccountConfirmed, ctx: Context) -> Effects:
    """Thank the account."""
    return customer(
        ticket, f"{ticket.reference}/confirmed/{ticket.of(Closure).reopened}", "confirmed"
    )


@tells(ClosedUnconfirmed)
def closed_unconfirmed(ticket: Ticket, event: ClosedUnconfirmed, ctx: Context) -> Effects:
    """Tell the account on which days it could not be reached. Source: D7."""
    params = {"attempted": tuple(at.isoformat() for at in event.attempted_at)}
    key = f"{ticket.reference}/closed-unconfirmed/{ticket.of(Closure).reopened}"
    return customer(ticket, key, "closed_unconfirmed", params)


@tells(UntoldReminded)
def untold(ticket: Ticket, event: UntoldReminded, ctx: Context) -> Effects:
    """Remind who resolved, who faces the account and the CS manager that it was not told. S65."""
    resolution = ticket.of(Closure).resolution
    resolver = Staff(resolution.by) if resolution is not None else None
    people = (resolver, ticket.poc, manager_of(ticket, ctx))
    suffix = f"untold/{stamp(event.at)}"
    return tuple(told_inside(ticket, suffix, "untold", {}, people))


def to_call(ticket: Ticket, ctx: Context, suffix: str, template: str) -> Effects:
    """Ask whoever faces the account to call it."""
    asked = ticket.poc or manager_of(ticket, ctx)
    return () if asked is None else (dm(ticket, suffix, asked, template),)


@tells(OpenedInError)
def in_error(ticket: Ticket, event: OpenedInError, ctx: Context) -> Effects:
    """Say in its bridge that a ticket was opened in error; of a wrong account tell Legal."""
    params = {"by": event.by.key}
    told: list[Effect] = []
    if ticket.tier.has_bridge:
        told.append(bridge_post(ticket, "in-error", "in_error_line", params))
    if is_told_by_phone(ticket):
        told += to_call(ticket, ctx, "in-error/call", "prompt_call_end")
    legal = ctx.first_on_duty("legal", "compliance")
    if event.kind == "wrong_account" and legal is not None:
        told.append(dm(ticket, "in-error/legal", legal, "in_error_line", params))
    return tuple(told)
