"""A released text on its road, and who reads, releases or gets back what is in review.

Source: words.md 3, 4.10; D6, D10, D15, D22, D24.
"""

from __future__ import annotations

from protocols.account.addresses import Channel
from protocols.account.events import RouteKind
from protocols.account.outbound import text_key, turn_of
from protocols.account.roads import customer, is_partner, parent_of
from protocols.account.state import Road
from protocols.bridge.roads import bridge_post, told_inside
from protocols.holds.events import HoldKind
from protocols.holds.state import Holds
from protocols.kernel.context import Context
from protocols.kernel.effects import Effect, Gateway, Surface
from protocols.kernel.roads import URGENT_CUSTOMER, dm, result
from protocols.kernel.stamps import stamp
from protocols.kernel.tables import Effects, tells
from protocols.promises.state import Promises
from protocols.rights.roads import manager_of
from protocols.ticket import Ticket
from protocols.updates.addresses import StatusPage
from protocols.updates.events import (
    DraftKind,
    DraftState,
    ReviewerAsked,
    ReviewReminded,
    TextDelivered,
    TextDrafted,
    TextEdited,
    TextOver,
    TextReleased,
    TextSentBack,
    WordsSuggested,
)
from protocols.updates.hands import asked_about
from protocols.updates.state import Draft, Updates
from protocols.withdrawals.events import TextWithdrawn


@tells(TextReleased)
def released(ticket: Ticket, event: TextReleased, ctx: Context) -> Effects:
    """Send a released text where its kind goes."""
    draft = ticket.of(Updates).draft(event.number)
    if draft is None:
        return ()
    key = text_key(ticket, draft)
    if draft.kind is DraftKind.STATUS_PAGE and draft.poster is not None:
        return ()
    if draft.kind is DraftKind.STATUS_PAGE:
        return (_status_page(ticket, key, draft),)
    if draft.kind is DraftKind.DISREGARD:
        return _disregard(ticket, key, draft, ctx)
    if draft.kind is DraftKind.OUTREACH:
        return ()
    if ticket.of(Road).route.kind is RouteKind.NONE:
        return _by_phone(ticket, key, draft, ctx)
    return customer(
        ticket,
        key,
        released_template(ticket, draft),
        {"draft": draft.number},
        broadcast=draft.kind in (DraftKind.UPDATE, DraftKind.CORRECTION),
    )


def _by_phone(ticket: Ticket, key: str, draft: Draft, ctx: Context) -> Effects:
    """Ask whoever faces the account to read them released words: no road takes these. D24."""
    asked = ticket.poc or manager_of(ticket, ctx)
    if asked is None:
        return ()
    suffix = f"to-read/{key.removeprefix(f'{ticket.reference}/')}"
    return (dm(ticket, suffix, asked, "prompt_read", {"draft": draft.number}),)


_ONE_TEMPLATE = {
    DraftKind.CORRECTION: "correction",
    DraftKind.DETAILS: "details_asked",
    DraftKind.ANSWER: "answer",
}
"""The template of kinds that are the same for customers and partners."""


def released_template(ticket: Ticket, draft: Draft) -> str:
    """Return the template of a released text."""
    side = "partner" if is_partner(ticket) else "customer"
    if draft.kind in _ONE_TEMPLATE:
        return _ONE_TEMPLATE[draft.kind]
    return f"resolution_{side}" if draft.kind is DraftKind.RESOLUTION else f"update_{side}"


def _status_page(ticket: Ticket, key: str, draft: Draft) -> Effect:
    return Effect(
        key=key,
        gateway=Gateway.STATUS,
        method="send",
        to=StatusPage(),
        template="status_page",
        params={"draft": draft.number},
        stream="status",
        reports=True,
        urgent=URGENT_CUSTOMER,
    )


def _disregard(ticket: Ticket, key: str, draft: Draft, ctx: Context) -> Effects:
    """The acknowledgment is edited, not deleted; by mail the correction is a new mail."""
    if ticket.of(Road).route.kind is RouteKind.MAIL:
        return customer(ticket, key, "disregard", {"draft": draft.number})
    if ticket.of(Road).route.kind is RouteKind.NONE:
        return _by_phone(ticket, key, draft, ctx)
    parent = parent_of(ticket, key)
    if parent is None and not ticket.of(Road).thread_ts:
        return ()
    return (
        Effect(
            key=key,
            gateway=Gateway.SLACK,
            method="chat.update",
            to=Channel(ticket.of(Road).route.channel_id),
            template="disregard",
            params={"draft": draft.number},
            arguments={"ts": result(parent, "ts") if parent else ticket.of(Road).thread_ts},
            stream=f"customer/{ticket.of(Road).route.channel_id}",
            needs=(parent,) if parent else (),
            reports=True,
        ),
    )


