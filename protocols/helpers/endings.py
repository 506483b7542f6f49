"""What became of a question to come to the bridge. Source: S40, S41; D16, D20."""

from __future__ import annotations

from protocols.closure.state import Closure
from protocols.helpers.state import Helpers
from protocols.kernel.context import Context
from protocols.kernel.endings import Became, Key, over
from protocols.kernel.stamps import stamp
from protocols.kernel.tables import Events, ends
from protocols.ticket import Ticket


@ends("heads-up", "called", "called-again")
def called(ticket: Ticket, key: Key, _events: Events, _ctx: Context) -> Became | None:
    """Return that whoever was called has answered, or is not needed any more.

    Who is called after the end, as Security for a bridge that is shared then, is needed still.
    """
    duty, asked_at = key[0], key.number(1) if len(key) > 1 else 0
    helper = next((h for h in reversed(ticket.of(Helpers).helpers) if h.duty == duty), None)
    if helper is not None and helper.here_at is not None and stamp(helper.here_at) >= asked_at:
        return Became("came", "duty", duty, helper.who, helper.here_at)
    ended_at = ticket.of(Closure).ended_at
    is_needed = helper is not None and ended_at is not None and helper.asked_at > ended_at
    return None if is_needed else over(ticket.status, "duty", duty)
