"""Whether the impacted accounts are told."""

from __future__ import annotations

from protocols.ladder.events import StepKind, StepState
from protocols.ladder.state import Ladder
from templates.kit.scene import Scene


def outreach_released(scene: Scene) -> bool:
    """Say whether the notice to the impacted accounts is released. Source: S23."""
    step = scene.ticket.of(Ladder).step(StepKind.OUTREACH)
    return step is not None and step.state is StepState.DONE
