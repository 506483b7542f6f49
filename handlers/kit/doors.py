"""What a subject listens to in Slack: its doors, each id with one handler.

A subject's file ends with its ``DOORS``; ``subjects`` puts them together, and nothing else is
needed to be listened to. An overflow menu's entry is a press under its own action.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass, field, fields
from typing import Any

from handlers.kit.acting import VerbHandler
from handlers.kit.edge import (
    MessageShortcut,
    Options,
    Press,
    Shortcut,
    SlackEvent,
    Slash,
    Submission,
)
from handlers.kit.journey import Handler
from handlers.kit.ports import Desk
from handlers.kit.replies import Answer
from templates.kit import actions

ListHandler = Callable[[Desk, Slash, str], Answer]
"""A verb of no ticket: the desk, the gesture, and what follows the verb."""


_NOT_PRESSED = {actions.MORE}
"""A menu's own action: the chosen entry's stands for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doors:
    """What is listened to, by the name with which it comes.

    Attributes:
        presses: Buttons, menu entries and live fields, by action.
        submissions: Forms, by callback_id.
        options: Searches in a select, by action.
        shortcuts: Global shortcuts, by callback_id.
        message_shortcuts: Shortcuts on a message, by callback_id.
        events: What happened in Slack, by its type.
        slashes: Commands, by name without the prefix.
        ticket_verbs: Verbs of ``/ticket`` that act on a ticket.
        list_verbs: Verbs of ``/ticket`` that name no ticket.
        bridge_verbs: Verbs of ``/bridge``.
    """

    presses: Mapping[str, Handler[Press]] = field(default_factory=dict)
    submissions: Mapping[str, Handler[Submission]] = field(default_factory=dict)
    options: Mapping[str, Handler[Options]] = field(default_factory=dict)
    shortcuts: Mapping[str, Handler[Shortcut]] = field(default_factory=dict)
    message_shortcuts: Mapping[str, Handler[MessageShortcut]] = field(default_factory=dict)
    events: Mapping[str, Handler[SlackEvent]] = field(default_factory=dict)
    slashes: Mapping[str, Handler[Slash]] = field(default_factory=dict)
    ticket_verbs: Mapping[str, VerbHandler] = field(default_factory=dict)
    list_verbs: Mapping[str, ListHandler] = field(default_factory=dict)
    bridge_verbs: Mapping[str, VerbHandler] = field(default_factory=dict)


def joined(subjects: Iterable[Doors]) -> Doors:
    """Return all doors together.

    Raises:
        ValueError: Two subjects listen to the same thing.
    """
    found = tuple(subjects)
    return Doors(**{each.name: _merged(each.name, found) for each in fields(Doors)})


def _merged(name: str, subjects: tuple[Doors, ...]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for doors in subjects:
        for key, handle in getattr(doors, name).items():
            if key in made:
                raise ValueError(f"{name} has {key!r} twice")
            made[key] = handle
    return made


def checked(doors: Doors, buttons: Set[str] | None = None, forms: Set[str] | None = None) -> Doors:
    """Return the doors, when every button and form has its handler and every handler its own.

    Args:
        doors: What is listened to.
        buttons: Every button that may be shown; those of ``templates`` unless given.
        forms: Every form that may be submitted, likewise.

    Raises:
        ValueError: It names what is answered by nobody, or shown by nobody.
    """
    pressed = actions.ACTIONS - actions.VIEWS - _NOT_PRESSED if buttons is None else buttons
    submitted = actions.VIEWS - actions.ONLY_READ if forms is None else forms
    wrong = {
        "buttons": {*doors.presses, *doors.options} ^ pressed,
        "forms": {*doors.submissions} ^ submitted,
    }
    if any(wrong.values()):
        told = "; ".join(f"{what}: {', '.join(sorted(ids))}" for what, ids in wrong.items() if ids)
        raise ValueError(f"without handler, or with a handler and nowhere shown: {told}")
    return doors
