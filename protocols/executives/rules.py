"""Who outside the bridge is told, and what an executive presses.

Source: S15, S16; D11, D25.
"""

from __future__ import annotations

from protocols.account.events import AccountCard
from protocols.executives.events import (
    AskQuestion,
    BriefSeen,
    ExecutiveNotified,
    MarkSeen,
    QuestionAsked,
    VendorTold,
)
from protocols.executives.state import Executive, Executives
from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.refusals import AlreadyDone
from protocols.kernel.tables import decides
from protocols.rights.guards import manager_name, need_on_ticket, need_reason
from protocols.rights.refusals import NotYours
from protocols.scales import Tier
from protocols.ticket import Ticket


def outside_the_bridge(account: AccountCard | None, tier: Tier, ctx: Context) -> list[Event]:
    """Return the notices to the executive sponsor and to the third party. Source: S15, S16."""
    if account is None:
        return []
    events: list[Event] = []
    if account.sponsor is not None:
        events.append(ExecutiveNotified(ctx.now, ctx.by, ctx.who(account.sponsor)))
    if tier is Tier.CRITICAL and account.vendor_contact is not None:
        events.append(VendorTold(ctx.now, ctx.by, account.vendor_contact.email))
    return events


@decides(MarkSeen)
def mark_seen(ticket: Ticket, _command: MarkSeen, ctx: Context) -> tuple[Event, ...]:
    """Decide **Seen**: a fact of its own, never inferred. Source: D11."""
    executive = _told(ticket, ctx)
    if executive is None:
        raise NotYours(reference=ticket.reference, poc="", manager=manager_name(ctx))
    if executive.seen_at is not None:
        raise AlreadyDone(reference=ticket.reference)
    return (BriefSeen(ctx.now, ctx.by, executive.who),)


@decides(AskQuestion)
def ask_question(ticket: Ticket, command: AskQuestion, ctx: Context) -> tuple[Event, ...]:
    """Decide **Ask a question**. Source: D11."""
    need_reason(command.text)
    executive = _told(ticket, ctx)
    if executive is None:
        need_on_ticket(ticket, ctx)
    asks = ctx.staff if executive is None else executive.who
    return (QuestionAsked(ctx.now, ctx.by, asks, command.text),)


def _told(ticket: Ticket, ctx: Context) -> Executive | None:
    """Return the actor as an executive who was told, under the key that the ticket has."""
    return next(
        (e for e in ticket.of(Executives).executives if ctx.same(e.who.key, ctx.by.key)), None
    )
