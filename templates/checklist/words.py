"""Ids of the button and the form, and sentences of events: what a signal asks for."""

from __future__ import annotations

from protocols.checklist.events import (
    ActionSettled,
    ActionsReminded,
    SyncCheckAsked,
    SyncChecked,
    SyncCheckSet,
)
from templates.kit.actions import action, form
from templates.kit.scene import Scene
from templates.kit.sentences import says, simply
from templates.kit.when import utc_full

CHECKLIST_OPEN = action("checklist.open", "Checklist")
CHECKLIST_SAMPLE = action("checklist.sample", "Ask for it")
SYNC_PASSED = action("sync.passed", "Passed")
SYNC_FAILED = action("sync.failed", "Failed")
VIEW_CHECKLIST = form("checklist")

simply(
    SyncCheckSet,
    lambda _, e: f"{e.by.name} set a checkpoint for the sync at {utc_full(e.check_at)}",
    decided=True,
)
simply(
    SyncChecked,
    lambda _, e: f"{e.by.name}: the sync has {'passed' if e.passed else 'failed'}",
    decided=True,
)


@says(ActionSettled, decided=True)
def _settled(_: Scene, event: ActionSettled) -> str:
    if event.waived:
        return f'{event.by.name}: not needed here, "{event.do}", because "{event.reason}"'
    where = f", at {event.link}" if event.link else ""
    return f'{event.by.name}: done, "{event.do}"{where}'


@says(ActionsReminded)
def _reminded(_: Scene, event: ActionsReminded) -> str:
    names = ", ".join(who.name for who in event.to) or "nobody on duty"
    return f"not done of what the signal asks for: {'; '.join(event.undone)}; for {names}"


@says(SyncCheckAsked)
def _asked(_: Scene, event: SyncCheckAsked) -> str:
    names = ", ".join(who.name for who in event.to)
    return (
        f"{names} was asked whether the sync has passed"
        if names
        else "nobody could be asked whether the sync has passed"
    )
