"""What is done once a file is there: sample data that came, an export that is ready. S27, S31.

Sample data is there when the account sent a file after we wrote to it, or where one of us says
that it is; an export where its link leads.
"""

from __future__ import annotations

import re

from protocols.checklist.events import SampleCame
from protocols.checklist.items import undone
from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.tables import follows
from protocols.policy.checklist import DoneBy
from protocols.replies.events import CustomerWrote, Place
from protocols.replies.state import Heard
from protocols.ticket import Ticket
from protocols.updates.state import Updates

_PAGE = re.compile(r"https://([A-Za-z0-9-]+\.)+[A-Za-z0-9-]+(:\d{1,5})?/[!-;=?-~]+", re.ASCII)
_SLACK = re.compile(r"https://[a-z0-9-]+(\.enterprise)?\.slack\.com/", re.ASCII | re.IGNORECASE)
_SLACK_FILE = re.compile(r"https://[^/]+/files/[A-Z0-9]+/F[A-Z0-9]+(/\S*)?", re.ASCII)


def is_file_address(address: str) -> bool:
    """Say whether an address is that of a file: in Slack its permalink, elsewhere any page."""
    if _SLACK.match(address):
        return _SLACK_FILE.fullmatch(address) is not None
    return _PAGE.fullmatch(address) is not None


@follows
def sample_came(
    before: Ticket | None, events: tuple[Event, ...], ticket: Ticket, ctx: Context
) -> tuple[Event, ...]:
    """Return that sample data came: a file in their answer to words of ours. Source: S27."""
    wrote = [event for event in events if isinstance(event, CustomerWrote) and _is_file(event)]
    if not wrote or before is None or not _heard_of_us(before):
        return ()
    if not any(rule.by is DoneBy.SAMPLE_DATA for rule in undone(ticket, ctx.policy)):
        return ()
    last = wrote[-1]
    return (SampleCame(ctx.now, last.by, last.author, last.files, last.link),)


def _is_file(wrote: CustomerWrote) -> bool:
    return bool(wrote.files) and not wrote.outside and wrote.place != Place.APART


def _heard_of_us(ticket: Ticket) -> bool:
    """Say whether the account has words of a person of ours."""
    written = any(draft.delivered_at is not None for draft in ticket.of(Updates).drafts)
    return written or ticket.of(Heard).answered_at is not None
