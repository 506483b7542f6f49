"""Ids of the button and the form, and sentences of events: what a signal asks for."""

from __future__ import annotations

from protocols.checklist.events import (
    ActionSettled,
    ActionsReminded,
    SampleCame,
    SyncCheckAsked,
    SyncChecked,
    SyncCheckSet,
    WindowBegan,
    WindowEnded,
    WindowGiven,
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
    if event.where:
        return f'{event.by.name}: done, "{event.do}"; they say it is at "{event.where}"'
    where = f", at {event.link}" if event.link else ""
    return f'{event.by.name}: done, "{event.do}"{where}'


simply(
    SampleCame,
    lambda _, e: f"{e.author} sent {e.files} {'file' if e.files == 1 else 'files'}: sample data",
)


@says(ActionsReminded)
def _reminded(_: Scene, event: ActionsReminded) -> str:
    names = ", ".join(who.name for who in event.to) or "nobody on duty"
    return f"not done of what the signal asks for: {'; '.join(event.undone)}; for {names}"


@says(SyncCheckAsked)
def _asked(_: Scene, event: SyncCheckAsked) -> str:
    names = ", ".join(who.name for who in event.to)
    return (
        f"{names} {'was' if len(event.to) == 1 else 'were'} asked whether the sync has passed"
        if names
        else "nobody could be asked whether the sync has passed"
    )


simply(
    WindowGiven,
    lambda s, e: (
        f"{e.by.name}: {e.person.name} is there for {s.account} from {utc_full(e.from_at)}"
        f" to {utc_full(e.to_at)}"
    ),
    decided=True,
)
simply(WindowBegan, lambda s, _: f"the support window of {s.account} begins")
simply(WindowEnded, lambda s, _: f"the support window of {s.account} is over")
