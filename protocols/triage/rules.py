"""A card stands in the channel of the team that has the ticket; its thread is on record.

Source: S91, S92; M26.
"""

from __future__ import annotations

from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.tables import decides, follows
from protocols.people.directory import Team
from protocols.people.people import BOT
from protocols.rights.guards import need_reader, need_reason
from protocols.routing.teams import slug, team_of
from protocols.ticket import Ticket
from protocols.timeline.events import NoteAdded
from protocols.triage.events import CardDeleted, CardPlaced, NoteCardDeleted, WriteUnderCard
from protocols.triage.roads import is_inside
from protocols.triage.state import Triage


def team_with_it(ticket: Ticket, ctx: Context) -> Team | None:
    """Return the team of the directory that has a ticket; where it is gone, the default one. S65.

    None where the directory has neither.
    """
    by_name = {slug(team.name): team for team in ctx.directory.teams}
    wanted = (team_of(ticket, ctx.policy), ctx.policy.routing.default_team)
    return next((by_name[slug(name)] for name in wanted if slug(name) in by_name), None)


def channel_of(ticket: Ticket, ctx: Context) -> str:
    """Return the channel in which a ticket's card belongs; empty where its team has none.

    A ticket with a bridge has its card there.
    """
    team = team_with_it(ticket, ctx)
    channel = team.channel if team is not None else None
    if channel is None or not ticket.is_live or ticket.tier.has_bridge:
        return ""
    return channel if is_inside(channel, ctx) else ""


@follows
def placed(
    _before: Ticket | None, _events: tuple[Event, ...], ticket: Ticket, ctx: Context
) -> tuple[Event, ...]:
    """Return that a card is posted where none of the ticket stands yet."""
    channel, now = channel_of(ticket, ctx), ticket.of(Triage)
    if not channel or channel == now.channel_id:
        return ()
    team = team_of(ticket, ctx.policy)
    return (CardPlaced(ctx.now, BOT, now.number + 1, team, channel),)


@decides(NoteCardDeleted)
def deleted(ticket: Ticket, command: NoteCardDeleted, ctx: Context) -> tuple[Event, ...]:
    """Return that a card which a person deleted is posted anew, where one belongs there still."""
    now = ticket.of(Triage)
    if not now.number or now.number != command.number:
        return ()
    gone = CardDeleted(ctx.now, ctx.by, now.number)
    if channel_of(ticket, ctx) != now.channel_id:
        return (gone,)
    return (gone, CardPlaced(ctx.now, BOT, now.number + 1, now.team, now.channel_id))


@decides(WriteUnderCard)
def written(ticket: Ticket, command: WriteUnderCard, ctx: Context) -> tuple[Event, ...]:
    """Decide that what one of ours wrote below the card is a note. It never leaves. S91."""
    need_reader(ticket, ctx)
    need_reason(command.text)
    return (NoteAdded(ctx.now, ctx.by, command.text, link=command.link),)
