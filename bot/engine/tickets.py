"""The ticket as a kind of record: its row, what it is opened and decided with, its words."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime

from bot.courier.attempts import Addressed
from bot.engine import kinds, outgoing, related, withdrawals
from bot.engine.facts import Facts, as_open_ticket
from bot.engine.kinds import Beginning, Departure, Remainder
from bot.engine.outward import leaving
from protocols.account.state import Road
from protocols.bridge.state import BridgeState
from protocols.kernel.command import Command
from protocols.kernel.context import Context
from protocols.kernel.refusals import BeingUpdated
from protocols.naming.events import SetAccount
from protocols.opening.events import OpenTicket
from protocols.people.people import ENGINE, Actor
from protocols.queue.listed import InLists, listed
from protocols.relations.events import OfTwo, OpenBeside, RelatedTicket
from protocols.relations.state import Other
from protocols.scales import Tier
from protocols.subjects import KINDS
from protocols.ticket import Ticket
from protocols.triage.state import Triage
from protocols.withdrawals import standing
from store import bodies
from store.db import Connection
from store.ticket_rows import TicketRow
from store.write import queue, records, swaps

_log = logging.getLogger(__name__)


def ticket_of(row: TicketRow) -> Ticket:
    """Return the ticket of a row.

    Raises:
        BeingUpdated: A newer process wrote what is not known here.
    """
    return bodies.decoded(
        Ticket, row.body, lambda newer: BeingUpdated(reference=row.reference, found=str(newer))
    )


def _row(ticket: Ticket, written: Remainder) -> TicketRow:
    road = ticket.of(Road)
    return TicketRow(
        reference=ticket.reference,
        team_id=ticket.team_id,
        number=written.number or 0,
        status=ticket.status.value,
        open=ticket.is_open,
        tier=int(ticket.tier),
        account_key=ticket.account.key if ticket.account is not None else None,
        body=written.body,
        version=written.version,
        policy_version=ticket.policy_version,
        opened_at=ticket.opened_at,
        updated_at=written.updated_at,
        bridge_channel=ticket.of(BridgeState).channel_id or None,
        customer_channel=road.route.channel_id or road.thread_channel or None,
        customer_thread=road.thread_ts or None,
        drill=ticket.drill,
        triage_channel=ticket.of(Triage).channel_id or None,
        triage_thread=ticket.of(Triage).message_ts or None,
    )


def _begin(
    conn: Connection, facts: Facts, command: OpenTicket, actor: Actor, now: datetime
) -> Beginning:
    # The number first: whoever takes one waits for the others, and then sees what they opened.
    reference, number = records.next_reference(conn, facts.policy.reference_prefix)
    others: tuple[RelatedTicket, ...] = ()
    if command.account_key is not None:
        rows = related.rows(conn, command.account_key, facts.policy, now)
        others = tuple(map(_beside, rows))
    ctx = facts.context(
        now,
        actor,
        facts.policy,
        account_key=command.account_key,
        beside={OpenBeside: OpenBeside(others)},
        swaps=swaps.standing(conn, now),
    )
    return Beginning(replace(command, reference=reference), ctx, number)


def _beside(row: TicketRow) -> RelatedTicket:
    """Return what opening must know of another ticket; of a newer process's what its row says."""
    try:
        return as_open_ticket(ticket_of(row))
    except BeingUpdated as newer:
        _log.info("%s is known by its row alone: %s", row.reference, newer)
        return RelatedTicket(row.reference, "", Tier(row.tier), row.opened_at, "")


def context(
    conn: Connection,
    facts: Facts,
    ticket: Ticket,
    actor: Actor,
    now: datetime,
    asked: tuple[Command, ...] = (),
) -> Context:
    """Return what a ticket is decided with."""
    policy = facts.policy_of(conn, ticket.policy_version)
    named = next((each.account_key for each in asked if isinstance(each, SetAccount)), None)
    account = ticket.account.key if ticket.account is not None else named
    return facts.context(
        now,
        actor,
        policy,
        account_key=account,
        beside=_other_of(conn, asked),
        calendar=ticket.calendar,
        swaps=swaps.standing(conn, now),
    )


def _other_of(conn: Connection, asked: tuple[Command, ...]) -> dict[type, object]:
    """Return the other ticket of a command on two; it is read, and not held."""
    named = next((each.other for each in asked if isinstance(each, OfTwo)), None)
    if named is None:
        return {}
    row = records.get(conn, named)
    return {Other: Other(None if row is None else ticket_of(row))}


def _leaving(
    conn: Connection, facts: Facts, ticket: Ticket, row: Addressed, now: datetime
) -> Departure:
    account = ticket.account.key if ticket.account is not None else None
    policy = facts.policy_of(conn, ticket.policy_version)
    ctx = facts.context(now, ENGINE, policy, account_key=account, calendar=ticket.calendar)
    why = standing.objection(ticket, leaving(row, facts), ctx)
    return Departure(why, ticket.of(Road).thread_ts)


def _listing(
    conn: Connection, before: Ticket | None, ticket: Ticket, ctx: Context, row: TicketRow
) -> None:
    was = InLists() if before is None else _listed(before, ctx, row)
    now = _listed(ticket, ctx, row)
    queue.write(conn, ticket.reference, was, now, number=row.number, version=row.version)


def _listed(ticket: Ticket, ctx: Context, row: TicketRow) -> InLists:
    return listed(ticket, ctx.policy, ctx.calendar, row.number)


_EVENTS, _NEWER = kinds.known(Ticket, KINDS[Ticket])
TICKETS = kinds.add(
    kinds.RecordKind(
        name=kinds.TICKET,
        record=Ticket,
        events=_EVENTS,
        newer=_NEWER,
        shelf=records.TICKETS,
        is_numbered=True,
        row=_row,
        begin=_begin,
        context=context,
        rendering=outgoing.of_ticket,
        held_back=withdrawals.held_back,
        leaving=_leaving,
        listing=_listing,
    ),
    KINDS[Ticket],
)