@tells(TextDrafted, TextEdited)
def in_review(
    ticket: Ticket, event: TextDrafted | TextEdited | TextWithdrawn, ctx: Context
) -> Effects:
    """Show a text in review in the bridge, and to the first who may release it."""
    draft = ticket.of(Updates).draft(event.number)
    if draft is None or draft.state is not DraftState.REVIEW:
        return ()
    suffix = f"review/{draft.number}/{_reading(draft)}"
    params: dict[str, object] = {"draft": draft.number}
    asked: list[Effect] = []
    if ticket.tier.has_bridge:
        asked.append(bridge_post(ticket, suffix, "review", params))
    first = asked_about(ticket, draft, ctx)[:1]
    asked += [dm(ticket, f"{suffix}/{key}", ctx.who(key), "review", params) for key in first]
    return tuple(asked)


@tells(ReviewerAsked)
def next_asked(ticket: Ticket, event: ReviewerAsked, _ctx: Context) -> Effects:
    """Show a text to the next who may release it, when the first is gone. Source: D29."""
    draft = ticket.of(Updates).draft(event.number)
    if event.before is None or event.person is None or draft is None:
        return ()
    suffix = f"review/{draft.number}/{_reading(draft)}/{event.person.key}"
    return (dm(ticket, suffix, event.person, "review", {"draft": draft.number}),)


def _reading(draft: Draft) -> str:
    """Return what tells one turn in review from the next, though the words may be the same."""
    return f"{draft.text_hash}/{stamp(draft.review_since)}"


@tells(ReviewReminded)
def review_reminded(ticket: Ticket, event: ReviewReminded, ctx: Context) -> Effects:
    """Ask everyone who may release; ten minutes in, the next manager or Legal too."""
    draft = ticket.of(Updates).draft(event.number)
    if draft is None or draft.state is not DraftState.REVIEW:
        return ()
    people = list(asked_about(ticket, draft, ctx))
    if event.escalated:
        duty = "legal" if ticket.of(Holds).holds_in_force(HoldKind.DISCLOSURE) else "cs-manager"
        wider = [who.key for who in ctx.on_duty(duty) if who.key in people]
        people = wider or people
    turn = "again" if event.escalated else "asked"
    promise = ticket.of(Promises).promise
    stale_at = promise.at if promise is not None and promise.at > ctx.now else None
    reading = _reading(draft)
    if event.daily:
        turn, reading = "still", f"{reading}/{stamp(event.at)}"
    return tuple(
        dm(
            ticket,
            f"review-{turn}/{draft.number}/{reading}/{key}",
            ctx.who(key),
            "prompt_review",
            {"draft": draft.number},
            surface=Surface.DROP_IF_STALE if stale_at else Surface.MUST_ARRIVE,
            stale_at=stale_at,
        )
        for key in people
    )


@tells(WordsSuggested)
def suggested(ticket: Ticket, event: WordsSuggested, ctx: Context) -> Effects:
    """Show the writer the other words, to be taken over or not."""
    draft = ticket.of(Updates).draft(event.number)
    if draft is None:
        return ()
    suffix = f"suggested/{draft.number}/{stamp(event.at)}"
    return (dm(ticket, suffix, draft.written_by, "suggested", {"draft": draft.number}),)


@tells(TextSentBack)
def sent_back(ticket: Ticket, event: TextSentBack, ctx: Context) -> Effects:
    """Tell the writer why a text came back."""
    draft = ticket.of(Updates).draft(event.number)
    if draft is None:
        return ()
    suffix = f"sent-back/{draft.number}/{stamp(event.at)}"
    return (dm(ticket, suffix, draft.written_by, "sent_back", {"draft": draft.number}),)


@tells(TextOver)
def over(ticket: Ticket, event: TextOver, ctx: Context) -> Effects:
    """Tell the bridge and the writer that a text in review goes nowhere any more."""
    draft = ticket.of(Updates).draft(event.number)
    if draft is None:
        return ()
    suffix = f"over/{draft.number}/{stamp(event.at)}"
    params: dict[str, object] = {"draft": draft.number, "why": event.why}
    return tuple(told_inside(ticket, suffix, "over_line", params, (draft.written_by,)))


@tells(TextDelivered)
def delivered(ticket: Ticket, event: TextDelivered, ctx: Context) -> Effects:
    """Tell the bridge that an update is with the account.

    Who recalled it reads that it had left already. Source: D24.
    """
    draft = ticket.of(Updates).draft(event.number)
    if draft is None:
        return ()
    late = _recalled_late(ticket, draft)
    if not ticket.tier.has_bridge or not _is_update(draft):
        return late
    return (
        *late,
        bridge_post(
            ticket,
            f"delivered/{turn_of(ticket, draft.number)}",
            "delivered_line",
            {"draft": draft.number},
        ),
    )


def _recalled_late(ticket: Ticket, draft: Draft) -> Effects:
    if draft.recalled_by is None:
        return ()
    suffix = f"recalled-late/{turn_of(ticket, draft.number)}/{draft.recalled_by.key}"
    return (dm(ticket, suffix, draft.recalled_by, "recalled_late", {"draft": draft.number}),)


def _is_update(draft: Draft) -> bool:
    return draft.kind in (DraftKind.UPDATE, DraftKind.CORRECTION)
