"""Ids of buttons and forms, and sentences of events: analysis."""

from __future__ import annotations

from protocols.analysis.events import RcaDelivered, RcaReminded
from templates.kit.actions import action, form
from templates.kit.scene import Scene
from templates.kit.sentences import says, simply

ANALYSIS_OPEN = action("analysis.open")
VIEW_ANALYSIS = form("analysis")


@says(RcaReminded)
def _rca_reminded(_: Scene, event: RcaReminded) -> str:
    return "the written analysis is late" if event.late else "the written analysis was asked for"


simply(RcaDelivered, lambda _, e: f"{e.by.name} delivered the written analysis")
