"""The facts of the word that an analysis is due."""

from __future__ import annotations

from protocols.analysis.rules import is_owed
from protocols.closure.state import Closure
from templates.kit.presenting import presents
from templates.kit.scene import Facts, Scene


@presents("rca_reminder")
def rca_reminder(scene: Scene) -> Facts:
    """Return when the written analysis is due, and whether that has passed."""
    resolution = scene.ticket.of(Closure).resolution
    due_at = resolution.rca_due_at if resolution is not None else None
    state = "late" if scene.params.get("late") else "due"
    return {**scene.common(), "due_at": due_at or scene.ctx.now, "state": state}


def owed_analysis(scene: Scene) -> Facts:
    """Return by when a written analysis is owed and by whom, for whatever shows the ticket. D33."""
    resolution = scene.ticket.of(Closure).resolution
    due_at = resolution.rca_due_at if resolution is not None and is_owed(scene.ticket) else None
    return {
        "rca_at": due_at,
        "rca_late": due_at is not None and due_at <= scene.ctx.now,
        "rca_owner": scene.contact_name,
    }
