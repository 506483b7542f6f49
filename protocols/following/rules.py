"""Whoever may read a ticket may follow it; an account's own manager does without asking. S166."""

from __future__ import annotations

from collections.abc import Iterator

from protocols.following.events import (
    FollowTicket,
    TicketFollowed,
    TicketUnfollowed,
    UnfollowTicket,
)
from protocols.following.state import Followers
from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.refusals import AlreadyDone
from protocols.kernel.tables import decides
from protocols.people.people import Staff
from protocols.rights.guards import need_reader
from protocols.rights.rules import READERS, is_confidential, is_on
from protocols.ticket import Ticket


@decides(FollowTicket)
def follow(ticket: Ticket, _command: FollowTicket, ctx: Context) -> tuple[Event, ...]:
    """Decide that the actor follows a ticket; it gives no right that they do not have.

    Raises:
        Confidential: They may not read it.
        AlreadyDone: They follow it.
    """
    need_reader(ticket, ctx)
    if is_followed(ticket, ctx.by.key, ctx):
        raise AlreadyDone(reference=ticket.reference)
    return (TicketFollowed(ctx.now, ctx.by),)


@decides(UnfollowTicket)
def unfollow(ticket: Ticket, _command: UnfollowTicket, ctx: Context) -> tuple[Event, ...]:
    """Decide that the actor hears no more of it.

    Raises:
        AlreadyDone: They do not follow it.
    """
    if not is_followed(ticket, ctx.by.key, ctx):
        raise AlreadyDone(reference=ticket.reference)
    return (TicketUnfollowed(ctx.now, ctx.by),)


def is_followed(ticket: Ticket, person: str, ctx: Context) -> bool:
    """Say whether a person hears when the ticket escalates."""
    return any(ctx.same(who.key, person) for who in _wanted(ticket, ctx))


def followers(ticket: Ticket, ctx: Context) -> tuple[Staff, ...]:
    """Return who hears of it now: who asked, the account's manager, each who may read it."""
    people = {who.key: who for who in _wanted(ticket, ctx)}
    return tuple(who for who in people.values() if _reads(ticket, who.key, ctx))


def _wanted(ticket: Ticket, ctx: Context) -> Iterator[Staff]:
    yield from ticket.of(Followers).people
    manager = manager_of_account(ticket, ctx)
    if manager is not None and manager.key not in ticket.of(Followers).away:
        yield manager


def manager_of_account(ticket: Ticket, ctx: Context) -> Staff | None:
    """Return who looks after the account, as the directory says now."""
    account = ctx.directory.account(ticket.account.key) if ticket.account is not None else None
    if account is None or account.csm is None or not ctx.is_ours(account.csm):
        return None
    return ctx.who(account.csm)


def _reads(ticket: Ticket, person: str, ctx: Context) -> bool:
    """Say whether a person may read it now, whatever it was when they began to follow it."""
    if not ctx.has_rota:
        return True
    if not ctx.is_ours(person):
        return False
    is_open_to = not is_confidential(ticket) or ctx.holds(person, *READERS)
    return is_open_to or is_on(ticket, person, ctx)
