"""Raising and lowering the tier, and the list of impacted accounts.

Source: S18-S24, S30; D6, D12.
"""

from __future__ import annotations

from protocols import commands as cmd
from protocols import events as ev
from protocols.context import Context
from protocols.kernel.changing import fold
from protocols.refusals import AlreadyDone, CannotLower
from protocols.rules import calling, ladder, lowering
from protocols.rules.fixed_texts import acknowledgment, next_number
from protocols.rules.guards import (
    names_on_duty,
    need_on_ticket,
    need_reason,
    need_status,
)
from protocols.rules.opening import first_update_after
from protocols.rules.rights import MANAGERS
from protocols.rules.routing import is_security_matter, route_for
from protocols.scales import NoticedBy, Tier
from protocols.slices import Executives, FixedTexts, Ladder, Outreach, Promises, Road, Tiers
from protocols.ticket import RouteKind, Status, StepKind, StepState, Ticket
from protocols.ticket_parts import Opening


def change_tier(ticket: Ticket, command: cmd.ChangeTier, ctx: Context) -> tuple[ev.Event, ...]:
    """Decide a raise, by anyone on the ticket, or a lowering, by those who may.

    From Tier 3 or 4 a lowering is asked first, and takes effect when Legal or Security agrees.

    A ticket that is Tier 4 already may be found to meet another criterion of it.

    Raises:
        AlreadyDone: The ticket has this tier, and nothing new is found.
        CannotLower: Lowering needs a CS manager; from 3 or 4, also Legal or Security on duty.
        LoweringWaits: The same is asked already.
    """
    need_on_ticket(ticket, ctx)
    need_status(ticket, Status.OPEN)
    need_reason(command.reason)
    found = _found(ticket, command, ctx)
    if command.tier is ticket.tier:
        if not found:
            by = ticket.of(Tiers).tier_changes[-1].by.name if ticket.of(Tiers).tier_changes else ""
            raise AlreadyDone(reference=ticket.reference, person=by)
        moved = fold(found, ticket)
        return (*found, *_first_words(moved, command.tier, ctx)) if _is_moved(found) else found
    changed = ev.TierChanged(ctx.now, ctx.by, ticket.tier, command.tier, command.reason)
    if command.tier > ticket.tier:
        moved = fold(found, ticket)
        return (changed, *found, *_raised(moved, command.tier, ctx, is_moved=_is_moved(found)))
    if ticket.tier.has_bridge and ctx.has_rota:
        return lowering.ask(ticket, command, ctx)
    if ctx.has_rota and not ctx.actor.holds(*MANAGERS):
        raise CannotLower(people=names_on_duty(ctx, *MANAGERS), tier=int(ticket.tier))
    return (changed, *_lowered(ticket, command.tier, ctx))


def answer_lowering(
    ticket: Ticket, command: cmd.AnswerLowering, ctx: Context
) -> tuple[ev.Event, ...]:
    """Decide the answer of Legal or Security; on their agreement the tier is lowered. D12."""
    if not command.agree:
        return lowering.decline(ticket, command.number, ctx)
    asked = lowering.need_judge(ticket, command.number, ctx)
    changed = ev.TierChanged(
        ctx.now, asked.asked_by, asked.before, asked.after, asked.reason, agreed_by=ctx.by
    )
    agreed = ev.LoweringAgreed(ctx.now, ctx.by, asked.number)
    return (agreed, changed, *_lowered(ticket, asked.after, ctx))


def _found(ticket: Ticket, command: cmd.ChangeTier, ctx: Context) -> tuple[ev.Event, ...]:
    """Return the criteria of the tier that are new, and the road that a security matter takes.

    Source: S18, S30, D6.
    """
    known = ticket.of(Opening).impacts | ticket.of(Tiers).impacts_found
    new = frozenset(i for i in command.impacts - known if i.tier is command.tier is Tier.SYSTEMIC)
    if not new:
        return ()
    found = ev.ImpactsFound(ctx.now, ctx.by, new, command.reason)
    if not is_security_matter(fold((found,), ticket)):
        return (found,)
    road = route_for(ctx, ticket.account, security=True)
    if road == ticket.of(Road).route:
        return (found,)
    return (found, ev.RouteChanged(ctx.now, ctx.by, road))


