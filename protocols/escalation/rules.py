"""A ticket of Tier 1 or 2 is escalated, taken, given back. Source: S93-S97, S146; D45.

Each row of the policy has one turn a ticket; on one that is escalated it is one more reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from protocols.account.events import RouteKind
from protocols.account.state import Road
from protocols.closure.events import TicketReopened
from protocols.closure.state import Closure
from protocols.details.state import Details
from protocols.escalation.asking import asked_later, first_asked, line_of
from protocols.escalation.events import (
    AccountCameBack,
    EndEscalation,
    Escalate,
    Escalated,
    EscalationEnded,
    EscalationReason,
    EscalationTaken,
    TakeEscalation,
)
from protocols.escalation.refusals import (
    HasItsPeople,
    NobodyHasIt,
    NotEscalated,
    NotToBeAskedFor,
)
from protocols.escalation.rows import falling, is_desk, is_nobodys, is_of
from protocols.escalation.state import Escalation, Raised
from protocols.fixed_texts.events import FixedTextSent
from protocols.fixed_texts.rules import has_been_told
from protocols.kernel.changing import fold
from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.refusals import AlreadyDone
from protocols.kernel.tables import decides, follows
from protocols.people.people import BOT, Who
from protocols.policy.escalation import EscalationRow, Trigger
from protocols.promises.state import Promises
from protocols.replies.events import CustomerSaid, CustomerWrote
from protocols.rights.guards import need_duty, need_reader, need_reason, need_status
from protocols.routing.state import Routing
from protocols.routing.teams import slug, team_of
from protocols.status import Status
from protocols.targets.events import BlockedNamed
from protocols.targets.people import owner
from protocols.targets.rules import has_taken
from protocols.targets.sending import clock_told
from protocols.targets.state import NextReply
from protocols.ticket import Ticket

DESK_NOTICE, NOTICE_KEY = "escalated_desk", "escalated-desk"
"""What the account of a ticket without a bridge reads of its escalation, once each. S96, D15."""


@decides(Escalate)
def escalate(ticket: Ticket, command: Escalate, ctx: Context) -> tuple[Event, ...]:
    """Decide that a ticket is escalated because somebody asks for it. Source: S93.

    Raises:
        HasItsPeople: It has a bridge.
        NotToBeAskedFor: The policy has no such row.
        ReasonNeeded: No reason was given.
        AlreadyDone: This was asked for already, and it is escalated still.
    """
    need_desk(ticket, ctx)
    row = asked_row(command.row, ctx)
    need_reason(command.reason)
    raised = ticket.of(Escalation).now
    why = f'{row.name}: "{command.reason.strip()}"'
    if raised is not None and any(reason.startswith(f"{row.name}:") for reason in raised.reasons):
        raise AlreadyDone(reference=ticket.reference, person=raised.by.name)
    return _on_record(ticket, row, row.name, why, ctx.by, ctx)


def need_desk(ticket: Ticket, ctx: Context) -> None:
    """Refuse to escalate what nobody works on, or has its people already.

    Raises:
        HasItsPeople: It has a bridge.
        WrongState: Nobody works on it.
    """
    need_reader(ticket, ctx)
    need_status(ticket, Status.OPEN)
    if ticket.tier.has_bridge:
        raise HasItsPeople(reference=ticket.reference)


def may_be_asked(ctx: Context) -> tuple[EscalationRow, ...]:
    """Return the rows that a person may ask for."""
    return tuple(row for row in ctx.policy.escalate.rows if row.when is Trigger.ASKED)


def asked_row(name: str, ctx: Context) -> EscalationRow:
    """Return the row of a name, the first that may be asked for when none is given.

    Raises:
        NotToBeAskedFor: There is none.
    """
    rows = may_be_asked(ctx)
    found = next((row for row in rows if not name or slug(row.name) == slug(name)), None)
    if found is None:
        raise NotToBeAskedFor(rows=", ".join(row.name for row in rows) or "none")
    return found


@follows
def rows_fall(
    before: Ticket | None, events: tuple[Event, ...], ticket: Ticket, ctx: Context
) -> tuple[Event, ...]:
    """Return that a ticket is escalated by each row that holds by now. Source: S93, S94."""
    found: list[Event] = list(_came_back(before, events, ticket, ctx))
    fallen = falling(fold(found, ticket), ctx.policy, ctx.calendar)
    held = [(one.row, one.key) for one in fallen if one.at <= ctx.now]
    held += [(row, row.name) for row in _reopened(events, ticket, ctx)]
    for row, key in held:
        found += _on_record(fold(found, ticket), row, key, row.name, BOT, ctx)
    return (*found, *_blocks(events, fold(found, ticket), ctx))


def _blocks(events: tuple[Event, ...], ticket: Ticket, ctx: Context) -> Iterator[Event]:
    """Yield what the account says that it blocks, as one more reason of an escalation. D45."""
    raised = ticket.of(Escalation).now
    row = next((each for each in ctx.policy.escalate.rows if each.when is Trigger.BLOCKED), None)
    for event in events:
        if isinstance(event, BlockedNamed) and raised is not None and row is not None:
            why = f"{row.name}: {event.what}"
            yield EscalationReason(ctx.now, event.by, raised.number, why, why)


def _came_back(
    before: Ticket | None, events: tuple[Event, ...], ticket: Ticket, ctx: Context
) -> Iterator[Event]:
    """Yield that the account came back to us; what it writes while it waits already does not."""
    rows = [row for row in ctx.policy.escalate.rows if row.when is Trigger.EXCHANGED]
    counts = is_desk(ticket) and any(is_of(row, ticket) for row in rows)
    waited = before is not None and before.of(NextReply).asked_at is not None
    wrote = any(isinstance(e, CustomerWrote | CustomerSaid) and e.owes for e in events)
    if counts and wrote and before is not None and not waited:
        yield AccountCameBack(ctx.now, BOT, len(ticket.of(Escalation).exchanges) + 1)


def _reopened(events: tuple[Event, ...], ticket: Ticket, ctx: Context) -> Iterator[EscalationRow]:
    """Yield the rows of a ticket that was its account opened again too often, now as well. D7."""
    again = any(isinstance(e, TicketReopened) and e.by_account for e in events)
    closure = ticket.of(Closure)
    often = closure.reopened_by_account >= ctx.policy.resolution.reopens_before_escalation
    if not (again and often and is_desk(ticket)):
        return
    for row in ctx.policy.escalate.rows:
        is_new = row.name not in ticket.of(Escalation).rows
        if row.when is Trigger.REOPENED and is_of(row, ticket) and is_new:
            yield row


def _on_record(
    ticket: Ticket, row: EscalationRow, key: str, why: str, by: Who, ctx: Context
) -> tuple[Event, ...]:
    escalation = ticket.of(Escalation)
    if escalation.now is not None:
        return (EscalationReason(ctx.now, by, escalation.now.number, key, why),)
    line, to = line_of(ticket, ctx), first_asked(ticket, row.to, ctx)
    target_at, is_new = _target(ticket, ctx)
    raised = Escalated(
        ctx.now,
        by,
        escalation.number + 1,
        key,
        why,
        to,
        owner(ticket, ctx),
        team_of(ticket, ctx.policy),
        line.name if line is not None else "",
        target_at,
        is_new,
        asked_later(ticket, to, ctx) if not to else None,
    )
    return (raised, *_notice(ticket, row, raised, ctx))


def is_read_of(ticket: Ticket, row: EscalationRow) -> bool:
    """Say whether the account reads of an escalation by a row: where it heard of us. S96."""
    has_road = ticket.of(Road).route.kind is not RouteKind.NONE
    return row.tells_account and has_road and has_been_told(ticket)


def _notice(
    ticket: Ticket, row: EscalationRow, raised: Escalated, ctx: Context
) -> tuple[Event, ...]:
    """Return that the account reads of it, once an escalation. Source: S96."""
    if not is_read_of(ticket, row):
        return ()
    key = f"{ticket.reference}/{NOTICE_KEY}/{raised.number}"
    promise = ticket.of(Promises).promise
    times = (raised.target_at, promise.at if promise is not None else None)
    until_at = min((at for at in times if at is not None), default=None)
    return (FixedTextSent(ctx.now, raised.by, DESK_NOTICE, key, until_at=until_at),)


def _target(ticket: Ticket, ctx: Context) -> tuple[datetime | None, bool]:
    """Return until when we aim to resolve it, and whether that is another time than before. S96."""
    if ticket.of(Details).waits:
        return None, False
    clock = clock_told(ticket, ctx)
    if clock is not None and clock.due_at is not None and clock.due_at > ctx.now:
        return clock.due_at, False
    return ctx.calendar.due(ctx.now, ctx.policy.escalate.new_target), True


@decides(TakeEscalation)
def take(ticket: Ticket, command: TakeEscalation, ctx: Context) -> tuple[Event, ...]:
    """Decide that somebody leads it; a ticket that nobody has is theirs from now on. S94.

    Raises:
        NotEscalated: It is not, or not any more.
        AlreadyDone: Somebody leads it.
        NotAllowed: The actor was not asked, and has no duty that leads.
    """
    raised = _need_raised(ticket, ctx)
    if raised.taken_by is not None:
        raise AlreadyDone(reference=ticket.reference, person=raised.taken_by.name)
    if not any(ctx.is_actor(who.key) for who in raised.asked):
        need_duty(ctx, *ctx.policy.escalate.leads)
    had_it = ticket.poc is not None and ctx.is_actor(ticket.poc.key)
    is_theirs = is_nobodys(ticket) and not (had_it and ticket.of(Routing).is_handed_on)
    theirs = has_taken(ticket, ctx) if is_theirs else ()
    return (EscalationTaken(ctx.now, ctx.by, raised.number), *theirs)


@decides(EndEscalation)
def end(ticket: Ticket, command: EndEscalation, ctx: Context) -> tuple[Event, ...]:
    """Decide that whoever has the ticket goes on alone.

    Raises:
        NotEscalated: It is not, or not any more.
        NotAllowed: The actor does not lead it, and has no duty that does.
        NobodyHasIt: Nobody has taken the ticket.
        ReasonNeeded: No reason was given.
    """
    raised = _need_raised(ticket, ctx)
    if raised.taken_by is None or not ctx.is_actor(raised.taken_by.key):
        need_duty(ctx, *ctx.policy.escalate.leads)
    if is_nobodys(ticket):
        raise NobodyHasIt(reference=ticket.reference)
    need_reason(command.reason)
    return (EscalationEnded(ctx.now, ctx.by, raised.number, command.reason),)


def _need_raised(ticket: Ticket, ctx: Context) -> Raised:
    need_reader(ticket, ctx)
    raised = ticket.of(Escalation).now
    if raised is None:
        raise NotEscalated(reference=ticket.reference)
    return raised
