"""This file owns the facts of what people look up: the ticket, the words they may say, the answer.

Source: words, 2 (the answer), 4.8 (What can I say?), 7.
"""

from __future__ import annotations

from datetime import datetime

from protocols.context import Context
from protocols.rules.outbound import is_lost
from protocols.rules.repeating import repeatable, told_at_end
from protocols.rules.sending import can_be_written, late_objection
from protocols.scales import NoticedBy, Tier
from protocols.slices import (
    Closure,
    Deliveries,
    Executives,
    FixedTexts,
    HandOver,
    Helpers,
    Investigation,
    Ladder,
    Masked,
    Road,
    Roles,
    Updates,
)
from protocols.targets import Measure
from protocols.ticket import DraftState, RouteKind, Status, StepKind, StepState, Ticket
from protocols.ticket_parts import BridgeState, Opening
from templates.facts import TimelineLine, Told
from templates.presenters import clocks
from templates.presenters.links import Links
from templates.presenters.registry import presents
from templates.presenters.scene import Facts, Scene
from templates.when import span

SEEN_AS = {
    Status.OPEN: "Under review",
    Status.RESOLVED: "Please check: is it solved?",
    Status.CONFIRMED: "Solved, confirmed",
    Status.CLOSED: "Closed",
    Status.OPENED_IN_ERROR: "Withdrawn",
}
TEXTS = {
    "acknowledgment": "acknowledgment",
    "holding": "holding line",
    "no_change": "nothing new",
    "late": "that we are late",
    "escalated": "escalation",
}
MOST_NOTES = 5


def why(ticket: Ticket, ctx: Context, links: Links, *, in_utc: bool = False) -> Facts:
    """Return the facts of ``why``: every clock, and which one binds."""
    return clocks.why(Scene(ticket, ctx, links, {}), in_utc=in_utc)


def say(ticket: Ticket, ctx: Context, links: Links) -> Facts:
    """Return the facts of ``what_can_i_say``: released words only, and no time but a promised one.

    Once it is resolved nothing is being done any more: what was done and told is said.
    """
    scene = Scene(ticket, ctx, links, {})
    is_open = ticket.status is Status.OPEN
    return {
        **scene.common(),
        "is_open": is_open,
        "known": repeatable(ticket, "known", ctx),
        "doing": repeatable(ticket, "doing", ctx) if is_open else "",
        "done": "" if is_open else told_at_end(ticket, "done", ctx),
        "check": "" if is_open else told_at_end(ticket, "check", ctx),
        "is_asked": ticket.status is Status.RESOLVED,
        "cause_held_by": scene.cause_held_by,
        "can_hold": scene.can_hold,
        "can_say_late": can_be_written(ticket) and late_objection(scene.ticket, scene.ctx) is None,
    }


def ask_late(ticket: Ticket, ctx: Context, links: Links) -> Facts:
    """Return the facts of the question before *We are late* leaves ahead of its time. D21."""
    scene = Scene(ticket, ctx, links, {})
    promised_at = scene.next_at
    return {
        **scene.common(),
        "promised_at": promised_at,
        "next_update_at": promised_at + ctx.policy.update.late_promise,
        "in_review": scene.waiting is not None,
    }


def show(ticket: Ticket, ctx: Context, links: Links) -> Facts:
    """Return the facts of ``show``."""
    scene = Scene(ticket, ctx, links, {})
    binds = clocks.due_next(scene) if ticket.status is not Status.OPENED_IN_ERROR else None
    told, told_at = _told_last(scene)
    opener_has_it = ticket.poc is not None and ticket.poc.key == ticket.opened_by.key
    return {
        **scene.common(),
        "account_kind": ticket.account.kind if ticket.account is not None else "customer",
        "account_note": _account_note(ticket),
        "status": SEEN_AS[ticket.status],
        "is_open": ticket.is_live,
        "has_bridge": bool(ticket.of(BridgeState).channel_id)
        and ticket.of(BridgeState).archived_at is None,
        "opened_at": ticket.opened_at,
        "opened_by": ticket.opened_by.name,
        "source": "" if ticket.of(Opening).source == "command" else ticket.of(Opening).source,
        "owner": ticket.poc.name if ticket.poc is not None else "",
        "owner_since": ticket.opened_at if opener_has_it else None,
        "next_due_at": binds.due_at if binds is not None else None,
        "next_due_what": binds.measure.value.lower() if binds is not None else "",
        "waited": _waited(scene),
        "linked": "",
        "earlier": _opened_again(ticket),
        "told": told,
        "told_at": told_at,
        "notes": _notes(ticket),
    }


def _opened_again(ticket: Ticket) -> str:
    if not ticket.of(Closure).reopened:
        return ""
    return (
        "opened again once"
        if ticket.of(Closure).reopened == 1
        else f"opened again {ticket.of(Closure).reopened} times"
    )


def _account_note(ticket: Ticket) -> str:
    account = ticket.account
    if account is None or account.kind != "partner":
        return ""
    return f"{account.program_level.capitalize()} partner" if account.program_level else "partner"


