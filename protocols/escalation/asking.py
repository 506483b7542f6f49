"""Who is asked to lead an escalation, and who after them. Source: S94, S97; D8, D39."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from protocols.kernel.context import Context
from protocols.people.beginnings import next_on_duty
from protocols.people.people import Staff
from protocols.policy.escalation import LineRule
from protocols.rights.rules import READERS, is_confidential, is_on
from protocols.targets.people import escalation_manager
from protocols.ticket import Ticket

MANAGER = "escalation-manager"


def first_asked(ticket: Ticket, duties: tuple[str, ...], ctx: Context) -> tuple[Staff, ...]:
    """Return who is asked first: the row's own duties and the escalation manager. Source: S94.

    Nobody has that duty: the CS manager. Nobody reads a confidential matter by it who may not.
    """
    own = (ctx.first_on_duty(duty) for duty in duties)
    found = (*(who for who in own if who is not None), *escalation_manager(ticket, ctx))
    asked = _who_may_read(ticket, found, ctx)
    return asked or _who_may_read(ticket, ctx.on_duty("cs-manager"), ctx)[:1]


def line_of(ticket: Ticket, ctx: Context) -> LineRule | None:
    """Return the first line of the policy that holds for a ticket. Source: S97."""
    lines = ctx.policy.escalate.lines
    return next((ln for ln in lines if not ln.categories or ticket.category in ln.categories), None)


def next_asked(ticket: Ticket, asked: Iterable[Staff], ctx: Context) -> Staff | None:
    """Return the next in line who is on duty and was not asked, None when nobody is left."""
    line = line_of(ticket, ctx)
    tried = ctx.all_keys(who.key for who in asked)
    duties = (MANAGER, *(line.duties if line is not None else ()))
    left = (who for who in ctx.on_duty(*duties) if who.key not in tried)
    return next(iter(_who_may_read(ticket, left, ctx)), None)


def asked_later(ticket: Ticket, asked: Iterable[Staff], ctx: Context) -> datetime | None:
    """Return when the next who was not asked comes on duty; None when nobody does."""
    line = line_of(ticket, ctx)
    duties = (MANAGER, *(line.duties if line is not None else ()))
    return next_on_duty(duties, ctx.all_keys(who.key for who in asked), ctx)


def _who_may_read(ticket: Ticket, people: Iterable[Staff], ctx: Context) -> tuple[Staff, ...]:
    found = tuple(dict.fromkeys(people))
    if not is_confidential(ticket):
        return found
    return tuple(
        who for who in found if ctx.holds(who.key, *READERS) or is_on(ticket, who.key, ctx)
    )
