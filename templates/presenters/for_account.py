"""This file owns the facts of every word for an account or a third party. Source: words, 3."""

from __future__ import annotations

from datetime import datetime

from protocols.calendar import BusinessCalendar
from protocols.outward import released
from protocols.rules.repeating import repeatable, said, with_account
from protocols.slices import Closure, FixedTexts, Promises, Updates
from protocols.targets import Measure
from protocols.ticket import Draft, DraftKind
from templates.presenters import outward
from templates.presenters.card import reopens_at
from templates.presenters.clocks import earliest
from templates.presenters.registry import presents
from templates.presenters.scene import Facts, Scene


def draft_of(scene: Scene) -> Draft:
    """Return the outward text that the effect is about.

    Raises:
        LookupError: The ticket has no such text.
    """
    draft = scene.ticket.of(Updates).draft(scene.number("draft"))
    if draft is None:
        raise LookupError(f"no text {scene.param('draft')} on {scene.ticket.reference}")
    return draft


@presents("ack_customer", "ack_customer_found_by_us", "escalated_customer")
def plain(scene: Scene) -> Facts:
    """Return what needs no more than the common facts."""
    return outward.common(scene)


@presents("ack_customer_routine", "ack_partner")
def acknowledged(scene: Scene) -> Facts:
    """Return the first reply and the target to resolve, which these promise."""
    reply = earliest(scene, Measure.REPLY, Measure.ACKNOWLEDGE)
    return {
        **outward.common(scene),
        "owner": outward.person(scene, scene.contact),
        "first_reply_at": reply.due_at,
        "reply_rule": outward.rule(reply),
        "resolve_at": earliest(scene, Measure.RESOLVE).due_at,
    }


@presents("escalated_partner")
def escalated_partner(scene: Scene) -> Facts:
    """Return who leads now, and until when."""
    lead = scene.manager.key if scene.manager is not None else ""
    return {
        **outward.common(scene),
        "lead": outward.person(scene, scene.manager),
        "lead_phone": outward.phone(scene, lead),
        "lead_email": outward.email(scene, lead),
        "resolve_at": earliest(scene, Measure.RESOLVE).due_at,
    }


@presents("holding")
def holding(scene: Scene) -> Facts:
    """Return what is confirmed, as of when, and the next time. Source: D15.

    Words against which a check stands today are not said again: the line names their update.
    """
    updates = with_account(scene.ticket)
    at = (updates[-1].delivered_at or updates[-1].released_at) if updates else None
    known = repeatable(scene.ticket, "known", scene.ctx)
    return {**outward.common(scene), "known": known, "last_update_at": at}


@presents("late")
def late(scene: Scene) -> Facts:
    """Return the time that passed and the one promised instead."""
    lapsed = [promise.at for promise in scene.ticket.of(Promises).promises if promise.lapsed]
    return {
        **outward.common(scene),
        "promised_at": lapsed[-1] if lapsed else scene.next_at,
        "in_review": scene.waiting is not None,
    }


@presents("no_change")
def no_change(scene: Scene) -> Facts:
    """Return the released sentence that is repeated."""
    last = scene.last_update
    if last is None:
        raise LookupError("no change repeats a released update, and there is none")
    return {
        **outward.common(scene),
        "doing": said(scene.ticket, "doing"),
        "last_update_at": last.delivered_at or last.released_at,
    }


@presents("update_customer", "update_partner", "status_page", "outreach")
def update(scene: Scene) -> Facts:
    """Return a released text, and what it had been promised by when it is late."""
    draft = draft_of(scene)
    at = draft.released_at or scene.ctx.now
    return {
        **outward.common(scene),
        "at": at,
        "number": draft.update_number or 0,
        "known": released(draft, "known"),
        "doing": released(draft, "doing"),
        "next_update_at": draft.next_at or scene.next_at,
        "promised_at": _missed(scene, draft, at),
        "since_at": scene.ticket.opened_at,
    }


def _missed(scene: Scene, draft: Draft, at: datetime) -> datetime | None:
    """Return the first time promised since the update before that passed without one. D21."""
    before = [d for d in scene.ticket.of(Updates).released_updates() if d.number != draft.number]
    told_at = (before[-1].delivered_at or before[-1].released_at) if before else None
    missed = None
    for promise in reversed(scene.ticket.of(Promises).promises):
        kept_before = promise.kept_at is not None and promise.kept_at < at
        if kept_before or (told_at is not None and promise.made_at < told_at):
            break
        if promise.at < at:
            missed = promise.at
    return missed


