"""What silence opened again: the account is asked once more, and after two days it may be closed.

Such a ticket stands in the Follow-up list. Source: S100; D7, D45.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from protocols.account.events import RouteKind
from protocols.account.quiet import awake_at
from protocols.account.state import Road
from protocols.closure.events import AskAgain, AskedAgain
from protocols.closure.refusals import AskedToday, AsleepNow, NotSilent, OnlyACall
from protocols.closure.state import Closure
from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.tables import decides
from protocols.policy.policy import Policy
from protocols.replies.state import Calls
from protocols.rights.guards import need_duty, need_reader
from protocols.routing.rules import need_sorter
from protocols.scales import Severity, Tier
from protocols.status import Status
from protocols.ticket import Ticket

SMALL = (Severity.MEDIUM, Severity.LOW)


def is_silent(ticket: Ticket) -> bool:
    """Say whether a ticket is open only because nobody said whether it is solved."""
    return ticket.status is Status.OPEN and ticket.of(Closure).awaits_answer


def is_small(ticket: Ticket) -> bool:
    """Say whether a lead may close it, and many such at once. Source: D7."""
    return ticket.tier is Tier.ROUTINE and ticket.severity in SMALL


def attempted(ticket: Ticket) -> tuple[datetime, ...]:
    """Return when somebody tried to reach the account: by a call, or by asking again. D7."""
    return tuple(sorted((*ticket.of(Calls).calls, *ticket.of(Closure).asked_again)))


def days_tried(ticket: Ticket, policy: Policy) -> int:
    """Return on how many days of the desk somebody tried."""
    zone = ZoneInfo(policy.calendar.zone)
    return len({at.astimezone(zone).date() for at in attempted(ticket)})


def need_closer(ticket: Ticket, ctx: Context) -> None:
    """Refuse who may not close a ticket without the account's word.

    Raises:
        NotAllowed: The actor is no CS manager, nor a lead where it is small.
    """
    need_reader(ticket, ctx)
    need_duty(ctx, *(ctx.policy.escalate.leads if is_small(ticket) else ("cs-manager",)))


@decides(AskAgain)
def ask_again(ticket: Ticket, command: AskAgain, ctx: Context) -> tuple[Event, ...]:
    """Decide that the account is asked once more, at most once on a day and in its own. D7, D45.

    Raises:
        NotAllowed: The actor is neither on the ticket, nor of its team, nor of the front line.
        NotSilent: It is not open by silence.
        OnlyACall: Nothing can be sent to the account.
        AskedToday: They were asked on this day.
        AsleepNow: It is not their day.
    """
    need_sorter(ticket, ctx)
    if not is_silent(ticket):
        raise NotSilent(reference=ticket.reference)
    if ticket.of(Road).route.kind is RouteKind.NONE:
        raise OnlyACall(reference=ticket.reference)
    zone = ZoneInfo(ctx.policy.calendar.zone)
    days = {at.astimezone(zone).date() for at in ticket.of(Closure).asked_again}
    if ctx.now.astimezone(zone).date() in days:
        raise AskedToday(reference=ticket.reference)
    awake = awake_at(ticket, ctx.now, ctx.policy, ctx.calendar)
    if awake > ctx.now:
        raise AsleepNow(reference=ticket.reference, at=awake)
    return (AskedAgain(ctx.now, ctx.by, len(ticket.of(Closure).asked_again) + 1),)
