"""The ticket as a kind of record: its row, what it is opened and decided with, its words."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

from bot.courier.attempts import Addressed
from bot.engine import kinds, outgoing, related, withdrawals
from bot.engine.facts import Facts, as_open_ticket
from bot.engine.kinds import Beginning, Departure, Remainder
from bot.engine.outward import leaving
from protocols.account.rules import account_card
from protocols.account.state import Road
from protocols.bridge.state import BridgeState
from protocols.escalation.events import AlikeBefore
from protocols.intake.events import AskedAbout
from protocols.kernel.command import Command
from protocols.kernel.context import Context
from protocols.kernel.refusals import BeingUpdated
from protocols.naming.events import SetAccount
from protocols.nudges.events import name_of
from protocols.opening.events import OpenTicket
from protocols.people.people import ENGINE, Actor
from protocols.queue.listed import InLists, listed
from protocols.relations.events import MergeTickets, OfTwo, OpenBeside, RelatedTicket
from protocols.relations.state import Other, Relations
from protocols.replies.hearing import message_in
from protocols.routing.teams import Matter, calendar_at_opening
from protocols.scales import Category, Tier
from protocols.status import Status
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


Reading = Callable[[TicketRow], Ticket]


class _EachOnce:
    """Reads tickets of which an opening asks twice: what is read of one stays read."""

    def __init__(self) -> None:
        self._known: dict[str, Ticket] = {}

    def __call__(self, row: TicketRow) -> Ticket:
        """Return the ticket of a row, as `ticket_of` does."""
        if row.reference not in self._known:
            self._known[row.reference] = ticket_of(row)
        return self._known[row.reference]


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
    beside, before = OpenBeside(), AlikeBefore()
    if command.account_key is not None:
        found, read = related.lately(conn, command.account_key, facts.policy, now), _EachOnce()
        beside = open_beside(conn, facts, command.account_key, now, found, read)
        alike = related.alike(found, facts.policy, now)
        before = AlikeBefore(tuple(each for row in alike for each in _alike(row, read)))
    ctx = facts.context(
        now,
        actor,
        facts.policy,
        account_key=command.account_key,
        calendar=_calendar_at_opening(facts, command),
        beside={
            OpenBeside: beside,
            AlikeBefore: before,
            AskedAbout: _asked_about(conn, command),
        },
        swaps=swaps.standing(conn, now),
    )
    return Beginning(replace(command, reference=reference), ctx, number)


def _calendar_at_opening(facts: Facts, command: OpenTicket) -> str:
    """Return the key of the calendar in which a ticket's clocks begin. Source: S117."""
    found = facts.directory.account(command.account_key) if command.account_key else None
    card = account_card(found) if found is not None else None
    return calendar_at_opening(facts.policy, Matter(command.category, command.severity, card))


def _asked_about(conn: Connection, command: OpenTicket) -> AskedAbout:
    """Return the question that stands about the message from which a ticket is opened. M16."""
    place = message_in(command.source_link)
    name = command.reference or (name_of(*place) if place is not None else "")
    row = records.OTHERS.get(conn, name) if name else None
    return AskedAbout(row.reference if row is not None and row.open else "")


def open_beside(
    conn: Connection,
    facts: Facts,
    account_key: str,
    now: datetime,
    found: related.Lately | None = None,
    read: Reading = ticket_of,
) -> OpenBeside:
    """Return the open tickets of an account that matter to what begins for it now."""
    rows = related.rows(conn, account_key, facts.policy, now, found)
    return OpenBeside(tuple(_beside(row, read) for row in rows))


def _alike(row: TicketRow, read: Reading) -> Iterator[tuple[str, Category, datetime]]:
    """Yield what counts of another ticket; not one that was none, or is part of another."""
    if row.status == Status.OPENED_IN_ERROR.value:
        return
    try:
        ticket = read(row)
        category, counts = ticket.category, not ticket.of(Relations).merged_into
    except BeingUpdated as newer:
        _log.info("%s is not counted as the same matter: %s", row.reference, newer)
        return
    if counts:
        yield row.reference, category, row.opened_at


def _beside(row: TicketRow, read: Reading) -> RelatedTicket:
    """Return what opening must know of another ticket; of a newer process's what its row says."""
    try:
        return as_open_ticket(read(row))
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
        calendar=facts.calendar_key(named if ticket.account is None else None, ticket.calendar),
        swaps=swaps.standing(conn, now),
    )


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


def _context_of_two(
    conn: Connection,
    facts: Facts,
    ticket: Ticket,
    actor: Actor,
    now: datetime,
    asked: tuple[Command, ...] = (),
) -> Context:
    """Return what a ticket is decided with, and the other one of a command on two.

    The other is held where it has to stand as it does until all is written.
    """
    known = context(conn, facts, ticket, actor, now, asked)
    two = next((each for each in asked if isinstance(each, OfTwo)), None)
    if two is None:
        return known
    read = records.lock if isinstance(two, MergeTickets) else records.get
    row = read(conn, two.other)
    return replace(known, beside={Other: Other(None if row is None else ticket_of(row))})


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
        context=_context_of_two,
        rendering=outgoing.of_ticket,
        held_back=withdrawals.held_back,
        leaving=_leaving,
        listing=_listing,
    ),
    KINDS[Ticket],
)
