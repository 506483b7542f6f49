"""The team, the category and the severity of a ticket change; the account is asked nothing.

Its clocks follow what it is now; what was met stays met. Source: S69, S78, S82, S92, D33.
"""

from __future__ import annotations

from protocols.kernel.changing import fold
from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.refusals import AlreadyDone
from protocols.kernel.tables import decides, follows
from protocols.rights.guards import need_duty, need_reader, need_status
from protocols.rights.rules import may_act
from protocols.routing.events import CategoryChanged, ChangeTicket, SeverityChanged, TicketRouted
from protocols.routing.refusals import NoSuchTeam
from protocols.routing.state import Routing
from protocols.routing.teams import (
    Routed,
    is_of_team,
    known_teams,
    need_category,
    routed_now,
    slug,
    team_of,
)
from protocols.status import Status
from protocols.ticket import Ticket

SORTERS = ("csm", "support", "cs-manager")
"""Duties that may sort a ticket although they are not on it. Source: S2, S7, S149."""


@decides(ChangeTicket)
def change_ticket(ticket: Ticket, command: ChangeTicket, ctx: Context) -> tuple[Event, ...]:
    """Decide another team, category or severity; with these the team follows, if it was theirs.

    Raises:
        NotAllowed: The actor is neither on the ticket, nor of its team, nor of the front line.
        NoSuchTeam: The team is not known.
        NoSuchCategory: The policy has no such category, or no more.
        AlreadyDone: The ticket is as it should become.
    """
    need_sorter(ticket, ctx)
    need_status(ticket, Status.OPEN)
    said = tuple(_said(ticket, command, ctx))
    events = (*said, *_to_team(ticket, fold(said, ticket), command.team, ctx))
    if not events:
        raise AlreadyDone(reference=ticket.reference)
    return events


def need_sorter(ticket: Ticket, ctx: Context) -> None:
    """Refuse who is neither on the ticket, nor of the team that has it, nor of the front line.

    Raises:
        NotAllowed: The actor is none of them.
    """
    need_reader(ticket, ctx)
    if not (may_act(ticket, ctx) or is_of_team(ticket, ctx)):
        need_duty(ctx, *SORTERS)


def _said(ticket: Ticket, command: ChangeTicket, ctx: Context) -> list[Event]:
    found: list[Event] = []
    if command.category is not None and command.category != ticket.category:
        need_category(command.category, ctx.policy)
        found.append(CategoryChanged(ctx.now, ctx.by, ticket.category, command.category))
    if command.severity is not None and command.severity is not ticket.severity:
        found.append(SeverityChanged(ctx.now, ctx.by, ticket.severity, command.severity))
    return found


def _to_team(before: Ticket, after: Ticket, chosen: str | None, ctx: Context) -> tuple[Event, ...]:
    if chosen is None:
        return _by_rows(before, after, ctx)
    known = {slug(team): team for team in known_teams(ctx.policy, ctx)}
    team = known.get(slug(chosen))
    if team is None:
        raise NoSuchTeam(team=chosen, teams=", ".join(known.values()))
    return _moved(before, Routed(team), ctx)


def _by_rows(before: Ticket, after: Ticket, ctx: Context) -> tuple[Event, ...]:
    """Return that the ticket goes where the rows say now, when they said else before."""
    was, wanted = routed_now(before, ctx.policy), routed_now(after, ctx.policy)
    return _moved(before, wanted, ctx) if was.team != wanted.team else ()


def _moved(ticket: Ticket, to: Routed, ctx: Context) -> tuple[Event, ...]:
    team = team_of(ticket, ctx.policy)
    return () if team == to.team else (TicketRouted(ctx.now, ctx.by, team, to.team, to.why),)


@follows
def sorted_anew(
    before: Ticket | None, events: tuple[Event, ...], ticket: Ticket, ctx: Context
) -> tuple[Event, ...]:
    """Return that a ticket goes elsewhere once it is known whose, or what, it is. S140, D44."""
    is_routed = any(isinstance(event, TicketRouted) for event in events)
    if before is None or is_routed or not before.of(Routing).team:
        return ()
    return _by_rows(before, ticket, ctx)
