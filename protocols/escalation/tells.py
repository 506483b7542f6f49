"""Who is asked to lead an escalation, and who hears of it. Source: S94, S95, S97; D8."""

from __future__ import annotations

from collections.abc import Iterable

from protocols.escalation.events import (
    Escalated,
    EscalationAsked,
    EscalationEnded,
    EscalationLate,
    EscalationReason,
    EscalationTaken,
)
from protocols.escalation.roads import leads
from protocols.escalation.state import Escalation
from protocols.kernel.context import Context
from protocols.kernel.roads import dm
from protocols.kernel.stamps import stamp
from protocols.kernel.tables import Effects, Events, tells, tells_last
from protocols.people.people import Staff
from protocols.targets.events import BusinessBlocked
from protocols.targets.people import owner
from protocols.ticket import Ticket


@tells(Escalated)
def asked(ticket: Ticket, event: Escalated, ctx: Context) -> Effects:
    """Ask whom it goes to, with all they need. Source: S95."""
    return _each(ticket, f"escalation/{event.number}/1", event.to, "escalation")


@tells_last
def owner_told(
    _before: Ticket | None, events: Events, ticket: Ticket, ctx: Context, _version: int
) -> Effects:
    """Tell the owner who was asked to lead it, with what of this change is late: once. Source: D8.

    Whom the same change tells that it blocks the account's business reads it there.
    """
    who = owner(ticket, ctx)
    escalated = [event for event in events if isinstance(event, Escalated)]
    if who is None or any(isinstance(event, BusinessBlocked) for event in events):
        return ()
    return tuple(
        effect
        for event in escalated
        if not any(ctx.same(who.key, other.key) for other in event.to)
        for effect in _each(
            ticket, f"escalated-owner/{event.number}", (who,), "escalation_owner", unasked=True
        )
    )


@tells_last
def reasons_told(
    _before: Ticket | None, events: Events, ticket: Ticket, ctx: Context, _version: int
) -> Effects:
    """Tell whoever leads it what more there is; with the question itself it stands there."""
    raised = ticket.of(Escalation).now
    count = sum(isinstance(event, EscalationReason) for event in events)
    if raised is None or not count or any(isinstance(event, Escalated) for event in events):
        return ()
    people = (who for who in leads(ticket) if not ctx.is_actor(who.key))
    key = f"escalation-reason/{raised.number}/{stamp(ctx.now)}"
    return tuple(
        dm(ticket, f"{key}/{who.key}", who, "escalation_reason", {"count": count})
        for who in people
        if ctx.can_be_asked(who.key)
    )


@tells(EscalationAsked)
def asked_next(ticket: Ticket, event: EscalationAsked, ctx: Context) -> Effects:
    """Ask the next in line, and remind those who were asked before. Source: S97."""
    key = f"escalation/{event.number}/{event.turn}"
    person = () if event.person is None else (event.person,)
    return (
        *_each(ticket, key, person, "escalation"),
        *_each(ticket, key, event.reminded, "escalation_untaken"),
    )


@tells(EscalationTaken)
def taken(ticket: Ticket, event: EscalationTaken, ctx: Context) -> Effects:
    """Tell who has the ticket that somebody leads it now."""
    who = owner(ticket, ctx)
    if who is None or ctx.is_actor(who.key):
        return ()
    return _each(ticket, f"escalation-taken/{event.number}", (who,), "escalation_led")


@tells(EscalationLate)
def late(ticket: Ticket, event: EscalationLate, ctx: Context) -> Effects:
    """Say that the time to resolve has passed that the account may have read."""
    key = f"escalation-late/{event.number}/{event.turn}"
    return _each(ticket, key, event.told, "escalation_late")


@tells(EscalationEnded)
def ended(ticket: Ticket, event: EscalationEnded, ctx: Context) -> Effects:
    """Tell who has the ticket that it is theirs alone again."""
    who = owner(ticket, ctx)
    if who is None or ctx.is_actor(who.key):
        return ()
    params = {"by": event.by.key, "reason": event.reason}
    return tuple(
        dm(
            ticket,
            f"escalation-ended/{event.number}/{who.key}",
            who,
            "escalation_ended",
            params,
            unasked=True,
        )
        for who in (who,)
    )


def _each(
    ticket: Ticket, suffix: str, people: Iterable[Staff], template: str, *, unasked: bool = False
) -> Effects:
    return tuple(
        dm(ticket, f"{suffix}/{who.key}", who, template, unasked=unasked) for who in people
    )
