"""How the card and its thread are reached, and whether the channel is still our own.

Unknown is refused: where Slack has not said that only we read a channel, nothing is posted there.
Source: S91, D29; M26.
"""

from __future__ import annotations

from collections.abc import Mapping

from protocols.kernel.context import Context
from protocols.kernel.effects import Effect, Gateway, Surface
from protocols.kernel.roads import URGENT_PEOPLE, result
from protocols.people.channels import team_key
from protocols.ticket import Ticket
from protocols.triage.addresses import TeamChannel
from protocols.triage.state import Triage


def is_in_a_team_channel(reference: str, key: str) -> bool:
    """Say whether an effect's key is that of a card, or of a line below one."""
    return key.startswith(f"{reference}/triage/")


def is_inside(channel_id: str, ctx: Context) -> bool:
    """Say whether Slack says that a team's channel has the bot in it, and nobody from outside."""
    known = ctx.channels.get(team_key(channel_id))
    if known is None or known.channel_id != channel_id:
        return False
    return known.bot_is_member and not known.is_ext_shared and not known.outside_count


def card_key(ticket: Ticket, number: int) -> str:
    """Return the key of a card's posting."""
    return f"{ticket.reference}/triage/{number}"


def card_slot(ticket: Ticket, number: int) -> str:
    """Return what a card's edits replace one another in."""
    return f"{card_key(ticket, number)}/card"


def card(ticket: Ticket, where: Triage) -> Effect:
    """Return the posting of a card."""
    return Effect(
        key=card_key(ticket, where.number),
        gateway=Gateway.SLACK,
        method="chat.postMessage",
        to=TeamChannel(where.channel_id),
        template="triage",
        stream=_stream(ticket, where),
        reports=True,
        urgent=URGENT_PEOPLE,
    )


def card_edit(ticket: Ticket, where: Triage, version: int, template: str = "triage") -> Effect:
    """Return the newest state of a card; it replaces any older one not yet sent."""
    key = card_key(ticket, where.number)
    return Effect(
        key=f"{key}/edit/{version}",
        gateway=Gateway.SLACK,
        method="chat.update",
        to=TeamChannel(where.channel_id),
        template=template,
        arguments={"ts": result(key, "ts")},
        stream=_stream(ticket, where),
        surface=Surface.LATEST_ONLY,
        slot=card_slot(ticket, where.number),
        needs=(key,),
    )


def line(
    ticket: Ticket, suffix: str, template: str, params: Mapping[str, object] | None = None
) -> Effect:
    """Return one line in the thread of the newest card."""
    where = ticket.of(Triage)
    key = card_key(ticket, where.number)
    return Effect(
        key=f"{key}/{suffix}",
        gateway=Gateway.SLACK,
        method="chat.postMessage",
        to=TeamChannel(where.channel_id),
        template=template,
        params=params or {},
        arguments={"thread_ts": result(key, "ts")},
        stream=_stream(ticket, where),
        needs=(key,),
    )


def _stream(ticket: Ticket, where: Triage) -> str:
    return f"triage/{ticket.reference}/{where.number}"
