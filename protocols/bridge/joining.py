"""Who comes into the bridge or says that they are on it. Source: S42; D9, D16, D20."""

from __future__ import annotations

from protocols.bridge.events import PersonInvited
from protocols.bridge.rules import refuse_ninth
from protocols.helpers.events import JoinBridge, SayOnIt
from protocols.helpers.rules import answered
from protocols.helpers.state import Helpers
from protocols.holds.state import Holds
from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.tables import decides
from protocols.rights.guards import need_on_ticket, need_staff
from protocols.ticket import Ticket


@decides(JoinBridge, SayOnIt)
def join(ticket: Ticket, command: JoinBridge | SayOnIt, ctx: Context) -> tuple[Event, ...]:
    """Decide **Join** and **I am on it**. Source: D16, D20."""
    need_staff(ctx)
    invited_by_call = any(
        ctx.same(helper.who.key, ctx.by.key) for helper in ticket.of(Helpers).helpers
    )
    if not (invited_by_call or ticket.of(Holds).asked_to_stop(ctx.by.key)):
        need_on_ticket(ticket, ctx)
    joined = isinstance(command, JoinBridge)
    events: list[Event] = []
    if joined:
        refuse_ninth(ticket, ctx.by, "", ctx)
        events.append(PersonInvited(ctx.now, ctx.by, ctx.by))
    events += answered(ticket, ctx.by, ctx, joined=joined)
    return tuple(events)
