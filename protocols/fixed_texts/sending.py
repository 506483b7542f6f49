"""A pre-approved text is asked for by a press: what may leave, and that it leaves once.

A press is never repeated by accident: for a while after a text was sent, the same one is refused,
with who sent it and when. Source: D15, D21.
"""

from __future__ import annotations

from datetime import datetime

from protocols.account.events import RouteKind
from protocols.account.outbound import (
    acknowledgment_key,
    is_lost,
    newest_acknowledgment,
    words_of,
)
from protocols.account.refusals import NoRoute
from protocols.account.state import Road
from protocols.fixed_texts.events import FixedTextSent, SendFixed
from protocols.fixed_texts.refusals import (
    AlreadySent,
    AskFirst,
    LateSaid,
    NothingPromised,
    NothingReleased,
    OnItsWay,
    TooEarly,
    TooManyInARow,
)
from protocols.fixed_texts.repeating import repeatable, with_account
from protocols.fixed_texts.rules import (
    ACKNOWLEDGMENT,
    HOLDING,
    LATE,
    NO_CHANGE,
    acknowledgment,
    count,
    in_a_row,
    late_text,
    on_its_way,
    say_late,
    was_said_late,
)
from protocols.fixed_texts.state import FixedText, FixedTexts
from protocols.holds.refusals import HoldInForce
from protocols.holds.state import Holds
from protocols.kernel.changing import fold
from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.refusals import Refusal
from protocols.kernel.tables import decides
from protocols.ladder.events import StepKind
from protocols.ladder.state import Ladder
from protocols.people.people import BOT
from protocols.promises.events import PromiseMade
from protocols.promises.rules import default_next, keep_promise, next_number
from protocols.promises.state import Promises
from protocols.rights.guards import need_on_ticket, need_status
from protocols.status import Status
from protocols.ticket import Ticket
from protocols.updates.events import DraftKind
from protocols.updates.released import RELEASED
from protocols.updates.state import Draft, Updates


@decides(SendFixed)
def send_fixed(ticket: Ticket, command: SendFixed, ctx: Context) -> tuple[Event, ...]:
    """Decide the sending of a pre-approved text.

    Raises:
        NotYours: The actor is not on the ticket.
        NoRoute: The account cannot be reached in writing.
        AlreadySent: It has left a moment ago, or may leave only once.
        NothingReleased, HoldInForce: *No change* has no released words that it may repeat.
        TooManyInARow: *No change* was sent twice in a row.
        NothingPromised, TooEarly, LateSaid, OnItsWay, AskFirst: *We are late* does not fit now.
    """
    need_on_ticket(ticket, ctx)
    need_status(ticket, Status.OPEN)
    if ticket.of(Road).route.kind is RouteKind.NONE:
        raise NoRoute(account=_account(ticket))
    if command.name == LATE:
        return _send_late(ticket, ctx, sure=command.sure)
    _refuse(_sent_just_now(ticket, command.name, ctx))
    if command.name == ACKNOWLEDGMENT:
        return _send_acknowledgment(ticket, ctx)
    if command.name == NO_CHANGE:
        return _send_no_change(ticket, ctx)
    return _send_holding(ticket, ctx)


def _account(ticket: Ticket) -> str:
    return ticket.account.name if ticket.account is not None else "the account"


def _refuse(objection: Refusal | None) -> None:
    if objection is not None:
        raise objection


def _newest(ticket: Ticket, name: str) -> FixedText | None:
    """Return the newest text of a name that was neither withdrawn nor refused for good."""
    alive = (
        text for text in reversed(ticket.of(FixedTexts).fixed_texts) if not is_lost(ticket, text)
    )
    return next((text for text in alive if text.name == name), None)


def _again(text: FixedText) -> AlreadySent:
    by = "The bot" if text.sent_by == BOT else text.sent_by.name
    return AlreadySent(person=by, sent_at=text.sent_at, what=text.name)


def _sent_just_now(ticket: Ticket, name: str, ctx: Context) -> Refusal | None:
    """Return the refusal of a text that left a moment ago: a double press, or two at once."""
    text = _newest(ticket, name)
    if text is None or ctx.now >= text.sent_at + ctx.policy.update.press_again_after:
        return None
    return _again(text)


def _send_acknowledgment(ticket: Ticket, ctx: Context) -> tuple[Event, ...]:
    """One that was withdrawn, or refused for good, is sent again in a turn of its own."""
    sent = newest_acknowledgment(ticket)
    if sent is not None:
        raise _again(sent)
    return acknowledged_now(ticket, ctx)


def can_acknowledge_again(ticket: Ticket, key: str) -> bool:
    """Say whether a key is of an acknowledgment that was lost, and one press sends another."""
    words = words_of(ticket.reference, key)
    is_one = words is not None and words.name == "ack"
    return is_one and can_be_written(ticket) and newest_acknowledgment(ticket) is None


def can_hold_again(ticket: Ticket, key: str, ctx: Context) -> bool:
    """Say whether a key is of a holding line that was lost, and one press sends another."""
    words = words_of(ticket.reference, key)
    is_one = words is not None and words.name == HOLDING
    return is_one and can_be_written(ticket) and holding_objection(ticket, ctx) is None


def acknowledged_now(ticket: Ticket, ctx: Context) -> tuple[Event, ...]:
    """Return the acknowledgment with a time that can be kept: the promised one, or a new one."""
    promise, key = ticket.of(Promises).promise, acknowledgment_key(ticket)
    if ticket.tier.has_bridge and promise is not None and promise.at > ctx.now:
        return (FixedTextSent.promising(ctx.now, ctx.by, ACKNOWLEDGMENT, key, promise.at),)
    at = _first_promise(ticket, ctx) if ticket.tier.has_bridge else None
    route, number = ticket.of(Road).route, next_number(ticket)
    return tuple(acknowledgment(ticket.reference, route, at, ctx, number=number, key=key))


