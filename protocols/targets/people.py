"""Who has a ticket, and who is told of its clocks. Source: S65, S94, D8, D39."""

from __future__ import annotations

from protocols.checklist.state import Checklist
from protocols.kernel.context import Context
from protocols.people.people import Staff
from protocols.rights.roads import manager_of
from protocols.ticket import Ticket


def owner(ticket: Ticket, ctx: Context) -> Staff | None:
    """Return who has the ticket, None when nobody has who can be reached."""
    who = ticket.poc
    if who is None or who.key in ctx.unreachable:
        return None
    return who if not ctx.has_rota or ctx.is_ours(who.key) else None


def have_it(ticket: Ticket, ctx: Context) -> tuple[Staff, ...]:
    """Return who has the ticket; where nobody has, those on duty for it, then the CS manager.

    Whose support window runs is with them, and first. Source: S31.
    """
    who, window = owner(ticket, ctx), ticket.of(Checklist).window
    theirs = (who,) if who is not None else ctx.on_duty("csm") or ctx.on_duty("cs-manager")
    if window is None or not window.runs or not ctx.can_be_asked(window.person.key):
        return theirs
    return tuple(dict.fromkeys((window.person, *theirs)))


def escalation_manager(ticket: Ticket, ctx: Context) -> tuple[Staff, ...]:
    """Return the escalation manager on duty, else the CS manager; empty when neither is there."""
    who = ctx.first_on_duty("escalation-manager") or manager_of(ticket, ctx)
    return () if who is None else (who,)
