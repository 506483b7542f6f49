"""What the account and our own people are told of the end of a ticket, or of its opening again.

Source: words.md 3; D6, D7, D15.
"""

from __future__ import annotations

from protocols.account.roads import customer
from protocols.bridge.roads import bridge_post
from protocols.closure.events import (
    AccountConfirmed,
    ClosedUnconfirmed,
    ConfirmationReminded,
    OpenedInError,
    TicketReopened,
)
from protocols.closure.state import Closure
from protocols.kernel.context import Context
from protocols.kernel.effects import Effect
from protocols.kernel.roads import dm
from protocols.kernel.tables import Effects, tells
from protocols.rights.roads import manager_of
from protocols.ticket import Ticket


@tells(ConfirmationReminded)
def reminded(ticket: Ticket, event: ConfirmationReminded, ctx: Context) -> Effects:
    """Ask the account again whether it is solved."""
    return customer(
        ticket, f"{ticket.reference}/reminder/{ticket.of(Closure).reopened}", "reminder"
    )


@tells(TicketReopened)
def reopened(ticket: Ticket, event: TicketReopened, ctx: Context) -> Effects:
    """Tell the account, and the two who answer for it, that its ticket is open again.

    Source: S100, D15.
    """
    params = {"by_silence": event.by_silence}
    key = f"{ticket.reference}/reopened/{ticket.of(Closure).reopened}"
    told = customer(ticket, key, "reopened", params)
    third = ticket.of(Closure).reopened >= ctx.policy.resolution.reopens_before_escalation
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


@tells(OpenedInError)
def in_error(ticket: Ticket, event: OpenedInError, ctx: Context) -> Effects:
    """Say in its bridge that a ticket was opened in error; of a wrong account tell Legal."""
    params = {"by": event.by.key}
    told: list[Effect] = []
    if ticket.tier.has_bridge:
        told.append(bridge_post(ticket, "in-error", "in_error_line", params))
    legal = ctx.first_on_duty("legal", "compliance")
    if event.kind == "wrong_account" and legal is not None:
        told.append(dm(ticket, "in-error/legal", legal, "in_error_line", params))
    return tuple(told)
