"""What those had who are gone, and which channels refused our words. Source: D24, D29."""

from __future__ import annotations

from dataclasses import dataclass, replace

from protocols.account.events import RoadLost
from protocols.account.state import Road
from protocols.kernel.changing import on
from protocols.kernel.record import part_of
from protocols.losses.events import PersonGone
from protocols.ticket import Ticket

CLOSED = frozenset(
    {
        "ekm_access_denied",
        "no_permission",
        "restricted_action",
        "restricted_action_read_only_channel",
    }
)
"""Slack's words for a channel that is there, and in which we may not write."""


@part_of(Ticket)
@dataclass(frozen=True, slots=True)
class Losses:
    """What was lost on the way.

    Attributes:
        duties: The parts of which one who had them is gone.
        closed: The channels in which we may not write.
    """

    duties: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()


@on(PersonGone)
def _gone(losses: Losses, event: PersonGone) -> Losses:
    return replace(losses, duties=tuple(dict.fromkeys((*losses.duties, *event.parts))))


@on(RoadLost)
def _closed(losses: Losses, event: RoadLost, ticket: Ticket) -> Losses:
    channel = ticket.of(Road).route.channel_id
    is_closed = bool(channel) and event.error.partition(":")[0] in CLOSED
    return replace(losses, closed=(*losses.closed, channel)) if is_closed else losses
