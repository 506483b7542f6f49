"""What those had who are gone, and which channels refused our words. Source: D24, D29."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from protocols.account.events import RoadLost
from protocols.account.state import Road
from protocols.contact.events import PocChanged
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
        ownerless_at: Since when nobody has it, because who had it is gone.
    """

    duties: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    ownerless_at: datetime | None = None


@on(PersonGone)
def _gone(losses: Losses, event: PersonGone, before: Ticket) -> Losses:
    had_it = before.poc is not None and before.poc.key == event.person.key
    duties = tuple(dict.fromkeys((*losses.duties, *event.parts)))
    return replace(losses, duties=duties, ownerless_at=event.at if had_it else losses.ownerless_at)


@on(PocChanged)
def _owned(losses: Losses, _event: PocChanged) -> Losses:
    return replace(losses, ownerless_at=None)


@on(RoadLost)
def _closed(losses: Losses, event: RoadLost, ticket: Ticket) -> Losses:
    channel = ticket.of(Road).route.channel_id
    is_closed = bool(channel) and event.error.partition(":")[0] in CLOSED
    return replace(losses, closed=(*losses.closed, channel)) if is_closed else losses
