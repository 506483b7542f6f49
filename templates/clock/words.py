"""Sentences of events: a due point that passed; what the steps of Tier 1 and 2 are called."""

from __future__ import annotations

from protocols.clock.events import DuePassed
from protocols.policy.desk_steps import DeskStepKind
from templates.kit.sentences import silent

silent(DuePassed)
STEP_NAMES = {
    DeskStepKind.ACKNOWLEDGE: "first reply",
    DeskStepKind.TRIAGE: "triage",
    DeskStepKind.ENGINEERING: "Engineering",
    DeskStepKind.UPDATE: "update",
    DeskStepKind.RESOLVE: "resolution",
}
"""The steps of Tier 1 and 2, as the ladder names them."""
