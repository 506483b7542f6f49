"""A complaint and a dispute of the contract: who says so, whose they are, who is asked next.

A person says it, never the bot, and the bot starts no clock of the law's for a complaint. From
then on words to the account need a second person. Source: S65, S97; D15, D45.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from protocols.flags.events import (
    ClearFlag,
    Flag,
    FlagAsked,
    FlagCleared,
    FlagSet,
    FlagTaken,
    SetFlag,
    TakeFlag,
)
from protocols.flags.refusals import FlaggedAlready, NotFlagged
from protocols.flags.state import Flagged, Flags
from protocols.kernel.context import Context
from protocols.kernel.due_point import DuePoint
from protocols.kernel.event import Event
from protocols.kernel.refusals import AlreadyDone
from protocols.kernel.stamps import stamp
from protocols.kernel.tables import decides, dues_of, falls
from protocols.people.people import Staff
from protocols.policy.escalation import Trigger
from protocols.policy.policy import Policy
from protocols.rights.guards import need_duty, need_reader, need_reason, need_status
from protocols.routing.rules import need_sorter
from protocols.status import Status
from protocols.ticket import Ticket
from protocols.time.calendar import BusinessCalendar

LEGAL = ("legal", "compliance")
ROADS = {Flag.COMPLAINT: (LEGAL,), Flag.CONTRACT_DISPUTE: (LEGAL, ("finance",))}
"""Whose it is: of each group the first on duty is asked. Source: S97."""
ALIVE = (Status.OPEN, Status.RESOLVED, Status.CONFIRMED)


@dataclass(frozen=True, slots=True)
class FlagPoint(DuePoint):
    """When the next is asked about a complaint or a dispute that nobody has taken."""

    flag: Flag


@decides(SetFlag)
def set_flag(ticket: Ticket, command: SetFlag, ctx: Context) -> tuple[Event, ...]:
    """Decide that the matter is a complaint, or a dispute of the contract.

    Raises:
        NotAllowed: The actor is neither on the ticket, nor of its team, nor of the front line.
        ReasonNeeded: No reason was given.
        FlaggedAlready: Somebody has said so.
    """
    need_sorter(ticket, ctx)
    need_status(ticket, *ALIVE)
    need_reason(command.reason)
    found = ticket.of(Flags).get(command.flag)
    if found is not None:
        raise FlaggedAlready(reference=ticket.reference, flag=command.flag, person=found.by.name)
    by_row = _is_escalated(ticket, command.flag, ctx.policy)
    to = () if by_row else first_asked(command.flag, ctx)
    return (FlagSet(ctx.now, ctx.by, command.flag, command.reason.strip(), to, by_row),)


def _is_escalated(ticket: Ticket, flag: Flag, policy: Policy) -> bool:
    """Say whether a row of the policy asks for it: those are of Tier 1 and 2. Source: D45."""
    is_dispute = flag is Flag.CONTRACT_DISPUTE and ticket.is_live and not ticket.tier.has_bridge
    return is_dispute and any(row.when is Trigger.DISPUTED for row in policy.escalate.rows)


def first_asked(flag: Flag, ctx: Context) -> tuple[Staff, ...]:
    """Return the first on duty of each group that it goes to; a CS manager where nobody is."""
    found = [ctx.first_on_duty(*group) for group in ROADS[flag]]
    asked = tuple(dict.fromkeys(who for who in found if who is not None))
    return asked or ctx.on_duty("cs-manager")[:1]


@decides(TakeFlag)
def take_flag(ticket: Ticket, command: TakeFlag, ctx: Context) -> tuple[Event, ...]:
    """Decide that somebody has read it, and has it from now on.

    Raises:
        NotFlagged: It is none, or not any more.
        AlreadyDone: Somebody has it.
        NotAllowed: The actor was not asked, and has none of its duties.
    """
    need_reader(ticket, ctx)
    found = _need_flagged(ticket, command.flag)
    if found.taken_by is not None:
        raise AlreadyDone(reference=ticket.reference, person=found.taken_by.name)
    if not any(ctx.is_actor(who.key) for who in found.asked):
        need_duty(ctx, *_duties(command.flag))
    return (FlagTaken(ctx.now, ctx.by, command.flag),)


@decides(ClearFlag)
def clear_flag(ticket: Ticket, command: ClearFlag, ctx: Context) -> tuple[Event, ...]:
    """Decide that it is none after all: Legal says so, as words leave alone again then.

    Raises:
        NotFlagged: It is none.
        NotAllowed: The actor is not of Legal.
        ReasonNeeded: No reason was given.
    """
    need_reader(ticket, ctx)
    _need_flagged(ticket, command.flag)
    need_duty(ctx, *LEGAL)
    need_reason(command.reason)
    return (FlagCleared(ctx.now, ctx.by, command.flag, command.reason.strip()),)


def _need_flagged(ticket: Ticket, flag: Flag) -> Flagged:
    found = ticket.of(Flags).get(flag)
    if found is None:
        raise NotFlagged(reference=ticket.reference, flag=flag)
    return found


def _duties(flag: Flag) -> tuple[str, ...]:
    """Return the duties that answer for it, in the order in which they are asked."""
    return (*(duty for group in ROADS[flag] for duty in group), "cs-manager")


@dues_of
def untaken(ticket: Ticket, policy: Policy, calendar: BusinessCalendar) -> Iterator[DuePoint]:
    """Yield when the next is asked, and once nobody is left, when all are reminded. S65, S97."""
    if ticket.status not in ALIVE:
        return
    for one in ticket.of(Flags).flagged:
        asks_itself = not one.by_row or ticket.tier.has_bridge
        if one.taken_by is not None or not asks_itself or one.asked_at is None:
            continue
        rule = policy.escalate
        at = calendar.due(one.asked_at, rule.look_every if one.exhausted else rule.take_within)
        key = f"flag:{one.flag.value}:{stamp(one.since_at)}:{one.turn + 1}"
        yield FlagPoint(key, "flag_untaken", at, one.flag)


@falls("flag_untaken")
def ask_next(ticket: Ticket, point: FlagPoint, ctx: Context) -> tuple[Event, ...]:
    """Return who is asked next, and who is reminded."""
    found = ticket.of(Flags).get(point.flag)
    if found is None or found.taken_by is not None:
        return ()
    tried = ctx.all_keys(who.key for who in found.asked)
    left = (who for who in ctx.on_duty(*_duties(point.flag)) if who.key not in tried)
    person = next(left, None)
    here = tuple(who for who in found.asked if ctx.can_be_asked(who.key))
    reminded = here[-1:] if person is not None else here
    return (FlagAsked(ctx.now, ctx.by, point.flag, found.turn + 1, person, reminded),)
