"""Engineering is asked on Tier 2, one after the other, then the CS manager. S7, S26, D14, D28."""

from __future__ import annotations

from collections.abc import Iterator

from protocols.engineering.events import (
    ENGINEERS,
    DeclineEngineering,
    EngineerAsked,
    EngineeringTaken,
    EngineeringTicketRecorded,
    EngineerLapsed,
    EngineersExhausted,
    RecordEngineeringTicket,
    TakeEngineering,
)
from protocols.engineering.refusals import AddressNeeded
from protocols.engineering.state import Loop
from protocols.helpers.calling import engineering_waits
from protocols.kernel.context import Context
from protocols.kernel.due_point import DuePoint
from protocols.kernel.event import Event
from protocols.kernel.refusals import AlreadyDone, WrongState
from protocols.kernel.stamps import stamp
from protocols.kernel.tables import decides, dues_of, falls, follows
from protocols.opening.events import TicketOpened
from protocols.people.people import Staff
from protocols.policy.desk_steps import DeskStepKind, row_of
from protocols.policy.policy import Policy
from protocols.rights.guards import need_duty, need_reader, need_status
from protocols.rights.roads import manager_of
from protocols.rights.rules import may_act
from protocols.scales import Tier
from protocols.status import Status
from protocols.targets.events import TargetsTakenUp
from protocols.ticket import Ticket
from protocols.tiers.events import TierChanged
from protocols.time.calendar import BusinessCalendar


def first_engineer(ctx: Context, besides: tuple[Staff, ...] = ()) -> Staff | None:
    """Return the engineer who is asked first or next, None when nobody on duty is left."""
    tried = frozenset(who.key for who in besides)
    return ctx.first_on_duty(*ENGINEERS, besides=tried)


def _ask(ticket: Ticket, ctx: Context, tried: tuple[Staff, ...]) -> tuple[Event, ...]:
    found = first_engineer(ctx, tried)
    if found is not None:
        return (EngineerAsked(ctx.now, ctx.by, found),)
    return (EngineersExhausted(ctx.now, ctx.by, manager_of(ticket, ctx)),)


@follows
def asked_on_tier_2(
    _before: Ticket | None, events: tuple[Event, ...], ticket: Ticket, ctx: Context
) -> tuple[Event, ...]:
    """Return that an engineer is asked when a ticket becomes Tier 2, by opening or by a change.

    One that was opened before anybody was asked is asked for when its clocks are taken up. Of an
    unusual login nobody is asked before Security asks for it. Source: D36.
    """
    begins = any(isinstance(event, TicketOpened | TierChanged | TargetsTakenUp) for event in events)
    loop = ticket.of(Loop)
    row = row_of(ctx.policy.desk_steps, ticket.tier, DeskStepKind.ENGINEERING)
    is_owed = ticket.status is Status.OPEN and row is not None
    is_asked = loop.is_open or loop.asked is not None
    if not begins or not is_owed or is_asked or engineering_waits(ticket):
        return ()
    return _ask(ticket, ctx, ())


@decides(TakeEngineering)
def take(ticket: Ticket, command: TakeEngineering, ctx: Context) -> tuple[Event, ...]:
    """Decide that an engineer is on it. Source: D28.

    Raises:
        AlreadyDone: Another is.
        NotAllowed: The actor is no engineer.
    """
    _need_engineer(ticket, ctx)
    taken = ticket.of(Loop).taken_by
    if taken is not None:
        raise AlreadyDone(reference=ticket.reference, person=taken.name)
    return (EngineeringTaken(ctx.now, ctx.by),)


@decides(DeclineEngineering)
def decline(ticket: Ticket, command: DeclineEngineering, ctx: Context) -> tuple[Event, ...]:
    """Decide that the one who is asked cannot: the next on duty is asked.

    Raises:
        WrongState: It is not they who are asked now.
    """
    _need_engineer(ticket, ctx)
    asked = ticket.of(Loop).asked
    if asked is None or not ctx.is_actor(asked.key):
        raise WrongState(reference=ticket.reference, status="not waiting for your answer")
    return passed_on(ticket, asked, ctx, declined=True)


def _need_engineer(ticket: Ticket, ctx: Context) -> None:
    need_reader(ticket, ctx)
    need_status(ticket, Status.OPEN)
    asked = ticket.of(Loop).asked
    if asked is None or not ctx.is_actor(asked.key):
        need_duty(ctx, *ENGINEERS)


@decides(RecordEngineeringTicket)
def record(ticket: Ticket, command: RecordEngineeringTicket, ctx: Context) -> tuple[Event, ...]:
    """Decide that Engineering has a ticket of its own. Source: S26, D28.

    Raises:
        AddressNeeded: What was given is no address of a page.
        AlreadyDone: The same one is on record.
    """
    if not may_act(ticket, ctx):
        _need_engineer(ticket, ctx)
    need_status(ticket, Status.OPEN)
    address = command.address.strip()
    if not address.startswith(("https://", "http://")) or " " in address:
        raise AddressNeeded(reference=ticket.reference)
    if ticket.of(Loop).address == address:
        raise AlreadyDone(reference=ticket.reference, person="")
    return (EngineeringTicketRecorded(ctx.now, ctx.by, address),)


def passed_on(
    ticket: Ticket, asked: Staff, ctx: Context, *, declined: bool = False
) -> tuple[Event, ...]:
    """Return that the next engineer is asked instead of one who did not take it. Source: D14."""
    tried = (*ticket.of(Loop).tried, asked)
    return (EngineerLapsed(ctx.now, ctx.by, asked, declined), *_ask(ticket, ctx, tried))


@dues_of
def engineer_silent(
    ticket: Ticket, policy: Policy, _calendar: BusinessCalendar
) -> Iterator[DuePoint]:
    """Yield when an engineer who was asked has not answered. Source: D14."""
    loop = ticket.of(Loop)
    if not ticket.is_live or ticket.tier is not Tier.ELEVATED:
        return
    if loop.asked is not None and loop.asked_at is not None:
        key = f"engineer:{loop.asked.key}:{stamp(loop.asked_at)}"
        yield DuePoint(key, "engineer_silent", loop.asked_at + policy.roles.accept_within)


@falls("engineer_silent")
def next_engineer(ticket: Ticket, _point: DuePoint, ctx: Context) -> tuple[Event, ...]:
    """Return that the next on duty is asked, and at the end of the rota the CS manager told."""
    asked = ticket.of(Loop).asked
    return () if asked is None else passed_on(ticket, asked, ctx)
