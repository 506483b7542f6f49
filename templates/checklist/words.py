"""Ids of the button and the form, and sentences of events: what a signal asks for."""

from __future__ import annotations

from protocols.checklist.events import ActionSettled, ActionsReminded
from templates.kit.actions import action, form
from templates.kit.scene import Scene
from templates.kit.sentences import says

CHECKLIST_OPEN = action("checklist.open", "Checklist")
VIEW_CHECKLIST = form("checklist")


@says(ActionSettled, decided=True)
def _settled(_: Scene, event: ActionSettled) -> str:
    if event.waived:
        return f'{event.by.name}: not needed here, "{event.do}", because "{event.reason}"'
    return f'{event.by.name}: done, "{event.do}"'


@says(ActionsReminded)
def _reminded(_: Scene, event: ActionsReminded) -> str:
    names = ", ".join(who.name for who in event.to) or "nobody on duty"
    return f"not done of what the signal asks for: {'; '.join(event.undone)}; for {names}"
