"""Sentences of events: intake."""

from __future__ import annotations

from protocols.intake.events import NudgeTakenUp, NudgeTold, ReportHeard, ReportNotSaid
from templates.kit.scene import Scene
from templates.kit.sentences import says, silent

silent(ReportNotSaid, NudgeTakenUp, NudgeTold)


@says(ReportHeard)
def _heard(scene: Scene, event: ReportHeard) -> str:
    return f"{event.author.name} wrote it in the channel of {scene.account}{_how(event)}"


def _how(event: ReportHeard) -> str:
    """Return who of us asked for the ticket, or that nobody said no."""
    by = event.marked_by.name if event.marked_by is not None else ""
    if event.asked_at is None:
        return f", marked by {by}" if by else ""
    return f"; asked whether it is a report, {by or 'nobody'} " + (
        "opened the ticket" if by else "answered, and it opened by itself"
    )
