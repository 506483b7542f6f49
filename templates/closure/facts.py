"""The facts of what is said when a ticket ends or begins again."""

from __future__ import annotations

from datetime import datetime

from protocols.account.outbound import newest_acknowledgment
from protocols.closure.causes import causes_of
from protocols.closure.dues import reminded_at
from protocols.closure.rating import STARS
from protocols.closure.state import Closure
from protocols.closure.telling import Telling, telling, words_of
from protocols.kernel.context import Context
from protocols.promises.state import Promises
from protocols.routing.teams import slug
from protocols.ticket import Ticket
from protocols.time.calendar import BusinessCalendar
from protocols.updates.released import released
from templates.kit import outward
from templates.kit.presenting import presents
from templates.kit.scene import Facts, Scene
from templates.routing.categories import ChoiceLine
from templates.updates.facts import draft_of


@presents("in_error_line")
def in_error_line(scene: Scene) -> Facts:
    """Return who closed the ticket as opened in error, and why."""
    by = scene.name(scene.param("by"))
    return {**scene.common(), "person": by, "reason": scene.ticket.of(Closure).error_reason}


def confirm_reminder_at(scene: Scene) -> datetime | None:
    """Return when the account is asked again, None when it was."""
    resolution = scene.ticket.of(Closure).resolution
    if resolution is None or resolution.told_at is None or resolution.reminded_at is not None:
        return None
    return reminded_at(scene.ticket, resolution.told_at, scene.ctx.policy, scene.ctx.calendar)


def reopens_at(scene: Scene) -> datetime | None:
    """Return when silence opens the ticket again, None before the account was told."""
    resolution = scene.ticket.of(Closure).resolution
    if resolution is None or resolution.told_at is None:
        return None
    return scene.ctx.calendar.due(resolution.told_at, scene.ctx.policy.resolution.reopen_after)


def wrote_at(scene: Scene) -> datetime | None:
    """Return when the account last wrote since it was asked, None when it has been silent."""
    resolution = scene.ticket.of(Closure).resolution
    return resolution.wrote_at if resolution is not None else None


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


def resolving_facts(ticket: Ticket, ctx: Context, *, anew: bool) -> Facts:
    """Return the causes that the form *Resolve* lists; words written anew have theirs."""
    causes = () if anew else _causes(ticket, ctx)
    return {"causes": causes, "has_bridge": ticket.tier.has_bridge}


def cause_facts(ticket: Ticket, ctx: Context) -> Facts:
    """Return which causes a resolved ticket may have, and which is on record."""
    resolution = ticket.of(Closure).resolution
    return {
        "ref": ticket.reference,
        "cause": resolution.cause if resolution is not None else "",
        "causes": _causes(ticket, ctx),
    }


def _causes(ticket: Ticket, ctx: Context) -> tuple[ChoiceLine, ...]:
    return tuple(ChoiceLine(slug(one), one) for one in causes_of(ticket, ctx.policy))


@presents("disregard")
def disregard(scene: Scene) -> Facts:
    """Return when the message that should not have been sent was sent."""
    sent = newest_acknowledgment(scene.ticket)
    at = (sent.taken_at or sent.sent_at) if sent is not None else scene.ticket.opened_at
    return {**outward.common(scene), "sent_at": at}


@presents("ask_again")
def ask_again(scene: Scene) -> Facts:
    """Return when they were told what was done, and when they last wrote since."""
    resolved = scene.ticket.of(Closure).resolution
    told_at = resolved.told_at if resolved is not None else None
    wrote = {"wrote_at": wrote_at(scene)}
    return {**outward.common(scene), "told_at": told_at or scene.ctx.now, **wrote}


@presents("reminder")
def reminder(scene: Scene) -> Facts:
    """Return when they were told, and by when the contact comes back."""
    resolved = scene.ticket.of(Closure).resolution
    told_at = resolved.told_at if resolved is not None else None
    return {
        **outward.common(scene),
        "told_at": told_at or scene.ctx.now,
        "contact_by_at": reopens_at(scene) or _one_business_day(scene),
        "wrote_at": wrote_at(scene),
    }


@presents("reopened")
def reopened(scene: Scene) -> Facts:
    """Return by when the contact comes back: the promise that the re-opening made."""
    promise = scene.ticket.of(Promises).promise
    return {
        **outward.common(scene),
        "by_silence": bool(scene.params.get("by_silence")),
        "wrote_at": wrote_at(scene),
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
        "confirmed_words": outward.confirmed_words(scene),
        "confirmed_at": at or scene.ctx.now,
        "can_rate": resolved is not None and not resolved.stars,
        "figures": tuple(STARS),
    }


@presents("rated")
def rated(scene: Scene) -> Facts:
    """Return how the account rated it."""
    return {**outward.common(scene), "stars": scene.number("stars")}


@presents("closed_unconfirmed")
def closed_unconfirmed(scene: Scene) -> Facts:
    """Return the days on which the account could not be reached, in its own zone."""
    attempted = scene.params.get("attempted")
    instants = attempted if isinstance(attempted, tuple | list) else ()
    at = [datetime.fromisoformat(str(instant)) for instant in instants]
    return {**outward.common(scene), "dates": outward.days(scene, at)}


@presents("solved_answered")
def question_answered(scene: Scene) -> Facts:
    """Return what became of the question whether it is solved, and when."""
    common = outward.common(scene)
    return {
        **common,
        "page_url": common["follow_url"] if scene.params.get("can_follow") else None,
        "is_solved": scene.param("answer") == "solved",
        "is_open": scene.ticket.is_live,
        "answered_at": scene.params.get("answered_at"),
        "can_block": bool(scene.params.get("can_block")),
    }


@presents("reopened_inside")
def reopened_inside(scene: Scene) -> Facts:
    """Return who opened the ticket again and why, and by when the account hears of it."""
    promise = scene.ticket.of(Promises).promise
    return {
        **scene.common(),
        "by": scene.param("by"),
        "reason": scene.param("reason"),
        "by_silence": bool(scene.params.get("by_silence")),
        "hears_at": promise.at if promise is not None else None,
        "times": scene.ticket.of(Closure).reopened_by_account,
        "escalated": bool(scene.params.get("escalated")),
        "wrote_at": wrote_at(scene),
    }


@presents("ended_duplicate", "ended_no_problem")
def ended(scene: Scene) -> Facts:
    """Return which other ticket is the same matter, if one is named."""
    return {**outward.common(scene), "other": outward.other_ticket(scene)}


@presents("prompt_call_end")
def prompt_call_end(scene: Scene) -> Facts:
    """Return whom to call about a ticket that was opened by mistake."""
    return {
        **scene.common(),
        "phone": scene.account_phone,
        "other": scene.ticket.of(Closure).duplicate_of,
    }


@presents("prompt_ask_again")
def prompt_ask_again(scene: Scene) -> Facts:
    """Return whom to call and ask, and since when they were told."""
    resolved = scene.ticket.of(Closure).resolution
    told_at = resolved.told_at if resolved is not None else None
    return {**scene.common(), "phone": scene.account_phone, "told_at": told_at or scene.ctx.now}


@presents("untold")
def untold(scene: Scene) -> Facts:
    """Return since when a ticket is resolved, and why its account was not told."""
    resolved, draft = scene.ticket.of(Closure).resolution, words_of(scene.ticket)
    return {
        **scene.common(),
        "resolved_at": resolved.at if resolved is not None else scene.ctx.now,
        "by_phone": telling(scene.ticket) is Telling.BY_PHONE,
        "draft_number": draft.number if draft is not None else None,
        "why": draft.sent_back_why if draft is not None else "",
    }
