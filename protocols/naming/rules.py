"""Setting the account of a ticket that has none: what is owed as at opening follows.

Source: S16, S37, S39; D6, D23, D40, D41.
"""

from __future__ import annotations

from protocols.account.rules import account_card, executive_for, is_security_matter, route_for
from protocols.account.state import Road
from protocols.contact.events import PocOffered
from protocols.contact.rules import preset_contact
from protocols.fixed_texts.rules import acknowledgment
from protocols.kernel.changing import fold
from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.refusals import AlreadyDone
from protocols.kernel.tables import decides
from protocols.ladder import rules as ladder
from protocols.ladder.events import StepKind, StepsAdded, StepState
from protocols.ladder.state import Ladder
from protocols.naming.events import AccountNamed, SetAccount
from protocols.naming.refusals import AccountUnknown
from protocols.opening.events import Opening
from protocols.outreach.events import ImpactedNamed
from protocols.outreach.state import Outreach
from protocols.rights.guards import need_on_ticket, need_status
from protocols.scales import NoticedBy, Tier
from protocols.status import Status
from protocols.ticket import Ticket
from protocols.tiers.rules import first_words, outside_still_owed

TOLD_OUTSIDE = (StepKind.SPONSOR_TOLD, StepKind.VENDOR_TOLD)


@decides(SetAccount)
def set_account(ticket: Ticket, command: SetAccount, ctx: Context) -> tuple[Event, ...]:
    """Decide whose problem it is, once; from here on everything is owed as at opening.

    Raises:
        NotYours: The actor is not on the ticket.
        WrongState: The ticket is not open.
        AlreadyDone: It has an account.
        AccountUnknown: The directory has no account of this key.
    """
    need_on_ticket(ticket, ctx)
    need_status(ticket, Status.OPEN)
    if ticket.account is not None:
        raise AlreadyDone(reference=ticket.reference)
    found = ctx.directory.account(command.account_key)
    if found is None:
        raise AccountUnknown(what=command.account_key)
    card = account_card(found)
    road = route_for(ctx, card, security=is_security_matter(ticket))
    named = AccountNamed(ctx.now, ctx.by, card, road)
    after = fold((named,), ticket)
    return (named, *_contact(after, ctx), *_owed(after, ctx))


def _contact(ticket: Ticket, ctx: Context) -> list[Event]:
    """Return the question to the account's own CSM, if another is its contact. Source: D23."""
    csm = ticket.account.csm if ticket.account is not None else None
    if csm is None or preset_contact(ticket.account, ctx.actor, ctx) != csm:
        return []
    if ticket.poc is not None and ctx.same(ticket.poc.key, csm):
        return []
    return [PocOffered(ctx.now, ctx.by, ctx.who(csm))]


def _owed(ticket: Ticket, ctx: Context) -> list[Event]:
    if not ticket.tier.has_bridge:
        told = ticket.of(Opening).noticed_by is NoticedBy.ACCOUNT
        road = ticket.of(Road).route
        return acknowledgment(ticket.reference, road, None, ctx) if told else []
    events = _steps(ticket, ctx)
    if _is_acknowledged(ticket):
        return events + outside_still_owed(ticket, ticket.tier, ctx)
    events += first_words(ticket, ticket.tier, ctx)
    events += outside_still_owed(ticket, ticket.tier, ctx)
    if ticket.tier is Tier.SYSTEMIC and ticket.account is not None:
        key = ticket.account.key
        if key not in ticket.of(Outreach).impacted:
            events.append(ImpactedNamed(ctx.now, ctx.by, (*ticket.of(Outreach).impacted, key)))
    return events


def _is_acknowledged(ticket: Ticket) -> bool:
    """Say whether the account was called before it was set: that acknowledged it. Source: D24."""
    step = ticket.of(Ladder).step(StepKind.ACKNOWLEDGE)
    return step is not None and step.state is StepState.DONE


def _steps(ticket: Ticket, ctx: Context) -> list[Event]:
    """Return the notices outside the bridge that its ladder owes now, as steps."""
    planned = ladder.planned(
        ticket.tier,
        ctx.policy,
        anchor_at=ctx.now,
        run=ticket.of(Ladder).ladder_run,
        noticed_by=ticket.of(Opening).noticed_by,
        account=ticket.account,
        route=ticket.of(Road).route,
        executive=executive_for(ticket.account, ctx),
    )
    new = tuple(
        step
        for step in planned
        if step.kind in TOLD_OUTSIDE and ticket.of(Ladder).step(step.kind) is None
    )
    return [StepsAdded(ctx.now, ctx.by, new)] if new else []
