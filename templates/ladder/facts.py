"""The facts of what is said of a late step. Source: words, 4.7."""

from __future__ import annotations

from protocols.ladder.events import Step, StepKind
from protocols.ladder.state import Ladder
from templates.kit.presenting import presents
from templates.kit.scene import Facts, Scene
from templates.ladder import progress


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
