"""Who hears that one of us wrote to another account what a check would have stopped. D43."""

from __future__ import annotations

from protocols.kernel.context import Context
from protocols.kernel.roads import dm
from protocols.kernel.stamps import stamp
from protocols.kernel.tables import Effects, tells
from protocols.outreach.events import OutreachAnswered
from protocols.rights.roads import manager_of
from protocols.ticket import Ticket


@tells(OutreachAnswered)
def stopped(ticket: Ticket, event: OutreachAnswered, ctx: Context) -> Effects:
    """Tell the CS manager of words past any form that a check would have stopped. Source: D43."""
    told = manager_of(ticket, ctx)
    if not event.stopped or told is None:
        return ()
    params: dict[str, object] = {
        "account": event.account, "author": event.person.name, "words": event.words,
        "link": event.link, "stops": list(event.stopped),
    }  # fmt: skip
    suffix = f"notice-words/{event.account}/{stamp(event.at)}/{told.key}"
    return (dm(ticket, suffix, told, "notice_own_words", params),)
