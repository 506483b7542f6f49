"""A person has the ticket, or has begun to look into it. Source: S7, S9, S10, D15, D26, D33."""

from __future__ import annotations

from protocols.account.events import RouteKind
from protocols.account.state import Road
from protocols.contact.events import PocChanged
from protocols.fixed_texts.events import FixedTextSent
from protocols.fixed_texts.rules import ACKNOWLEDGED, ACKNOWLEDGMENT, count
from protocols.intake.events import HEARD
from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.refusals import AlreadyDone
from protocols.kernel.tables import decides, follows
from protocols.ladder.measures import met
from protocols.people.people import BOT
from protocols.rights.guards import need_duty, need_on_ticket, need_reader, need_status
from protocols.rights.rules import may_act
from protocols.status import Status
from protocols.targets.events import (
    Acknowledge,
    Acknowledged,
    StartTriage,
    TakeUpTargets,
    TargetsTakenUp,
    TriageStarted,
)
from protocols.targets.refusals import HasABridge
from protocols.targets.state import TargetWatch
from protocols.targets.taking import FRONT_LINE, is_free, may_acknowledge
from protocols.ticket import Ticket
from protocols.time.targets import Measure


@decides(Acknowledge)
def acknowledge(ticket: Ticket, command: Acknowledge, ctx: Context) -> tuple[Event, ...]:
    """Decide that a person has the ticket: it meets the reply, and the account is told who.

    Raises:
        HasABridge: On Tier 3 and 4 the bridge has its one contact, who hands over.
        NotAllowed: The actor neither has the ticket nor a duty of the front line.
        AlreadyDone: Somebody has acknowledged it; they have it until they hand it over, or until
            one of another team takes it that has been given it since.
    """
    need_reader(ticket, ctx)
    need_status(ticket, Status.OPEN)
    if ticket.tier.has_bridge:
        raise HasABridge(reference=ticket.reference)
    if not may_acknowledge(ticket, ctx):
        need_duty(ctx, *FRONT_LINE)
    return has_taken(ticket, ctx)


def has_taken(ticket: Ticket, ctx: Context) -> tuple[Event, ...]:
    """Return that whoever asks has the ticket from now on.

    Raises:
        AlreadyDone: Somebody has acknowledged it, and nobody of another team is asked since.
    """
    has_it = ticket.poc is not None and ctx.is_actor(ticket.poc.key)
    first = ticket.of(TargetWatch).acknowledged_by
    taken = () if has_it else (PocChanged(ctx.now, ctx.by, ctx.staff, ticket.poc),)
    if first is not None:
        if taken and is_free(ticket):
            return taken
        holder = ticket.poc or first
        raise AlreadyDone(reference=ticket.reference, person=holder.name)
    return (*taken, Acknowledged(ctx.now, ctx.by), *_said(ticket, ctx))


def _said(ticket: Ticket, ctx: Context) -> tuple[Event, ...]:
    """Return that the account reads who has its ticket.

    Only one that was told that we have its report, and has heard of no person yet. Source: D15.
    """
    has_receipt = count(ticket, ACKNOWLEDGMENT) + count(ticket, HEARD) > 0
    is_answered = Measure.REPLY in met(ticket) or count(ticket, ACKNOWLEDGED) > 0
    if not has_receipt or is_answered or ticket.of(Road).route.kind is RouteKind.NONE:
        return ()
    key = f"{ticket.reference}/acknowledged/1"
    return (FixedTextSent(ctx.now, ctx.by, ACKNOWLEDGED, key),)


@decides(StartTriage)
def start_triage(ticket: Ticket, command: StartTriage, ctx: Context) -> tuple[Event, ...]:
    """Decide that somebody looks into it: active triage. Source: S10.

    Raises:
        AlreadyDone: It has begun already.
    """
    if not may_act(ticket, ctx):
        need_reader(ticket, ctx)
        need_duty(ctx, "engineer", "engineering-lead", "support", "csm")
    need_status(ticket, Status.OPEN)
    if Measure.TRIAGE in met(ticket):
        raise AlreadyDone(reference=ticket.reference)
    return (TriageStarted(ctx.now, ctx.by),)


@decides(TakeUpTargets)
def take_up(ticket: Ticket, command: TakeUpTargets, ctx: Context) -> tuple[Event, ...]:
    """Decide that the clocks of an older ticket are looked after from now on."""
    need_on_ticket(ticket, ctx)
    if not ticket.is_live or ticket.of(TargetWatch).watched_at is not None:
        return ()
    return (TargetsTakenUp(ctx.now, BOT),)


@follows
def taken_up(
    before: Ticket | None, _events: tuple[Event, ...], ticket: Ticket, ctx: Context
) -> tuple[Event, ...]:
    """Return that the clocks of an older ticket are looked after from its next change on."""
    if before is None or not ticket.is_live or ticket.of(TargetWatch).watched_at is not None:
        return ()
    return (TargetsTakenUp(ctx.now, BOT),)
