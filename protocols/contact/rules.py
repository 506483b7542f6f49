"""The one point of contact: whom the form proposes, and how it is handed over.

Source: S39, S187; D23.
"""

from __future__ import annotations

from protocols.account.events import AccountCard
from protocols.contact.events import AnswerPoc, OfferPoc, PocChanged, PocDeclined, PocOffered
from protocols.contact.refusals import NotACsm, NotOfItsTeam
from protocols.contact.state import HandOver
from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.refusals import AlreadyDone
from protocols.kernel.tables import decides
from protocols.people.people import Actor, Who
from protocols.people.swapping import need_here
from protocols.rights.guards import need_duty, need_on_ticket, need_ours
from protocols.rights.refusals import NotAsked
from protocols.roles.rules import invited
from protocols.routing.rules import SORTERS
from protocols.routing.teams import has_member, team_of
from protocols.ticket import Ticket


def preset_contact(account: AccountCard | None, actor: Actor, ctx: Context) -> str | None:
    """Return whom the form proposes: the account's CSM, a CSM who opens, the CSM on duty.

    Source: D23.
    """
    if account is not None and account.csm and ctx.can_be_asked(account.csm):
        return account.csm
    if actor.holds("csm") or not ctx.has_rota:
        return actor.who.key
    on_duty = ctx.first_on_duty("csm")
    return on_duty.key if on_duty is not None else None


@decides(OfferPoc)
def offer_poc(ticket: Ticket, command: OfferPoc, ctx: Context) -> tuple[Event, ...]:
    """Decide the offer of the point of contact; it changes only when the other accepts.

    Offered to the same person again, nothing changes: they are asked already.

    Raises:
        NotACsm: The other is not a CSM of the directory, on Tier 3 and 4.
        NotOfItsTeam: On Tier 1 and 2 the other could not take it either.
        AlreadyDone: The other is the contact.
        PersonUnknown: The other cannot be reached.
        PersonAway: The other is away.
    """
    need_on_ticket(ticket, ctx)
    is_poc = ticket.poc is not None and ctx.same(ticket.poc.key, ctx.by.key)
    if not is_poc:
        need_duty(ctx, "cs-manager")
    _need_fit(ticket, command.person, ctx)
    if ticket.poc is not None and ticket.poc.key == command.person.key:
        raise AlreadyDone(person=ticket.poc.name)
    need_here(command.person, ctx)
    offer, to = ticket.of(HandOver).poc_offer, need_ours(command.person, ctx)
    if offer is not None and offer.to == to and not (offer.is_silent or command.shift):
        return ()
    return (PocOffered(ctx.now, ctx.by, to, command.shift),)


def _need_fit(ticket: Ticket, person: Who, ctx: Context) -> None:
    """Refuse who may not have a ticket: a bridge has a CSM, another whoever could take it."""
    if not ctx.has_rota or ctx.holds(person.key, "csm"):
        return
    if ticket.tier.has_bridge:
        raise NotACsm(person=person.name)
    team = team_of(ticket, ctx.policy)
    if not (ctx.holds(person.key, *SORTERS) or has_member(team, person.key, ctx)):
        raise NotOfItsTeam(person=person.name, team=team)


@decides(AnswerPoc)
def answer_poc(ticket: Ticket, command: AnswerPoc, ctx: Context) -> tuple[Event, ...]:
    """Decide the answer to an offer of the point of contact. Source: S39, S187."""
    offer = ticket.of(HandOver).poc_offer
    if offer is None or not ctx.same(offer.to.key, ctx.by.key):
        holder = ticket.poc.name if ticket.poc is not None else ""
        raise NotAsked(
            person=offer.to.name if offer is not None else holder,
            what="asked" if offer is not None else "has",
        )
    if not command.accept:
        return (PocDeclined(ctx.now, ctx.by, ctx.staff),)
    return (PocChanged(ctx.now, ctx.by, ctx.staff, ticket.poc), *invited(ticket, ctx))