def _first_promise(ticket: Ticket, ctx: Context) -> datetime:
    """Return when a first update is due, or what can be kept when that has passed."""
    step = ticket.of(Ladder).step(StepKind.FIRST_UPDATE)
    due_at = step.due_at if step is not None else ctx.now + ctx.policy.update.tier4
    return due_at if due_at > ctx.now else ctx.now + ctx.policy.update.late_promise


def can_hold(ticket: Ticket, ctx: Context) -> bool:
    """Say whether the holding line can leave now, as some words offer. Source: D15, D41."""
    return can_be_written(ticket) and holding_objection(ticket, ctx) is None


def can_be_written(ticket: Ticket) -> bool:
    """Say whether a pre-approved text can leave at all."""
    return ticket.status is Status.OPEN and ticket.of(Road).route.kind is not RouteKind.NONE


def holding_objection(ticket: Ticket, ctx: Context) -> Refusal | None:
    """Return what stands against the holding line now; None when one press sends it.

    It leaves at most once between two released updates. Source: D15.
    """
    just_now = _sent_just_now(ticket, HOLDING, ctx)
    sent = _newest(ticket, HOLDING)
    if just_now is not None or sent is None:
        return just_now
    heard_at = _heard_at(ticket)
    return _again(sent) if heard_at is None or sent.sent_at >= heard_at else None


def _heard_at(ticket: Ticket) -> datetime | None:
    """Return when the account was last given new released words, None before the first."""
    updates: tuple[Draft, ...] = with_account(ticket)
    updates += tuple(
        d
        for d in ticket.of(Updates).drafts
        if d.kind is DraftKind.RESOLUTION and d.state in RELEASED
    )
    return max((d.released_at for d in updates if d.released_at is not None), default=None)


def _send_holding(ticket: Ticket, ctx: Context) -> tuple[Event, ...]:
    """The line names the next time, so that time is a promise on record.

    One that has just passed is told first: it never passes in silence. Source: D15, D21, S52.
    """
    _refuse(holding_objection(ticket, ctx))
    promise = ticket.of(Promises).promise
    passed = late_text(ticket, ctx) if promise is not None and promise.at <= ctx.now else ()
    after = fold(passed, ticket) if passed else ticket
    made: tuple[Event, ...] = ()
    if after.of(Promises).promise is None:
        is_first = not with_account(ticket) and ticket.of(Ladder).owes(StepKind.FIRST_UPDATE)
        at = _first_promise(ticket, ctx) if is_first else default_next(ticket, ctx)
        made = (PromiseMade(ctx.now, ctx.by, next_number(after), at),)
        after = fold(made, after)
    key = f"{ticket.reference}/holding/{count(ticket, HOLDING) + 1}"
    promise = after.of(Promises).promise
    next_at = promise.at if promise is not None else None
    return (*passed, *made, FixedTextSent.promising(ctx.now, ctx.by, HOLDING, key, next_at))


def _send_no_change(ticket: Ticket, ctx: Context) -> tuple[Event, ...]:
    if not with_account(ticket):
        raise NothingReleased(reference=ticket.reference)
    most = ctx.policy.update.no_change_in_a_row
    if in_a_row(ticket, NO_CHANGE) >= most:
        raise TooManyInARow(reference=ticket.reference, count=most)
    if not repeatable(ticket, "doing", ctx):
        _refuse_unrepeatable(ticket, ctx)
    key = f"{ticket.reference}/no-change/{count(ticket, NO_CHANGE) + 1}"
    promised_at = default_next(ticket, ctx)
    return (
        FixedTextSent.promising(ctx.now, ctx.by, NO_CHANGE, key, promised_at),
        *keep_promise(ticket, ctx),
        PromiseMade(ctx.now, ctx.by, next_number(ticket), promised_at),
    )


def _refuse_unrepeatable(ticket: Ticket, ctx: Context) -> None:
    """Refuse words that a check stops today. Source: D17, D41."""
    since = with_account(ticket)[-1].released_at or ticket.opened_at
    later = [hold for hold in ticket.of(Holds).holds if hold.in_force and hold.asked_at > since]
    if later:
        raise HoldInForce(placed_at=later[-1].asked_at)
    raise NothingReleased(reference=ticket.reference)


def _send_late(ticket: Ticket, ctx: Context, *, sure: bool) -> tuple[Event, ...]:
    _refuse(late_objection(ticket, ctx))
    promise = ticket.of(Promises).promise
    if promise is None:
        return ()
    if ctx.now < promise.at and not sure:
        raise AskFirst(account=_account(ticket), promised_at=promise.at)
    return say_late(ticket, promise, ctx)


def late_objection(ticket: Ticket, ctx: Context) -> Refusal | None:
    """Return what stands against *We are late* now; None when it may be sent. Source: D21.

    It may leave from the reminder of the promise on, and once in a row, as the one that leaves by
    itself. Ahead of the promised time the one who presses is asked first.
    """
    account, promise = _account(ticket), ticket.of(Promises).promise
    just_now = _sent_just_now(ticket, LATE, ctx)
    if just_now is not None:
        return just_now
    if was_said_late(ticket, ctx):
        return LateSaid(account=account)
    if promise is None:
        return NothingPromised(account=account)
    if on_its_way(ticket):
        return OnItsWay(account=account)
    opens_at = promise.at - ctx.policy.update.prompt_before
    return TooEarly(account=account, opens_at=opens_at) if ctx.now < opens_at else None
