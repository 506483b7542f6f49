"""The facts of updates, and of what is asked of their writers. Source: words, 3."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from protocols.fixed_texts.rules import NO_CHANGE, in_a_row, on_its_way
from protocols.ladder.events import StepKind
from protocols.promises.state import Promises
from protocols.status import Status
from protocols.updates.events import DraftKind
from protocols.updates.released import released
from protocols.updates.state import Draft, Updates
from templates.kit import outward
from templates.kit.presenting import presents
from templates.kit.scene import Facts, Scene
from templates.kit.values import Value


@dataclass(frozen=True, slots=True)
class NextChoice(Value):
    """One offered time of the next update: a key (``in_60``), its minutes, its instant, why."""

    key: str
    span: str
    at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class SentUpdate(Value):
    """An update that the account has: its number, since when, and its words."""

    number: int
    at: datetime
    words: str


@presents("delivered_line")
def delivered_line(scene: Scene) -> Facts:
    """Return which update is with the account, and what it promises."""
    draft = draft_of(scene)
    return {
        **scene.common(),
        "number": draft.update_number or 0,
        "corrects": draft.corrects,
        "at": draft.delivered_at or scene.ctx.now,
        "next_update_at": draft.next_at or scene.next_at,
    }


def draft_of(scene: Scene) -> Draft:
    """Return the outward text that the effect is about.

    Raises:
        LookupError: The ticket has no such text.
    """
    draft = scene.ticket.of(Updates).draft(scene.number("draft"))
    if draft is None:
        raise LookupError(f"no text {scene.param('draft')} on {scene.ticket.reference}")
    return draft


@presents("update_customer", "update_partner", "status_page")
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
        "next_update_at": draft.next_at or _stands(scene, draft),
        "promised_at": _missed(scene, draft, at),
        "since_at": scene.ticket.opened_at,
    }


def _stands(scene: Scene, draft: Draft) -> datetime | None:
    """Return the time that stands where a text of before names none: to the public, none else."""
    return scene.hears_at if draft.kind is DraftKind.STATUS_PAGE else scene.next_at


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


@presents("prompt_first_update", "prompt_update")
def prompt_update(scene: Scene) -> Facts:
    """Return the promise that comes near, and whether one press is enough."""
    number, policy = scene.number("promise"), scene.ctx.policy.update
    promise = next((p for p in scene.ticket.of(Promises).promises if p.number == number), None)
    due_at = promise.at if promise is not None else scene.next_at
    repeated = in_a_row(scene.ticket, NO_CHANGE)
    return {
        **scene.common(),
        "due_at": due_at,
        "minutes": max(0, int((due_at - scene.ctx.now).total_seconds() // 60)),
        "review_at": due_at - policy.review_before,
        "can_no_change": scene.last_update is not None and repeated < policy.no_change_in_a_row,
    }


@presents("overdue_update")
def overdue_update(scene: Scene) -> Facts:
    """Return which time has passed, the draft that waits, and what they were told. D21, D41."""
    step = scene.owed(StepKind.FIRST_UPDATE)
    due_at, told_by = datetime.fromisoformat(scene.param("due")), scene.param("told_by")
    if step is not None and not told_by:
        due_at = min(step.due_at, due_at)
    draft = scene.waiting
    return {
        **scene.common(),
        "can_hold": scene.can_hold,
        "due_at": due_at,
        "draft_number": draft.number if draft is not None else None,
        "told_by": scene.name(told_by) if told_by else "",
        "stands_until": _stands_until(scene),
        "is_on_its_way": on_its_way(scene.ticket),
        "in_error": scene.ticket.status is Status.OPENED_IN_ERROR,
    }


def _stands_until(scene: Scene) -> datetime | None:
    """Return the time to come that the account is promised; None when none stands."""
    promise = scene.ticket.of(Promises).promise
    return promise.at if promise is not None and promise.at > scene.ctx.now else None
