"""Calling people: the heads-up at T+0, the reviewers, the executives, the third party.

Source: S15, S16, S40-S42; D11, D15, D16, D25.
"""

from __future__ import annotations

from protocols import events as ev
from protocols.context import Context
from protocols.people import ROLE_DUTIES, Role, Who
from protocols.rules.ladder import LEADS
from protocols.scales import Tier
from protocols.slices import Helpers, Roles
from protocols.ticket import AccountCard, Ticket

LEAD_DUTIES = LEADS


def heads_up(ctx: Context, ticket: Ticket | None = None) -> list[ev.Event]:
    """Return the heads-up to the engineering lead and the CS manager on duty. Source: S40, D16."""
    called = {helper.duty for helper in ticket.of(Helpers).helpers} if ticket is not None else set()
    events: list[ev.Event] = []
    for duty in LEAD_DUTIES:
        who = ctx.first_on_duty(duty)
        if who is not None and duty not in called:
            events.append(ev.HelperCalled(ctx.now, ctx.by, duty, who, heads_up=True))
    return events


def call(duties: tuple[str, ...], ctx: Context, ticket: Ticket | None = None) -> list[ev.Event]:
    """Return the call of the first on duty for these duties, unless one was called before."""
    if ticket is not None and any(helper.duty in duties for helper in ticket.of(Helpers).helpers):
        return []
    for duty in duties:
        who = ctx.first_on_duty(duty)
        if who is not None:
            return [ev.HelperCalled(ctx.now, ctx.by, duty, who, heads_up=False)]
    return []


def reviewers(ctx: Context, ticket: Ticket | None = None) -> list[ev.Event]:
    """Return the calls that a confirmed exposure asks for.

    Finance, and one of Legal or Compliance; one of the two is enough. Source: S41, D9, D16.
    """
    return [
        *call(("compliance", "legal"), ctx, ticket),
        *call(("finance",), ctx, ticket),
    ]


def outside_the_bridge(account: AccountCard | None, tier: Tier, ctx: Context) -> list[ev.Event]:
    """Return the notices to the executive sponsor and to the third party. Source: S15, S16."""
    if account is None:
        return []
    events: list[ev.Event] = []
    if account.sponsor is not None:
        events.append(ev.ExecutiveNotified(ctx.now, ctx.by, ctx.who(account.sponsor)))
    if tier is Tier.CRITICAL and account.vendor_contact is not None:
        events.append(ev.VendorTold(ctx.now, ctx.by, account.vendor_contact.email))
    return events


def candidates(role: Role, ticket: Ticket | None, ctx: Context) -> tuple[Who, ...]:
    """Return who can be asked for a role, best first.

    Nobody holds two seats; one of the leads or the contact is asked last, so that three people
    are found where three are on duty; the one who investigates never writes. Source: D14, D23.
    """
    people = ctx.on_duty(*ROLE_DUTIES[role])
    if ticket is None:
        return people
    seat = ticket.of(Roles).seat(role)
    tried = set(seat.tried) if seat is not None else set()
    taken = set()
    for other in ticket.of(Roles).seats:
        if other.role is not role:
            taken |= {who.key for who in (other.holder, other.asked) if who is not None}
    free = [who for who in people if who.key not in taken | tried]
    last = {ticket.poc.key} if ticket.poc is not None else set()
    return tuple(sorted(free, key=lambda who: who.key in last))


def ask_role(role: Role, ticket: Ticket | None, ctx: Context) -> list[ev.Event]:
    """Return the question to the next on the rota, or that the rota is at its end. Source: D14."""
    found = candidates(role, ticket, ctx)
    if found:
        return [ev.RoleAsked(ctx.now, ctx.by, role, found[0])]
    return [ev.RotaExhausted(ctx.now, ctx.by, role)]


def ask_incident_response(ctx: Context, ticket: Ticket | None = None) -> list[ev.Event]:
    """Return the questions for the roles of Tier 4, at once: the commander first. Source: S21."""
    events: list[ev.Event] = []
    asked: set[str] = set()
    for role in (Role.COMMANDER, Role.COMMUNICATOR, Role.SCRIBE):
        seat = ticket.of(Roles).seat(role) if ticket is not None else None
        if seat is not None and (seat.holder is not None or seat.asked is not None):
            continue
        free = [who for who in candidates(role, ticket, ctx) if who.key not in asked]
        if free:
            asked.add(free[0].key)
            events.append(ev.RoleAsked(ctx.now, ctx.by, role, free[0]))
        else:
            events.append(ev.RotaExhausted(ctx.now, ctx.by, role))
    return events
