"""Sentences of events: intake."""

from __future__ import annotations

from protocols.intake.events import ReportHeard, ReportNotSaid
from templates.kit.scene import Scene
from templates.kit.sentences import says, silent

silent(ReportNotSaid)


@says(ReportHeard)
def _heard(scene: Scene, event: ReportHeard) -> str:
    marked = f", marked by {event.marked_by.name}" if event.marked_by is not None else ""
    return f"{event.author.name} wrote it in the channel of {scene.account}{marked}"
