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
from protocols.triage.events import (
    CARD,
    EDIT,
    AlterNote,
    CardBack,
    CardDeleted,
    CardPlaced,
    CardWithheld,
    NoteAltered,
    NoteCardDeleted,
    WriteUnderCard,
)
from protocols.triage.roads import is_inside
from protocols.triage.state import Triage


def team_with_it(ticket: Ticket, ctx: Context) -> Team | None:
    """Return the team of the directory that has a ticket; where it is gone, the default one. S65.

    None where the directory has neither.
    """
    return known_team(team_of(ticket, ctx.policy), ctx)


def known_team(name: str, ctx: Context) -> Team | None:
    """Return the team of the directory that is called so; where it is gone, the default one. S65.

    None where the directory has neither.
    """
    by_name = {slug(team.name): team for team in ctx.directory.teams}
    wanted = (name, ctx.policy.routing.default_team)
    return next((by_name[slug(each)] for each in wanted if slug(each) in by_name), None)


def channel_of(ticket: Ticket, ctx: Context) -> str:
    """Return the channel in which a ticket's card belongs; empty where its team has none.

    A ticket with a bridge has its card there.
    """
    channel = _home_of(ticket, ctx)
    return channel if channel and is_inside(channel, ctx) else ""


def _home_of(ticket: Ticket, ctx: Context) -> str:
    """Return the channel that its team has, whoever reads it."""
    team = team_with_it(ticket, ctx)
    channel = team.channel if team is not None else None
    return channel if channel and ticket.is_live and not ticket.tier.has_bridge else ""


@follows
def placed(
    _before: Ticket | None, _events: tuple[Event, ...], ticket: Ticket, ctx: Context
) -> tuple[Event, ...]:
    """Return that a card is posted where none of the ticket stands yet, or what is owed there."""
    home, now = _home_of(ticket, ctx), ticket.of(Triage)
    where = home or now.channel_id
    if not where:
        return ()
    if not is_inside(where, ctx):
        return () if now.owed else (CardWithheld(ctx.now, BOT, now.number, EDIT),)
    if home and (home != now.channel_id or now.owed == CARD):
        team = team_of(ticket, ctx.policy)
        return (CardPlaced(ctx.now, BOT, now.number + 1, team, home),)
    is_back = now.owed == EDIT and where == now.channel_id
    return (CardBack(ctx.now, BOT, now.number),) if is_back else ()


def shown_again(ticket: Ticket, ctx: Context) -> tuple[Event, ...]:
    """Return what a team's channel is owed, once only we read it. Source: M26, D29."""
    return placed(ticket, (), ticket, ctx) if ticket.of(Triage).owed else ()


@decides(NoteCardDeleted)
def deleted(ticket: Ticket, command: NoteCardDeleted, ctx: Context) -> tuple[Event, ...]:
    """Return that a card which a person deleted is posted anew, where one belongs there still."""
    now = ticket.of(Triage)
    if not now.number or now.number != command.number:
        return ()
    gone = CardDeleted(ctx.now, ctx.by, now.number)
    if _home_of(ticket, ctx) != now.channel_id:
        return (gone,)
    if not is_inside(now.channel_id, ctx):
        return (gone, CardWithheld(ctx.now, BOT, now.number, CARD))
    return (gone, CardPlaced(ctx.now, BOT, now.number + 1, now.team, now.channel_id))


@decides(WriteUnderCard)
def written(ticket: Ticket, command: WriteUnderCard, ctx: Context) -> tuple[Event, ...]:
    """Decide that what one of ours wrote below the card is a note. It never leaves. S91."""
    need_reader(ticket, ctx)
    need_reason(command.text)
    added = NoteAdded(
        ctx.now, ctx.by, command.text, link=command.link, written_at=command.written_at
    )
    return (added,)


@decides(AlterNote)
def altered(_ticket: Ticket, command: AlterNote, ctx: Context) -> tuple[Event, ...]:
    """Record what a note was, and what it is. Source: S91, M4."""
    changed = NoteAltered(
        ctx.now, ctx.by, command.person, command.was, command.text, command.link,
        command.written_at,
    )  # fmt: skip
    return (changed,)
