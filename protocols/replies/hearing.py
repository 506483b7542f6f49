"""On which ticket what is written in an account's channel is heard, wherever it stands there.

In the thread of a ticket, or in the one that the account began before it. Under anybody else's
line, and at the top of the channel, it is heard beside a ticket: it changes nothing by itself.
Source: D19, D42.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from protocols.account.state import Road
from protocols.closure.state import Closure
from protocols.kernel.context import Context
from protocols.opening.events import Opening
from protocols.replies.reading import joins
from protocols.replies.state import Heard
from protocols.rights.rules import speaks_for
from protocols.status import Status
from protocols.ticket import Ticket

LATELY = timedelta(days=7)
"""How long after its end words beside any thread are still told to a ticket's contact."""
_PERMALINK = re.compile(r"/archives/(\w+)/p(\d+)(\d{6})(?:\?thread_ts=([\d.]+))?")


@dataclass(frozen=True, slots=True)
class HeardOn:
    """The ticket on which words are heard; ``apart`` is beside its thread."""

    ticket: Ticket
    apart: bool


def heard_on(
    found: Sequence[Ticket], channel_id: str, thread_ts: str, person: str, ctx: Context
) -> HeardOn | None:
    """Return on which of a channel's tickets, newest first, a message is heard; None on none."""
    if thread_ts:
        for ticket in found:
            if began_in(ticket) == (channel_id, thread_ts):
                return HeardOn(ticket, apart=False)
    at_hand = (ticket for ticket in found if _is_at_hand(ticket, ctx))
    # A channel may go from one account to its successor: one's own tickets come first.
    here = sorted(at_hand, key=lambda ticket: not speaks_for(ticket, ctx))
    theirs = next((ticket for ticket in here if joins(ticket, person, ctx)), None)
    if theirs is None and thread_ts:
        waiting = next((each for each in here if _has_no_thread_yet(each, channel_id)), None)
        if waiting is not None:
            return HeardOn(waiting, apart=False)
    beside = theirs or next(iter(here), None)
    return None if beside is None else HeardOn(beside, apart=True)


def began_in(ticket: Ticket) -> tuple[str, str] | None:
    """Return the channel and thread of the message that the ticket was opened from."""
    link = _PERMALINK.search(ticket.of(Opening).source_link)
    if link is None:
        return None
    channel_id, seconds, rest, thread_ts = link.groups()
    return channel_id, thread_ts or f"{seconds}.{rest}"


def message_in(link: str) -> tuple[str, str] | None:
    """Return the channel and stamp of the message whose address a link is; None of any other."""
    found = _PERMALINK.search(link)
    return None if found is None else (found[1], f"{found[2]}.{found[3]}")


def written_on(found: Sequence[Ticket], message_ts: str, thread_ts: str) -> Ticket | None:
    """Return the ticket on which a message was heard that was edited or deleted since."""
    for ticket in found:
        began = began_in(ticket)
        threads = {ticket.of(Road).thread_ts, began[1] if began is not None else ""} - {""}
        if ticket.of(Heard).message(message_ts) is not None or threads & {thread_ts, message_ts}:
            return ticket
    return None


def _is_at_hand(ticket: Ticket, ctx: Context) -> bool:
    if ticket.status in (Status.OPEN, Status.RESOLVED, Status.CONFIRMED):
        return True
    resolution = ticket.of(Closure).resolution
    ended_at = resolution.at if resolution is not None else ticket.opened_at
    return ticket.status is Status.CLOSED and ctx.now - ended_at <= LATELY


def _has_no_thread_yet(ticket: Ticket, channel_id: str) -> bool:
    """Say whether Slack has not told yet which thread in the channel is the ticket's."""
    road = ticket.of(Road)
    return ticket.is_live and road.route.channel_id == channel_id and not road.thread_ts
