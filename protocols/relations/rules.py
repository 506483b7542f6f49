"""Two tickets belong together: both records say so, whatever is killed between. Source: S67, S68.

It is said on one and posted to the other. What is said last stands on both: who hears older words
than its own keeps its own.
"""

from __future__ import annotations

from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.posting import Post
from protocols.kernel.refusals import AlreadyDone, UnknownTicket
from protocols.kernel.tables import decides, posts
from protocols.relations.events import (
    HearLink,
    LinkHeard,
    LinkTickets,
    OfTwo,
    Relation,
    TicketsLinked,
    UnlinkTickets,
)
from protocols.relations.refusals import ItIsTheSame, OfAnotherAccount
from protocols.relations.state import Other, Relations
from protocols.rights.guards import need_reader
from protocols.routing.rules import need_sorter
from protocols.ticket import Ticket

OF_ONE_MATTER = (Relation.DUPLICATE_OF, Relation.DUPLICATED_BY)


@decides(LinkTickets)
def link(ticket: Ticket, command: LinkTickets, ctx: Context) -> tuple[Event, ...]:
    """Decide what another ticket is to this one.

    Raises:
        NotAllowed: The actor is neither on the ticket, nor of its team, nor of the front line.
        Confidential: They may not read one of the two.
        OfAnotherAccount: It is called a duplicate, and is of another account.
        AlreadyDone: That stands already.
    """
    need_sorter(ticket, ctx)
    other = need_other(ticket, command, ctx)
    if command.relation in OF_ONE_MATTER and not is_of_one_account(ticket, other):
        raise OfAnotherAccount(reference=ticket.reference, other=other.reference)
    if _stands(ticket, other.reference) is command.relation:
        raise AlreadyDone(reference=ticket.reference)
    return (_said(ticket, other.reference, command.relation, ctx),)


@decides(UnlinkTickets)
def unlink(ticket: Ticket, command: UnlinkTickets, ctx: Context) -> tuple[Event, ...]:
    """Decide that another ticket is nothing to this one.

    Raises:
        AlreadyDone: No link stands.
    """
    need_sorter(ticket, ctx)
    if _stands(ticket, command.other) is None:
        raise AlreadyDone(reference=ticket.reference)
    return (_said(ticket, command.other, None, ctx),)


def _said(ticket: Ticket, other: str, relation: Relation | None, ctx: Context) -> Event:
    before = ticket.of(Relations).link(other)
    turn = 1 if before is None else before.turn + 1
    return TicketsLinked(ctx.now, ctx.by, other, relation, turn)


def need_other(ticket: Ticket, command: OfTwo, ctx: Context) -> Ticket:
    """Return the other ticket of a command on two, for who may read it.

    Raises:
        UnknownTicket: There is none of that name.
        ItIsTheSame: It is the very ticket.
        Confidential: The actor may not read it.
    """
    other = ctx.known(Other).ticket
    if other is None:
        raise UnknownTicket(reference=command.other)
    if other.reference == ticket.reference:
        raise ItIsTheSame(reference=ticket.reference)
    need_reader(other, ctx)
    return other


def is_of_one_account(one: Ticket, other: Ticket) -> bool:
    """Say whether two tickets are of one account, which is named on both."""
    if one.account is None or other.account is None:
        return False
    return one.account.key == other.account.key


def _stands(ticket: Ticket, other: str) -> Relation | None:
    said = ticket.of(Relations).link(other)
    return None if said is None else said.relation


@posts(TicketsLinked)
def told_there(ticket: Ticket, event: TicketsLinked, ctx: Context) -> tuple[Post, ...]:
    """Post to the other ticket what this one is to it."""
    relation = None if event.relation is None else event.relation.from_there
    heard = HearLink(event.other, ticket.reference, relation, event.turn)
    return (Post(heard, ctx.actor),)


@decides(HearLink)
def hear(ticket: Ticket, command: HearLink, ctx: Context) -> tuple[Event, ...]:
    """Decide that what was said on another ticket stands here, unless later words do."""
    said = ticket.of(Relations).link(command.other)
    if said is not None and (said.turn, said.said_on) >= (command.turn, command.other):
        return ()
    return (LinkHeard(ctx.now, ctx.by, command.other, command.relation, command.turn),)
