"""When a notice speaks: words go out, whoever has not got them is called, more was promised.

Nothing of a list is ever silent: what is not sent yet, on its way or to be called has a due point.
Source: S23, D24, D41.
"""

from __future__ import annotations

from collections.abc import Iterator

from protocols.kernel.context import Context
from protocols.kernel.due_point import DuePoint
from protocols.kernel.event import Event
from protocols.kernel.tables import dues_of, falls
from protocols.notices.events import (
    NoticeChased,
    NoticePromiseNear,
    NoticeReached,
    NoticeSent,
    Reach,
    Reached,
)
from protocols.notices.routing import send_of
from protocols.notices.state import Notice, NoticeTelling
from protocols.policy.policy import Policy
from protocols.time.calendar import BusinessCalendar


@dues_of
def goes_out(notice: Notice, policy: Policy, _calendar: BusinessCalendar) -> Iterator[DuePoint]:
    """Yield when words go on their way: at once, and in turns where there are very many."""
    telling = notice.of(NoticeTelling)
    if telling.unsent() and telling.goes_at is not None:
        yield DuePoint(f"notice_out:{telling.rounds}", "notice_out", telling.goes_at)


@falls("notice_out")
def go_out(notice: Notice, _point: DuePoint, ctx: Context) -> tuple[Event, ...]:
    """Return by which road each account is told."""
    telling = notice.of(NoticeTelling)
    turn = telling.unsent()[: ctx.policy.notice.a_minute]
    if telling.text is None or not turn:
        return ()
    sends = tuple(send_of(card, telling.text, ctx) for card in turn)
    return (NoticeSent(ctx.now, ctx.by, telling.text.number, sends),)


@dues_of
def is_chased(notice: Notice, policy: Policy, _calendar: BusinessCalendar) -> Iterator[DuePoint]:
    """Yield when those who call are asked again, as long as an account has not got the words."""
    telling = notice.of(NoticeTelling)
    if telling.moved_at is not None and telling.in_reach(Reach.SENDING, Reach.TO_CALL):
        at = telling.moved_at + policy.notice.call_again
        yield DuePoint(f"notice_chase:{telling.rounds}:{telling.chased}", "notice_chase", at)


@falls("notice_chase")
def chase(notice: Notice, _point: DuePoint, ctx: Context) -> tuple[Event, ...]:
    """Return that accounts without the words are called; what is on its way for long, too."""
    telling = notice.of(NoticeTelling)
    newest = telling.text
    open_ways = telling.in_reach(Reach.SENDING, Reach.TO_CALL)
    if newest is None or not open_ways:
        return ()
    slow = tuple(
        Reached(way.send.account, Reach.TO_CALL, ctx.now, why="not taken yet")
        for way in open_ways
        if way.reached.reach is Reach.SENDING
    )
    keys = tuple(way.send.account for way in open_ways)
    late = (NoticeReached(ctx.now, ctx.by, newest.number, slow),) if slow else ()
    return (*late, NoticeChased(ctx.now, ctx.by, newest.number, keys))


@dues_of
def is_promised(notice: Notice, policy: Policy, _calendar: BusinessCalendar) -> Iterator[DuePoint]:
    """Yield before and at the time by which the next words were promised to all."""
    newest = notice.of(NoticeTelling).promising
    if newest is None or newest.next_at is None or not notice.is_open:
        return
    before = newest.next_at - policy.update.prompt_before
    yield DuePoint(f"notice_prompt:{newest.number}", "notice_prompt", before)
    yield DuePoint(f"notice_missed:{newest.number}", "notice_missed", newest.next_at)


@falls("notice_prompt", "notice_missed")
def promise_near(notice: Notice, point: DuePoint, ctx: Context) -> tuple[Event, ...]:
    """Return that the next words are due to many, or late."""
    newest = notice.of(NoticeTelling).promising
    if newest is None:
        return ()
    return (NoticePromiseNear(ctx.now, ctx.by, newest.number, point.kind == "notice_missed"),)
