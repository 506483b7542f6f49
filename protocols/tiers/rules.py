"""Raising and lowering the tier. Source: S18-S24, S30; D6, D12."""

from __future__ import annotations

from protocols.account.events import RouteChanged, RouteKind
from protocols.account.rules import is_security_matter, route_for
from protocols.account.state import Road
from protocols.classification.events import TicketClassified
from protocols.executives.events import ExecutiveNotified, NoExecutiveFound, VendorTold
from protocols.executives.rules import outside_the_bridge
from protocols.executives.state import Executives
from protocols.fixed_texts.events import FixedTextSent
from protocols.fixed_texts.rules import acknowledgment
from protocols.fixed_texts.state import FixedTexts
from protocols.helpers.calling import call, heads_up
from protocols.kernel.changing import fold
from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.refusals import AlreadyDone
from protocols.kernel.tables import decides
from protocols.ladder import rules as ladder
from protocols.ladder.events import StepKind, StepSettled, StepState
from protocols.ladder.state import Ladder
from protocols.opening.events import Opening
from protocols.outreach.events import ImpactedNamed
from protocols.outreach.state import Outreach
from protocols.promises.events import PromiseMade
from protocols.promises.rules import first_update_after, next_number
from protocols.promises.state import Promises
from protocols.rights.guards import names_on_duty, need_on_ticket, need_reason, need_status
from protocols.rights.rules import MANAGERS
from protocols.roles.asking import ask_incident_response
from protocols.scales import NoticedBy, Tier
from protocols.status import Status
from protocols.ticket import Ticket
from protocols.tiers import lowering
from protocols.tiers.events import (
    AnswerLowering,
    ChangeTier,
    ImpactsFound,
    LoweringAgreed,
    TierChanged,
)
from protocols.tiers.refusals import CannotLower
from protocols.tiers.state import Tiers


@decides(ChangeTier)
def change_tier(ticket: Ticket, command: ChangeTier, ctx: Context) -> tuple[Event, ...]:
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
        if not ticket.is_classified:
            return (TicketClassified(ctx.now, ctx.by, command.tier),)
        if not found:
            raise _stands(ticket)
        moved = fold(found, ticket)
        return (*found, *first_words(moved, command.tier, ctx)) if _is_moved(found) else found
    changed = TierChanged(ctx.now, ctx.by, ticket.tier, command.tier, command.reason)
    if command.tier > ticket.tier:
        moved = fold(found, ticket)
        return (changed, *found, *raised(moved, command.tier, ctx, is_moved=_is_moved(found)))
    if ticket.tier.has_bridge and ctx.has_rota:
        return lowering.ask(ticket, command, ctx)
    if ctx.has_rota and not ctx.actor.holds(*MANAGERS):
        raise CannotLower(people=names_on_duty(ctx, *MANAGERS), tier=int(ticket.tier))
    return (changed, *_lowered(ticket, command.tier, ctx))


@decides(AnswerLowering)
def answer_lowering(ticket: Ticket, command: AnswerLowering, ctx: Context) -> tuple[Event, ...]:
    """Decide the answer of Legal or Security; on their agreement the tier is lowered. D12."""
    if not command.agree:
        return lowering.decline(ticket, command.number, ctx)
    asked = lowering.need_judge(ticket, command.number, ctx)
    changed = TierChanged(
        ctx.now, asked.asked_by, asked.before, asked.after, asked.reason, agreed_by=ctx.by
    )
    agreed = LoweringAgreed(ctx.now, ctx.by, asked.number)
    return (agreed, changed, *_lowered(ticket, asked.after, ctx))


