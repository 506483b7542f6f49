"""Ids of buttons and forms, and sentences of events: investigation."""

from __future__ import annotations

from protocols.investigation.events import ExposureConfirmed, FindingRecorded, ScopeConfirmed
from templates.kit.actions import action, form
from templates.kit.scene import Scene
from templates.kit.sentences import says, simply

SCOPE_OPEN = action("scope.open", "Scope confirmed")
FINDING_OPEN = action("finding.open", "Record finding")
ISOLATED_OPEN = action("isolated.open", "Isolated")
ISOLATED_NOT_POSSIBLE = action("isolated.not_possible")
EXPOSURE_OPEN = action("exposure.open", "Confirm exposure")
VIEW_SCOPE = form("scope")
VIEW_FINDING = form("finding")
VIEW_ISOLATED = form("isolated")
VIEW_NOT_POSSIBLE = form("not_possible")
VIEW_EXPOSURE = form("exposure")


@says(FindingRecorded)
def _finding(_: Scene, event: FindingRecorded) -> str:
    counted = (
        (event.records_count, "records"),
        (event.accounts_count, "accounts"),
    )
    counts = ", ".join(f"{count} {what}" for count, what in counted if count is not None)
    return f'{event.by.name} recorded finding {event.number}: "{event.text}"' + (
        f" ({counts})" if counts else ""
    )


simply(
    ScopeConfirmed,
    lambda _, e: f'{e.by.name} confirmed the scope: "{e.accounts}, since {e.since}, {e.how}"',
    decided=True,
)
simply(
    ExposureConfirmed, lambda _, e: f"{e.by.name} confirmed the financial exposure", decided=True
)
