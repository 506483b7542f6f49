"""What the account is told, and by which text. Source: words.md 3; D6, D15, D24."""

from __future__ import annotations

from protocols import events as ev
from protocols.context import Context
from protocols.effects import Channel, Effect, Gateway, StatusPage
from protocols.planning.managers import manager_of
from protocols.planning.registry import Effects, on
from protocols.planning.roads import (
    URGENT_CUSTOMER,
    customer,
    dm,
    has_parent,
    mail,
    result,
)
from protocols.rules.outbound import BY_MAIL, OutwardWords, text_key, words_of
from protocols.scales import NoticedBy
from protocols.slices import Calls, Closure, FixedTexts, Road, Updates
from protocols.ticket import Draft, DraftKind, RouteKind, Ticket
from protocols.ticket_parts import Opening

FIXED = {
    "holding": "holding",
    "no_change": "no_change",
    "late": "late",
}
TURNS = {
    "reminder": "reminder",
    "reopened": "reopened",
    "confirmed": "confirmed",
    "closed-unconfirmed": "closed_unconfirmed",
}
"""Texts of the closure, by the name that their keys have."""


def is_partner(ticket: Ticket) -> bool:
    """Say whether the account is a partner of the program."""
    return ticket.account is not None and ticket.account.kind == "partner"


def acknowledgment_template(ticket: Ticket) -> str:
    """Return which acknowledgment fits: by tier, by who noticed, by kind of account."""
    if ticket.tier.has_bridge:
        own = ticket.of(Opening).noticed_by is NoticedBy.US
        return "ack_customer_found_by_us" if own else "ack_customer"
    return "ack_partner" if is_partner(ticket) else "ack_customer_routine"


@on(ev.FixedTextSent)
def fixed_text(ticket: Ticket, event: ev.FixedTextSent, ctx: Context) -> Effects:
    """Send a pre-approved text to the account."""
    return customer(ticket, event.key, fixed_template(ticket, event.name), {"text_key": event.key})


def fixed_template(ticket: Ticket, name: str) -> str:
    """Return the template of a fixed text."""
    if name == "acknowledgment":
        return acknowledgment_template(ticket)
    if name == "escalated":
        return "escalated_partner" if is_partner(ticket) else "escalated_customer"
    return FIXED[name]


@on(ev.TextRerouted)
def rerouted(ticket: Ticket, event: ev.TextRerouted, ctx: Context) -> Effects:
    """Send by mail, under a key of their own, words that the channel did not take. Source: D24."""
    words = words_of(ticket.reference, event.key)
    if words is None:
        return ()
    template, params = _again(ticket, words)
    return customer(ticket, f"{event.key}{BY_MAIL}", template, params)


def _again(ticket: Ticket, words: OutwardWords) -> tuple[str, dict[str, object]]:
    """Return template and parameters of words that are said by another road."""
    draft = ticket.of(Updates).draft(words.number) if words.name == "text" else None
    if draft is not None:
        disregard = draft.kind is DraftKind.DISREGARD
        template = "disregard" if disregard else released_template(ticket, draft)
        return template, {"draft": draft.number}
    if words.name in TURNS:
        attempted = tuple(at.isoformat() for at in ticket.of(Calls).calls)
        return TURNS[words.name], {"by_silence": False, "attempted": attempted}
    text = next(text for text in ticket.of(FixedTexts).fixed_texts if text.key == words.key)
    return fixed_template(ticket, text.name), {"text_key": text.key}


@on(ev.VendorTold)
def vendor(ticket: Ticket, event: ev.VendorTold, ctx: Context) -> Effects:
    """Tell the third party without account, amount or matter."""
    return (mail(ticket, "vendor", (event.address,), "vendor_notice", reports=True),)


@on(ev.TextReleased)
def released(ticket: Ticket, event: ev.TextReleased, ctx: Context) -> Effects:
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
        return _disregard(ticket, key, draft)
    if draft.kind is DraftKind.OUTREACH:
        return ()
    return customer(
        ticket,
        key,
        released_template(ticket, draft),
        {"draft": draft.number},
        broadcast=draft.kind in (DraftKind.UPDATE, DraftKind.CORRECTION),
    )


def released_template(ticket: Ticket, draft: Draft) -> str:
    """Return the template of a released text."""
    side = "partner" if is_partner(ticket) else "customer"
    if draft.kind is DraftKind.CORRECTION:
        return "correction"
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


def _disregard(ticket: Ticket, key: str, draft: Draft) -> Effects:
    """The acknowledgment is edited, not deleted; by mail the correction is a new mail."""
    if ticket.of(Road).route.kind is RouteKind.MAIL:
        return customer(ticket, key, "disregard", {"draft": draft.number})
    if ticket.of(Road).route.kind is RouteKind.NONE:
        return ()
    acknowledged = has_parent(ticket, key)
    parent = f"{ticket.reference}/ack"
    if not acknowledged and not ticket.of(Road).thread_ts:
        return ()
    return (
        Effect(
            key=key,
            gateway=Gateway.SLACK,
            method="chat.update",
            to=Channel(ticket.of(Road).route.channel_id),
            template="disregard",
            params={"draft": draft.number},
            arguments={"ts": result(parent, "ts") if acknowledged else ticket.of(Road).thread_ts},
            stream=f"customer/{ticket.of(Road).route.channel_id}",
            needs=(parent,) if acknowledged else (),
            reports=True,
        ),
    )


@on(ev.ConfirmationReminded)
def reminded(ticket: Ticket, event: ev.ConfirmationReminded, ctx: Context) -> Effects:
    """Ask the account again whether it is solved."""
    return customer(
        ticket, f"{ticket.reference}/reminder/{ticket.of(Closure).reopened}", "reminder"
    )


@on(ev.TicketReopened)
def reopened(ticket: Ticket, event: ev.TicketReopened, ctx: Context) -> Effects:
    """Tell the account, and the two who answer for it, that its ticket is open again.

    Source: S100, D15.
    """
    params = {"by_silence": event.by_silence}
    key = f"{ticket.reference}/reopened/{ticket.of(Closure).reopened}"
    told = customer(ticket, key, "reopened", params)
    third = ticket.of(Closure).reopened >= ctx.policy.resolution.reopens_before_escalation
    inside = {**params, "by": event.by.name, "reason": event.reason, "escalated": third}
    manager = manager_of(ticket, ctx)
    people = {who.key: who for who in (ticket.poc, manager) if who is not None}
    suffix = f"reopened/{ticket.of(Closure).reopened}"
    dms = tuple(
        dm(ticket, f"{suffix}/{person}", person, "reopened_inside", inside) for person in people
    )
    return (*told, *dms)


@on(ev.AccountConfirmed)
def confirmed(ticket: Ticket, event: ev.AccountConfirmed, ctx: Context) -> Effects:
    """Thank the account."""
    return customer(
        ticket, f"{ticket.reference}/confirmed/{ticket.of(Closure).reopened}", "confirmed"
    )


@on(ev.ClosedUnconfirmed)
def closed_unconfirmed(ticket: Ticket, event: ev.ClosedUnconfirmed, ctx: Context) -> Effects:
    """Tell the account on which days it could not be reached. Source: D7."""
    params = {"attempted": tuple(at.isoformat() for at in event.attempted_at)}
    key = f"{ticket.reference}/closed-unconfirmed/{ticket.of(Closure).reopened}"
    return customer(ticket, key, "closed_unconfirmed", params)
