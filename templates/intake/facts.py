"""The facts of the one line that says that a report was heard. Source: words.md 11.1; M16."""

from __future__ import annotations

from datetime import datetime, timedelta

from protocols.intake.state import HeardReport
from protocols.ladder.measures import answered_at
from protocols.time.targets import Measure
from templates.clock.facts import earliest
from templates.kit import outward
from templates.kit.presenting import presents
from templates.kit.scene import Facts, Scene

_FIRST_MOMENT = timedelta(seconds=1)


@presents("heard")
def heard(scene: Scene) -> Facts:
    """Return who has it, by when they hear, and when the desk opens where it is closed."""
    ctx, ticket = scene.ctx, scene.ticket
    report = ticket.of(HeardReport)
    has_it = ticket.poc or report.colleague
    reply_at = _reply_at(scene)
    on_duty = None if ctx.calendar.is_open(ctx.now) else ctx.first_on_duty("csm")
    return {
        **outward.common(scene),
        "team": outward.team(scene),
        "has_it": outward.someone(scene, has_it),
        "reply_at": reply_at,
        "next_open_at": _opens(scene, reply_at),
        "phone": outward.phone(scene, on_duty.key) if on_duty is not None else "",
    }


def _reply_at(scene: Scene) -> datetime | None:
    """Return by when a person answers; None where one has."""
    if answered_at(scene.ticket) is not None:
        return None
    return earliest(scene, Measure.REPLY).due_at


def _opens(scene: Scene, reply_at: datetime | None) -> datetime | None:
    """Return when the desk opens; None while it is open, and where a person answers before."""
    ctx = scene.ctx
    if ctx.calendar.is_open(ctx.now):
        return None
    at: datetime = ctx.calendar.add(ctx.now, _FIRST_MOMENT) - _FIRST_MOMENT
    return at if reply_at is None or at <= reply_at else None
