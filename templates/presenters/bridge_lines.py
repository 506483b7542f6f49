"""This file owns the facts of one-line bridge messages, alarms and the topic.

Source: words, 4.7.
"""

from __future__ import annotations

from datetime import datetime

from protocols.people import Role
from protocols.slices import Closure, Ladder, Road
from protocols.ticket import Step, StepKind
from protocols.ticket_parts import BridgeState
from templates.presenters import progress
from templates.presenters.for_account import draft_of
from templates.presenters.registry import presents
from templates.presenters.scene import Facts, Scene


def _step(scene: Scene) -> Step:
    kind, run = StepKind(scene.param("step")), scene.number("run")
    return next(
        step for step in scene.ticket.of(Ladder).steps if step.kind is kind and step.run == run
    )


@presents("late_line")
def late_line(scene: Scene) -> Facts:
    """Return which step is late, and who has it."""
    step = _step(scene)
    return {
        **scene.common(),
        "step_kind": step.kind.value,
        "due_at": step.due_at,
        "owner": progress.owner(scene, step.kind) or "The bot",
    }


@presents("late_manager")
def late_manager(scene: Scene) -> Facts:
    """Return what the late step misses, and who is there."""
    step, draft = _step(scene), scene.waiting
    return {
        **scene.common(),
        "late_step": step.kind.value,
        "due_at": step.due_at,
        "missing": _missing(scene, step.kind),
        "present": ", ".join(who.name for who in scene.here),
        "draft_since": draft.review_since if draft is not None else None,
    }


def _missing(scene: Scene, kind: StepKind) -> str:
    if kind is not StepKind.CALL_RUNNING:
        return progress.missing(scene, kind)
    absent = [
        progress.missing(scene, other)
        for other in (StepKind.LEADS_HERE, StepKind.ROLES_TAKEN)
        if scene.ticket.of(Ladder).owes(other)
    ]
    return ", ".join(part for part in ("the call (nobody pressed Call started)", *absent) if part)


@presents("role_line")
def role_line(scene: Scene) -> Facts:
    """Return who has which role."""
    by = scene.name(scene.param("by"))
    return {**scene.common(), "person": by, "role": Role(scene.param("role")).label}


@presents("poc_line")
def poc_line(scene: Scene) -> Facts:
    """Return who is the one contact now."""
    return {**scene.common(), "person": scene.name(scene.param("by"))}


@presents("question_line")
def question_line(scene: Scene) -> Facts:
    """Return who asks what."""
    by = scene.name(scene.param("by"))
    return {**scene.common(), "person": by, "question": scene.param("question")}


@presents("tier_line")
def tier_line(scene: Scene) -> Facts:
    """Return the change of tier, by whom and why, and who agreed to it."""
    agreed_by = scene.param("agreed_by")
    return {
        **scene.common(),
        "before": scene.number("before"),
        "after": scene.number("after"),
        "person": scene.name(scene.param("by")),
        "agreed_by": scene.name(agreed_by) if agreed_by else "",
        "reason": scene.param("reason"),
    }


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


@presents("reply_line", "outside_wrote")
def reply_line(scene: Scene) -> Facts:
    """Return where and when the account wrote, or someone who does not stand for it."""
    route, channel_id = scene.ticket.of(Road).route, scene.param("channel_id")
    own = route.channel_name if channel_id == route.channel_id else ""
    return {
        **scene.common(),
        "channel_id": channel_id,
        "channel_name": own,
        "at": datetime.fromisoformat(scene.param("wrote_at")),
        "link": scene.param("link"),
        "author": scene.param("author"),
    }


@presents("outsider_here")
def outsider_here(scene: Scene) -> Facts:
    """Return who from outside is in the bridge."""
    bridge = scene.ticket.of(BridgeState)
    return {
        **scene.common(),
        "person": scene.param("who"),
        "channel_id": bridge.channel_id,
        "channel_name": bridge.channel_name,
    }


@presents("security_route")
def security_route(scene: Scene) -> Facts:
    """Return who at the account hears of a security matter, and by which road."""
    return {
        **scene.common(),
        "security_to": scene.mailed_to,
        "no_route": scene.has_no_route,
        "has_channel": bool(scene.ticket.of(Road).thread_channel),
    }


@presents("in_error_line")
def in_error_line(scene: Scene) -> Facts:
    """Return who closed the ticket as opened in error, and why."""
    by = scene.name(scene.param("by"))
    return {**scene.common(), "person": by, "reason": scene.ticket.of(Closure).error_reason}


@presents("topic")
def topic(scene: Scene) -> Facts:
    """Return tier and contact: never a word of the summary."""
    return scene.common()


@presents("topic_tier4")
def topic_tier4(scene: Scene) -> Facts:
    """Return who commands."""
    holder = scene.holder(Role.COMMANDER)
    return {**scene.common(), "commander": holder.name if holder is not None else ""}


@presents("rca_reminder")
def rca_reminder(scene: Scene) -> Facts:
    """Return when the written analysis is due, and whether that has passed."""
    resolution = scene.ticket.of(Closure).resolution
    due_at = resolution.rca_due_at if resolution is not None else None
    state = "late" if scene.params.get("late") else "due"
    return {**scene.common(), "due_at": due_at or scene.ctx.now, "state": state}


@presents("bridge_shared")
def bridge_shared(scene: Scene) -> Facts:
    """Return which channel is no longer inside."""
    bridge = scene.ticket.of(BridgeState)
    return {
        **scene.common(),
        "channel_id": bridge.channel_id,
        "channel_name": bridge.channel_name,
        "at": bridge.shared_at or scene.ctx.now,
    }


@presents("number_masked")
def number_masked(scene: Scene) -> Facts:
    """Return what kind of number was typed, by whom, and its last digits: never the number."""
    return {
        **scene.common(),
        "kind": scene.param("kind"),
        "ending": scene.param("ending"),
        "person": scene.name(scene.param("by")),
    }
