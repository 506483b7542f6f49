"""A lower tier from 3 or 4: asked by a CS manager, agreed to by Legal or Security. Source: D12.

Being in the bridge agrees to nothing: someone of Legal or Security presses it. Until then the tier
and all that it owes stay.
"""

from __future__ import annotations

from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.refusals import NotAllowed, OldButton
from protocols.kernel.tables import follows
from protocols.rights import rules as rights
from protocols.rights.guards import names_on_duty, need_staff, need_status
from protocols.status import Status
from protocols.ticket import Ticket
from protocols.tiers.events import (
    ChangeTier,
    LoweringAsked,
    LoweringDeclined,
    LoweringLapsed,
    LoweringWithdrawn,
)
from protocols.tiers.refusals import CannotLower, JudgeIsAsker, LoweringWaits
from protocols.tiers.state import Lowering, Tiers


def ask(ticket: Ticket, command: ChangeTier, ctx: Context) -> tuple[Event, ...]:
    """Decide that Legal and Security on duty are asked; another wish of before is withdrawn.

    Raises:
        CannotLower: The actor is no CS manager, or nobody of Legal or Security can be asked.
        LoweringWaits: The same is asked already.
    """
    asked = rights.judges(ctx.by, ctx)
    if not ctx.actor.holds(*rights.MANAGERS):
        people = names_on_duty(ctx, *rights.MANAGERS, *rights.JUDGES)
        raise CannotLower(people=people, tier=int(ticket.tier))
    if not asked:
        raise CannotLower(what="nobody_to_agree")
    waiting = ticket.of(Tiers).waiting_lowering
    if waiting is not None and waiting.after is command.tier:
        raise LoweringWaits(asked_at=waiting.asked_at, people=_names(waiting))
    before: tuple[Event, ...] = ()
    if waiting is not None:
        before = (_withdrawal(waiting, "another tier is asked for", ctx),)
    number = len(ticket.of(Tiers).lowerings) + 1
    question = LoweringAsked(
        ctx.now, ctx.by, number, ticket.tier, command.tier, command.reason, asked
    )
    return (*before, question)


def _names(lowering: Lowering) -> str:
    return ", ".join(who.name for who in lowering.asked)


def decline(ticket: Ticket, number: int, ctx: Context) -> tuple[Event, ...]:
    """Decide that the tier stays."""
    need_judge(ticket, number, ctx)
    return (LoweringDeclined(ctx.now, ctx.by, number),)


def need_judge(ticket: Ticket, number: int, ctx: Context) -> Lowering:
    """Return the question that the actor may answer.

    Raises:
        Outside: The actor is not one of us.
        OldButton: The question is settled, or there is none.
        JudgeIsAsker: The actor asked for it.
        NotAllowed: The actor is neither of Legal nor of Security.
    """
    need_staff(ctx)
    need_status(ticket, Status.OPEN)
    waiting = ticket.of(Tiers).waiting_lowering
    if waiting is None or waiting.number != number:
        raise OldButton(reference=ticket.reference)
    if ctx.is_actor(waiting.asked_by.key):
        raise JudgeIsAsker(people=_names(waiting))
    if not rights.may_judge(waiting.asked_by, ctx):
        raise NotAllowed(duties="Legal or Security", people=names_on_duty(ctx, *rights.JUDGES))
    return waiting


def lapse(ticket: Ticket, number: int, ctx: Context) -> tuple[Event, ...]:
    """Return what follows when nobody answered in time: the tier stays."""
    waiting = ticket.of(Tiers).waiting_lowering
    if waiting is None or waiting.number != number:
        return ()
    return (LoweringLapsed(ctx.now, ctx.by, number),)


@follows
def withdrawn(
    _before: Ticket | None, _events: tuple[Event, ...], ticket: Ticket, ctx: Context
) -> tuple[Event, ...]:
    """Return the end of a question that the ticket has outrun: ended, or of another tier now."""
    waiting = ticket.of(Tiers).waiting_lowering
    if waiting is None:
        return ()
    if ticket.status is not Status.OPEN:
        return (_withdrawal(waiting, "the ticket is not open any more", ctx),)
    if ticket.tier is not waiting.before:
        return (_withdrawal(waiting, f"the ticket is Tier {int(ticket.tier)} now", ctx),)
    return ()


def _withdrawal(waiting: Lowering, why: str, ctx: Context) -> LoweringWithdrawn:
    return LoweringWithdrawn(ctx.now, ctx.by, waiting.number, why)
