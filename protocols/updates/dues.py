"""When words are to be written, and released. Source: S52, S65; D10, D22."""

from __future__ import annotations

from collections.abc import Iterator

from protocols.clock.state import PassedPoints
from protocols.kernel.context import Context
from protocols.kernel.due_point import DuePoint, NumberedPoint
from protocols.kernel.event import Event
from protocols.kernel.stamps import stamp
from protocols.kernel.tables import dues_of, falls
from protocols.policy.policy import Policy
from protocols.promises.events import UpdatePrompted
from protocols.promises.state import Promises
from protocols.status import Status
from protocols.ticket import Ticket
from protocols.time.calendar import BusinessCalendar
from protocols.updates.checking import is_past
from protocols.updates.events import DraftState, ReviewReminded
from protocols.updates.state import Updates


@dues_of
def promised(ticket: Ticket, policy: Policy, _calendar: BusinessCalendar) -> Iterator[DuePoint]:
    """Yield when words are to be written, and when they are to be released. S65, D10."""
    promise = ticket.of(Promises).promise
    if promise is None or ticket.status is not Status.OPEN:
        return
    update = policy.update
    drafted = any(d.state is DraftState.REVIEW for d in ticket.of(Updates).drafts)
    lead = promise.at - update.prompt_before
    if lead > promise.made_at:
        yield DuePoint(f"prompt:{promise.number}", "prompt_update", lead)
    last_call = promise.at - update.bridge_reminder_before
    if drafted and last_call > promise.made_at:
        yield DuePoint(f"last-call:{promise.number}", "last_call", last_call)


@dues_of
def reviews(ticket: Ticket, policy: Policy, calendar: BusinessCalendar) -> Iterator[DuePoint]:
    """Yield when those who may release a text are asked again, in the end once a day. D10, D22."""
    for draft in ticket.of(Updates).waiting_drafts():
        if is_past(ticket, draft):
            continue
        text = f"{draft.number}:{draft.text_hash}:{stamp(draft.review_since)}"
        update = policy.update
        again_at = draft.review_since + update.releaser_reminder
        wider_at = draft.review_since + update.releaser_escalation
        yield NumberedPoint(f"review:{text}", "review_waits", again_at, draft.number)
        yield NumberedPoint(f"review-on:{text}", "review_escalates", wider_at, draft.number)
        if f"review-on:{text}" in ticket.of(PassedPoints).passed:
            asked_at = draft.asked_widely_at or wider_at
            key = f"review-still:{text}:{stamp(asked_at)}"
            daily_at = calendar.due(asked_at, policy.resolution.confirm_reminder)
            yield NumberedPoint(key, "review_still", daily_at, draft.number)


@falls("prompt_update")
def prompt_update(ticket: Ticket, point: DuePoint, ctx: Context) -> tuple[Event, ...]:
    """Return that the writer is reminded of the promise."""
    promise = ticket.of(Promises).promise
    if promise is None:
        return ()
    return (UpdatePrompted(ctx.now, ctx.by, promise.number, in_bridge=False),)


@falls("last_call")
def last_call(ticket: Ticket, point: DuePoint, ctx: Context) -> tuple[Event, ...]:
    """Return that the bridge is asked to release what waits."""
    promise = ticket.of(Promises).promise
    if promise is None or not ticket.of(Updates).waiting_drafts():
        return ()
    return (UpdatePrompted(ctx.now, ctx.by, promise.number, in_bridge=True),)


@falls("review_waits", "review_escalates", "review_still")
def review_waits(ticket: Ticket, point: NumberedPoint, ctx: Context) -> tuple[Event, ...]:
    """Return that those who may release a text are asked again."""
    daily = point.kind == "review_still"
    escalated = daily or point.kind == "review_escalates"
    return (ReviewReminded(ctx.now, ctx.by, point.number, escalated, daily),)