def _found(ticket: Ticket, command: ChangeTier, ctx: Context) -> tuple[Event, ...]:
    """Return the criteria of the tier that are new, and the road that a security matter takes.

    Source: S18, S30, D6.
    """
    known = ticket.of(Opening).impacts | ticket.of(Tiers).impacts_found
    new = frozenset(i for i in command.impacts - known if i.tier is command.tier is Tier.SYSTEMIC)
    if not new:
        return ()
    found = ImpactsFound(ctx.now, ctx.by, new, command.reason)
    if not is_security_matter(fold((found,), ticket)):
        return (found,)
    road = route_for(ctx, ticket.account, security=True)
    if road == ticket.of(Road).route:
        return (found,)
    return (found, RouteChanged(ctx.now, ctx.by, road))


def _stands(ticket: Ticket) -> AlreadyDone:
    """Return that the ticket has this tier since it was changed, or since it was opened."""
    changes = ticket.of(Tiers).tier_changes
    if changes:
        return AlreadyDone(person=changes[-1].by.name, done_at=changes[-1].at)
    return AlreadyDone(person=ticket.opened_by.name, done_at=ticket.opened_at)


def _is_moved(found: tuple[Event, ...]) -> bool:
    return any(isinstance(event, RouteChanged) for event in found)


def raised(ticket: Ticket, tier: Tier, ctx: Context, *, is_moved: bool) -> list[Event]:
    """Return what begins with a higher tier: its ladder, who is called, the first words.

    Args:
        ticket: As it is before, with what was found about it.
        tier: The one that it gets.
        ctx: What is known.
        is_moved: Whether words take another road to the account from now on.
    """
    if not tier.has_bridge:
        return []
    events: list[Event] = list(ladder.start(ticket, tier, ctx))
    if ticket.of(Ladder).step(StepKind.ONE_CONTACT) is None:
        run = ticket.of(Ladder).ladder_run + 1
        done = StepSettled(ctx.now, ctx.by, StepKind.ONE_CONTACT, run, StepState.DONE)
        events.append(done)
    events += heads_up(ctx, ticket)
    events += outside_still_owed(ticket, tier, ctx)
    if is_moved or not ticket.of(Promises).promises:
        events += first_words(ticket, tier, ctx)
    if tier is Tier.SYSTEMIC:
        events += ask_incident_response(ctx, ticket)
        events += call(("security",), ctx, ticket)
        if ticket.account is not None and not ticket.of(Outreach).impacted:
            events.append(ImpactedNamed(ctx.now, ctx.by, (ticket.account.key,)))
    return events


def first_words(ticket: Ticket, tier: Tier, ctx: Context) -> list[Event]:
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
        escalated = FixedTextSent.promising(ctx.now, ctx.by, "escalated", key, promised_at)
        if promise is not None:
            return [escalated]
        return [
            escalated,
            PromiseMade(ctx.now, ctx.by, next_number(ticket), promised_at),
        ]
    if ticket.of(Opening).noticed_by is not NoticedBy.ACCOUNT or ticket.of(Promises).promises:
        return []
    return acknowledgment(ticket.reference, ticket.of(Road).route, promised_at, ctx)


def _lowered(ticket: Ticket, tier: Tier, ctx: Context) -> list[Event]:
    events = list(ladder.start(ticket, tier, ctx))
    return events + (outside_still_owed(ticket, tier, ctx) if tier.has_bridge else [])


def outside_still_owed(ticket: Ticket, tier: Tier, ctx: Context) -> list[Event]:
    """Return the notices outside the bridge that this ticket has not sent yet."""
    events: list[Event] = []
    for event in outside_the_bridge(ticket.account, tier, ctx):
        if isinstance(event, ExecutiveNotified | NoExecutiveFound) and _is_told(ticket):
            continue
        if (
            isinstance(event, VendorTold)
            and ticket.of(Ladder).step(StepKind.VENDOR_TOLD) is not None
        ):
            continue
        events.append(event)
    return events


def _is_told(ticket: Ticket) -> bool:
    """Say whether an executive was told of this ticket, or that there was none. Source: D40."""
    told = ticket.of(Executives)
    return bool(told.executives) or told.nobody_at is not None
