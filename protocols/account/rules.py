"""Where customer words go: shared channel, mail, or nowhere. Source: D6, D24."""

from __future__ import annotations

from protocols.account.events import AccountCard, Route, RouteKind
from protocols.kernel.context import Context
from protocols.opening.events import Opening
from protocols.people.channels import ChannelFacts
from protocols.people.directory import Account
from protocols.people.people import Contact, Staff
from protocols.scales import Impact, Signal
from protocols.ticket import Ticket
from protocols.tiers.state import Tiers

NOWHERE = Route(RouteKind.NONE)


def account_card(account: Account) -> AccountCard:
    """Return what a ticket keeps of an account of the directory. Source: D13."""
    return AccountCard(
        key=account.key,
        name=account.name,
        kind=str(account.kind),
        zone=account.zone,
        program_level=str(account.program_level) if account.program_level else None,
        csm=account.csm,
        sponsor=account.executive_sponsor,
        contacts=tuple(_contact(contact) for contact in account.contacts),
        vendor_contact=_contact(account.vendor_poc) if account.vendor_poc else None,
        call_url=account.call_url,
        sox_relevant=account.sox_relevant,
        tags=frozenset(account.tags),
        calendar=account.calendar,
    )


def _contact(contact: object) -> Contact:
    return Contact(
        name=str(getattr(contact, "name", "")),
        email=str(getattr(contact, "email", None) or ""),
        phone=str(getattr(contact, "phone", None) or ""),
        security=bool(getattr(contact, "security", False)),
    )


def is_security(impacts: frozenset[Impact], signal: Signal | None) -> bool:
    """Say whether the matter may be told to the named security contact only.

    Source: D6, D35, S11, S30.
    """
    of_security = {Impact.SECURITY_INCIDENT, Impact.DATA_EXPOSED}
    return bool(of_security & impacts) or signal is Signal.UNUSUAL_LOGIN


def is_security_matter(ticket: Ticket) -> bool:
    """Say whether a ticket is a matter of security: from its opening, or found to be one since.

    Card data systems alone do not make it one, at the opening as little as later: PCI DSS asks
    for incident response, not for another road to the account. Once one, it stays one: a lowered
    tier opens no channel again. Source: D6, S18, S30.
    """
    return is_security(
        ticket.of(Opening).impacts | ticket.of(Tiers).impacts_found, ticket.of(Opening).signal
    )


def route(
    account: AccountCard | None,
    channel: ChannelFacts | None,
    *,
    security: bool,
) -> Route:
    """Return where the words of a ticket go.

    A security matter goes by mail to the contact named for it, never to a channel. Else the
    account's own shared channel when the bot is in it, else mail, else nowhere.
    """
    if account is None:
        return NOWHERE
    contacts = [contact for contact in account.contacts if contact.email]
    if security:
        contacts = [contact for contact in contacts if contact.security] or contacts[:1]
    elif channel is not None and channel.is_ext_shared and channel.bot_is_member:
        return Route(RouteKind.CHANNEL, channel.channel_id, channel.name, channel.outside_count)
    if not contacts:
        return NOWHERE
    return Route(RouteKind.MAIL, addresses=tuple(contact.email for contact in contacts))


def route_for(ctx: Context, account: AccountCard | None, *, security: bool) -> Route:
    """Return the route from what the context knows of the account's channel."""
    return route(account, ctx.channel, security=security)


def executive_for(account: AccountCard | None, ctx: Context) -> Staff | None:
    """Return who is told: the account's sponsor, else the first executive on duty. Source: D40."""
    if account is not None and account.sponsor is not None:
        return ctx.who(account.sponsor)
    return ctx.first_on_duty("executive")
