"""When the next text is to be on the public page, which names a time for it. Source: S22, S52."""

from __future__ import annotations

from collections.abc import Iterator

from protocols.kernel.context import Context
from protocols.kernel.due_point import DuePoint, NumberedPoint
from protocols.kernel.endings import NOT_CLOSED
from protocols.kernel.event import Event
from protocols.kernel.tables import dues_of, falls
from protocols.policy.policy import Policy
from protocols.status_page.events import PagePrompted
from protocols.ticket import Ticket
from protocols.time.calendar import BusinessCalendar
from protocols.updates.events import DraftKind, DraftState
from protocols.updates.state import Draft, Updates

UNDER_WAY = (DraftState.REVIEW, DraftState.RELEASED)


def on_the_page(ticket: Ticket) -> Draft | None:
    """Return the text that stands on the page, None while none does."""
    texts = (each for each in _texts(ticket) if each.state is DraftState.DELIVERED)
    return max(texts, key=lambda each: each.delivered_at or each.review_since, default=None)


def _texts(ticket: Ticket) -> Iterator[Draft]:
    return (d for d in ticket.of(Updates).drafts if d.kind is DraftKind.STATUS_PAGE)


@dues_of
def promised(ticket: Ticket, policy: Policy, _calendar: BusinessCalendar) -> Iterator[DuePoint]:
    """Yield when the next text for the page is to be written, while none is under way.

    A ticket that is resolved has its text on the page still, with the time that it names.
    """
    text = on_the_page(ticket)
    if text is None or text.next_at is None or ticket.status not in NOT_CLOSED:
        return
    if any(each.state in UNDER_WAY for each in _texts(ticket)):
        return
    lead = text.next_at - policy.update.prompt_before
    if lead > (text.delivered_at or text.review_since):
        yield NumberedPoint(f"page-prompt:{text.number}", "page_prompt", lead, text.number)


@falls("page_prompt")
def prompted(_ticket: Ticket, point: NumberedPoint, ctx: Context) -> tuple[Event, ...]:
    """Return that the writer is reminded of what the page says."""
    return (PagePrompted(ctx.now, ctx.by, point.number),)
