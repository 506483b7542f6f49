"""The account is told how its time to resolve counts: the same figures as *why* prints. M7.

It is an answer to no question of theirs: it meets no clock, and promises nothing new.
"""

from __future__ import annotations

from datetime import datetime

from protocols.account.events import RouteKind
from protocols.account.outbound import is_lost
from protocols.account.refusals import NoRoute
from protocols.account.state import Road
from protocols.fixed_texts.events import FixedTextSent
from protocols.fixed_texts.refusals import AlreadySent
from protocols.fixed_texts.rules import WHY, count
from protocols.fixed_texts.state import FixedTexts
from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.tables import decides
from protocols.rights.guards import need_on_ticket, need_status
from protocols.scales import Tier
from protocols.status import Status
from protocols.targets.counted import counted
from protocols.targets.events import SendClock
from protocols.targets.refusals import NoClockToSend
from protocols.ticket import Ticket
from protocols.time.targets import Measure, Target, binding
from protocols.updates.second_person import rows


@decides(SendClock)
def send_clock(ticket: Ticket, command: SendClock, ctx: Context) -> tuple[Event, ...]:
    """Decide that the account reads how its time to resolve counts. Source: D2; words.md 11.6.

    Raises:
        NoRoute: The account cannot be reached in writing.
        NoClockToSend: No such time runs, or its words need a second person here.
        AlreadySent: The same has left a moment ago.
    """
    need_on_ticket(ticket, ctx)
    need_status(ticket, Status.OPEN)
    if ticket.of(Road).route.kind is RouteKind.NONE:
        raise NoRoute(account=ticket.account.name if ticket.account is not None else "the account")
    if not can_be_told(ticket, ctx):
        raise NoClockToSend(reference=ticket.reference)
    for text in ticket.of(FixedTexts).fixed_texts:
        recent = ctx.now < text.sent_at + ctx.policy.update.press_again_after
        if text.name == WHY and recent and not is_lost(ticket, text):
            raise AlreadySent(person=text.sent_by.name, sent_at=text.sent_at, what=WHY)
    key = f"{ticket.reference}/why/{count(ticket, WHY) + 1}"
    return (FixedTextSent(ctx.now, ctx.by, WHY, key),)


def can_be_told(ticket: Ticket, ctx: Context) -> bool:
    """Say whether one press tells the account how its time to resolve counts. Source: D15."""
    has_road = ticket.is_live and ticket.of(Road).route.kind is not RouteKind.NONE
    is_alone = ticket.tier < Tier.CRITICAL and not rows(ticket, "", ctx)
    return has_road and is_alone and clock_told(ticket, ctx) is not None


def clock_told(ticket: Ticket, ctx: Context) -> Target | None:
    """Return the time to resolve that binds, as *why* has it, or a stopped one; None once met.

    It is the one that is breached first, by its own calendar. Source: D2, D4.
    """
    found = counted(ticket, ctx, (Measure.RESOLVE,))
    open_ones = [each for each in found if each.applies and each.met_at is None]
    if any(each.runs for each in open_ones):
        return binding(found)
    return open_ones[0] if open_ones else None


def latest_told(ticket: Ticket, ctx: Context) -> datetime | None:
    """Return when the time to resolve is over at the latest, where that is later than due. D4."""
    clock = clock_told(ticket, ctx)
    if clock is None or clock.breach_at == clock.due_at:
        return None
    return clock.breach_at