@presents("correction")
def correction(scene: Scene) -> Facts:
    """Return what was wrong and what is right, and in which update."""
    draft = draft_of(scene)
    return {
        **outward.common(scene),
        "at": draft.released_at or scene.ctx.now,
        "number": draft.update_number or 0,
        "corrects": draft.corrects or _newest_before(scene, draft),
        "wrong": released(draft, "wrong"),
        "right": released(draft, "right"),
        "next_update_at": draft.next_at or scene.next_at,
    }


def _newest_before(scene: Scene, draft: Draft) -> int:
    """Return the update that a correction of an older version, which names none, is about."""
    earlier = [
        d.update_number
        for d in scene.ticket.of(Updates).released_updates()
        if d.update_number is not None and d.number != draft.number and d.kind is DraftKind.UPDATE
    ]
    return max(earlier, default=1)


@presents("resolution_customer", "resolution_partner")
def resolution(scene: Scene) -> Facts:
    """Return what was done and how to check it; no analysis is promised while Legal holds it."""
    draft, resolved = draft_of(scene), scene.ticket.of(Closure).resolution
    due_at = resolved.rca_due_at if resolved is not None else None
    return {
        **outward.common(scene),
        "done": released(draft, "done"),
        "how_to_check": released(draft, "check"),
        "rca_at": None if scene.cause_held_by else due_at,
    }


@presents("disregard")
def disregard(scene: Scene) -> Facts:
    """Return when the message that should not have been sent was sent."""
    sent = next(
        (t for t in scene.ticket.of(FixedTexts).fixed_texts if t.name == "acknowledgment"), None
    )
    at = (sent.taken_at or sent.sent_at) if sent is not None else scene.ticket.opened_at
    return {**outward.common(scene), "sent_at": at}


@presents("reminder")
def reminder(scene: Scene) -> Facts:
    """Return when they were told, and by when the contact comes back."""
    resolved = scene.ticket.of(Closure).resolution
    told_at = resolved.told_at if resolved is not None else None
    return {
        **outward.common(scene),
        "told_at": told_at or scene.ctx.now,
        "contact_by_at": reopens_at(scene) or _one_business_day(scene),
    }


@presents("reopened")
def reopened(scene: Scene) -> Facts:
    """Return by when the contact comes back: the promise that the re-opening made."""
    promise = scene.ticket.of(Promises).promise
    return {
        **outward.common(scene),
        "by_silence": bool(scene.params.get("by_silence")),
        "contact_by_at": promise.at if promise is not None else _one_business_day(scene),
    }


def _one_business_day(scene: Scene) -> datetime | None:
    calendar: BusinessCalendar = scene.ctx.calendar
    return calendar.due(scene.ctx.now, scene.ctx.policy.resolution.confirm_reminder)


@presents("confirmed")
def confirmed(scene: Scene) -> Facts:
    """Return who confirmed, and when."""
    resolved = scene.ticket.of(Closure).resolution
    at = resolved.confirmed_at if resolved is not None else None
    return {
        **outward.common(scene),
        "confirmed_by": outward.confirmed_by(scene),
        "confirmed_at": at or scene.ctx.now,
    }


@presents("vendor_notice")
def vendor_notice(scene: Scene) -> Facts:
    """Return whom the third party names its person to: no account, no amount, no matter."""
    lead = scene.helper("engineering-lead")
    who = lead.who if lead is not None else scene.contact
    key = who.key if who is not None else ""
    return {
        **outward.common(scene),
        "lead": outward.person(scene, who),
        "lead_phone": outward.phone(scene, key),
    }


@presents("closed_unconfirmed")
def closed_unconfirmed(scene: Scene) -> Facts:
    """Return the days on which the account could not be reached, in its own zone."""
    attempted = scene.params.get("attempted")
    instants = attempted if isinstance(attempted, tuple | list) else ()
    at = [datetime.fromisoformat(str(instant)) for instant in instants]
    return {**outward.common(scene), "dates": outward.days(scene, at)}
