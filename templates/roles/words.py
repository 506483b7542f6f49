"""Ids of buttons and forms, and sentences of events: roles."""

from __future__ import annotations

from protocols.roles.events import RoleAsked, RoleDeclined, RoleLapsed, RoleTaken, RotaExhausted
from templates.kit.actions import action
from templates.kit.scene import Scene
from templates.kit.sentences import says, simply

ROLE_TAKE = action("role.take")
ROLE_ACCEPT = action("role.accept")
ROLE_DECLINE = action("role.decline")


@says(RoleTaken, decided=True)
def _role_taken(_: Scene, event: RoleTaken) -> str:
    after = f", after {event.before.name}" if event.before is not None else ""
    return f"{event.by.name} took {event.role.label}{after}"


simply(RoleAsked, lambda _, e: f"{e.person.name} was asked to be {e.role.label}")
simply(RoleDeclined, lambda _, e: f"{e.person.name} cannot be {e.role.label}")
simply(RoleLapsed, lambda _, e: f"{e.person.name} did not answer: {e.role.label}")
simply(RotaExhausted, lambda _, e: f"nobody on the rota took {e.role.label}")
