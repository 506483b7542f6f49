"""The ids of the buttons by which somebody says whether a message is a report."""

from __future__ import annotations

from protocols.nudges.events import (
    NudgeAnswered,
    NudgeAsked,
    NudgeHeardMore,
    NudgeLapsed,
    NudgeNotShown,
    NudgePassedOn,
    NudgeReworded,
    NudgeSettled,
    NudgeWithdrawn,
)
from templates.kit.actions import action
from templates.kit.sentences import silent

NUDGE_OPEN = action("nudge.open")
NUDGE_DECLINE = action("nudge.decline")

# A question has no timeline of its own: where a ticket opens from it, its record says so.
silent(
    NudgeAsked,
    NudgeHeardMore,
    NudgeReworded,
    NudgeAnswered,
    NudgeLapsed,
    NudgeWithdrawn,
    NudgeSettled,
    NudgeNotShown,
    NudgePassedOn,
)