def _is_moved(found: tuple[ev.Event, ...]) -> bool:
    return any(isinstance(event, ev.RouteChanged) for event in found)


def _raised(ticket: Ticket, tier: Tier, ctx: Context, *, is_moved: bool) -> list[ev.Event]:
    if not tier.has_bridge:
        return []
    events: list[ev.Event] = list(ladder.start(ticket, tier, ctx))
    if ticket.of(Ladder).step(StepKind.ONE_CONTACT) is None:
        run = ticket.of(Ladder).ladder_run + 1
        done = ev.StepSettled(ctx.now, ctx.by, StepKind.ONE_CONTACT, run, StepState.DONE)
        events.append(done)
    events += calling.heads_up(ctx, ticket)
    events += _outside(ticket, tier, ctx)
    if is_moved or not ticket.of(Promises).promises:
        events += _first_words(ticket, tier, ctx)
    if tier is Tier.SYSTEMIC:
        events += calling.ask_incident_response(ctx, ticket)
        events += calling.call(("security",), ctx, ticket)
        if ticket.account is not None and not ticket.of(Outreach).impacted:
            events.append(ev.ImpactedNamed(ctx.now, ctx.by, (ticket.account.key,)))
    return events


def _first_words(ticket: Ticket, tier: Tier, ctx: Context) -> list[ev.Event]:
    """Return the first words to whoever hears of the ticket at this tier for the first time.

    A ticket raised from Tier 1 or 2 makes its first promise now; a running one stays, and the
    contact named for a security matter reads of it.
    """
    if ticket.of(Road).route.kind is RouteKind.NONE:
        return []
    promise = ticket.of(Promises).promise
    promised_at = promise.at if promise else ctx.now + first_update_after(ctx.policy, tier)
    if any(text.name == "acknowledgment" for text in ticket.of(FixedTexts).fixed_texts):
        key = f"{ticket.reference}/escalated/{len(ticket.of(Tiers).tier_changes) + 1}"
        escalated = ev.FixedTextSent(ctx.now, ctx.by, "escalated", key, promised_at)
        if promise is not None:
            return [escalated]
        return [
            escalated,
            ev.PromiseMade(ctx.now, ctx.by, next_number(ticket), promised_at),
        ]
    if ticket.of(Opening).noticed_by is not NoticedBy.ACCOUNT or ticket.of(Promises).promises:
        return []
    return acknowledgment(ticket.reference, ticket.of(Road).route, promised_at, ctx)


def _lowered(ticket: Ticket, tier: Tier, ctx: Context) -> list[ev.Event]:
    events = list(ladder.start(ticket, tier, ctx))
    return events + (_outside(ticket, tier, ctx) if tier.has_bridge else [])


def _outside(ticket: Ticket, tier: Tier, ctx: Context) -> list[ev.Event]:
    """Return the notices outside the bridge that this ticket has not sent yet."""
    told = {executive.who.key for executive in ticket.of(Executives).executives}
    events: list[ev.Event] = []
    for event in calling.outside_the_bridge(ticket.account, tier, ctx):
        if isinstance(event, ev.ExecutiveNotified) and event.person.key in told:
            continue
        if (
            isinstance(event, ev.VendorTold)
            and ticket.of(Ladder).step(StepKind.VENDOR_TOLD) is not None
        ):
            continue
        events.append(event)
    return events


def name_impacted(ticket: Ticket, command: cmd.AddImpacted, ctx: Context) -> tuple[ev.Event, ...]:
    """Decide that accounts are impacted; unknown keys are left out. Source: S23."""
    need_on_ticket(ticket, ctx)
    known = tuple(
        key
        for key in command.accounts
        if ctx.directory.account(key) is not None and key not in ticket.of(Outreach).impacted
    )
    return (ev.ImpactedNamed(ctx.now, ctx.by, known),) if known else ()