def _waited(scene: Scene) -> str:
    resolution = scene.ticket.of(Closure).resolution
    closed = resolution is not None and not scene.ticket.is_live
    until = resolution.at if closed and resolution is not None else scene.ctx.now
    minutes = int((until - scene.ticket.opened_at).total_seconds() // 60)
    return f"{span(max(0, minutes))} in all, clock never stopped"


def _told_last(scene: Scene) -> tuple[str, datetime | None]:
    told = [
        (text.taken_at or text.sent_at, TEXTS.get(text.name, text.name))
        for text in scene.ticket.of(FixedTexts).fixed_texts
        if not is_lost(scene.ticket, text)
    ]
    told += [
        (draft.delivered_at, f"update {draft.update_number}" if draft.update_number else "text")
        for draft in scene.ticket.of(Updates).drafts
        if draft.state is DraftState.DELIVERED and draft.delivered_at is not None
    ]
    if not told:
        return "", None
    at, words = max(told)
    return words, at


def _notes(ticket: Ticket) -> tuple[TimelineLine, ...]:
    return tuple(
        TimelineLine(found.found_at, f'{found.found_by.name}: "{found.text}"')
        for found in ticket.of(Investigation).findings[-MOST_NOTES:]
    )


def opened(ticket: Ticket, ctx: Context, links: Links, *, tier_note: str = "") -> Facts:
    """Return the facts of the answer to the form, as the sends stand now.

    Args:
        ticket: The ticket that was opened.
        ctx: What is known now.
        links: Addresses.
        tier_note: A sentence when the tier differs from what the form showed.
    """
    return {**_opened(Scene(ticket, ctx, links, {})), "tier_note": tier_note}


@presents("opened")
def _opened(scene: Scene) -> Facts:
    ticket = scene.ticket
    offer, has_bridge = ticket.of(HandOver).poc_offer, ticket.tier.has_bridge
    owns = ticket.poc is not None and ticket.poc.key == ticket.opened_by.key
    ending, field = _masked(ticket)
    scope, leads_itself = ticket.of(Ladder).step(StepKind.SCOPE), ticket.tier is Tier.CRITICAL
    reply = None if has_bridge else clocks.earliest(scene, Measure.REPLY, Measure.ACKNOWLEDGE)
    resolve = None if has_bridge else clocks.earliest(scene, Measure.RESOLVE)
    return {
        **scene.common(),
        "contact": offer.to.name if offer is not None else scene.contact_name,
        "is_contact": owns and offer is None,
        "told": told(scene),
        "scope_at": scope.due_at if scope is not None and leads_itself else None,
        "reply_at": reply.due_at if reply is not None else None,
        "resolve_at": resolve.due_at if resolve is not None else None,
        "tier_note": "",
        "masked_ending": ending,
        "masked_field": field,
    }


def _masked(ticket: Ticket) -> tuple[str, str]:
    """Return the last digits of a number that was masked in the form, and in which field."""
    if not ticket.of(Masked).masked:
        return "", ""
    _, _, ending = ticket.of(Masked).masked[0].rpartition(" ")
    in_summary = f"ending {ending} masked" in ticket.of(Opening).summary
    return ending, "Summary" if in_summary else "What happened"


def told(scene: Scene) -> tuple[Told, ...]:
    """Return who has been told what, and what is still on its way."""
    return tuple(
        line
        for line in (_account(scene), _bridge(scene), *_sponsors(scene), _vendor(scene),
                     *_responders(scene))
        if line is not None
    )  # fmt: skip


def _account(scene: Scene) -> Told | None:
    ticket = scene.ticket
    sent = next((t for t in ticket.of(FixedTexts).fixed_texts if t.name == "acknowledgment"), None)
    if sent is None:
        waits = (
            ticket.of(Road).route.kind is RouteKind.NONE
            or ticket.of(Opening).noticed_by is NoticedBy.US
        )
        called = _done(scene, StepKind.ACKNOWLEDGE)
        if called is not None:
            return Told("account", "done", scene.account, called)
        return Told("account", "waiting", scene.account) if waits else None
    if is_lost(ticket, sent):
        return Told("account", "failed", scene.account)
    state = "done" if sent.taken_at is not None else "sending"
    return Told("account", state, scene.account, sent.taken_at)


def _done(scene: Scene, kind: StepKind) -> datetime | None:
    step = scene.ticket.of(Ladder).step(kind)
    return step.settled_at if step is not None and step.state is StepState.DONE else None


def _bridge(scene: Scene) -> Told | None:
    bridge = scene.ticket.of(BridgeState)
    if not scene.ticket.tier.has_bridge:
        return None
    if not bridge.channel_id:
        dead = f"{scene.ticket.reference}/bridge" in scene.ticket.of(Deliveries).dead
        return Told("bridge", "failed" if dead else "sending")
    return Told("bridge", "done", bridge.channel_name, None, bridge.channel_id)


def _sponsors(scene: Scene) -> list[Told]:
    return [
        Told("sponsor", "done" if each.taken_at is not None else "sending", each.who.name)
        for each in scene.ticket.of(Executives).executives
    ]


def _vendor(scene: Scene) -> Told | None:
    step = scene.ticket.of(Ladder).step(StepKind.VENDOR_TOLD)
    if step is None:
        return None
    if f"{scene.ticket.reference}/vendor" in scene.ticket.of(Deliveries).dead:
        return Told("vendor", "failed")
    return Told("vendor", "done" if step.state is StepState.DONE else "sending")


def _responders(scene: Scene) -> list[Told]:
    asked = [
        Told("responders", "done", helper.who.name, helper.asked_at)
        for helper in scene.ticket.of(Helpers).helpers
        if helper.duty in ("security", "commander")
    ]
    seats = [
        Told("responders", "done", seat.asked.name, seat.asked_at)
        for seat in scene.ticket.of(Roles).seats
        if seat.role == "commander" and seat.asked is not None
    ]
    return asked + seats
