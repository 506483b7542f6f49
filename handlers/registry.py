"""This file owns the list of everything that Slack may send us, and who handles it.

Every journey's module offers tables, and nothing else is needed to be listened to:

* ``PRESSES``: ``{templates.actions.ROLE_TAKE: take_role, ...}``, buttons, menu entries and live
  fields, ``Handler[Press]``. An entry of an overflow menu comes here under its own action.
* ``SUBMISSIONS``: ``{templates.actions.VIEW_SCOPE: submit_scope, ...}``, ``Handler[Submission]``.
* ``MESSAGE_SHORTCUTS``, ``SHORTCUTS``, ``OPTIONS``: the same by callback_id and action.
* ``EVENTS``: ``{"member_joined_channel": joined, ...}``, ``Handler[Event]``.
* ``TICKET_VERBS``: ``{"tier": change, ...}``, verbs of ``/ticket`` that act on a ticket:
  ``(desk, slash, ticket, rest) -> Answer``, see ``ticket_command.VerbHandler``.
* ``SLASHES``: ``{"bridge": bridge, ...}``, ``Handler[Slash]``, by name without the prefix.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

from slack_bolt import App

from handlers import edge
from handlers.desk import Desk
from handlers.edge import Press, Submission
from handlers.journey import (
    Handler,
    on_event,
    on_message_shortcut,
    on_options,
    on_press,
    on_shortcut,
    on_slash,
    on_submission,
)
from handlers.replies import NOTED, Answer
from protocols.refusals import OldButton

_JOURNEYS = (
    # Opening and reading.
    "ticket_command",
    "open_ticket",
    "read_ticket",
    "mistake",
    "oncall",
    "timeline_shortcuts",
    # On a ticket that is open.
    "bridge_command",
    "bridge",
    "roles",
    "investigate",
    "holds",
    "updates",
    "fixed_texts",
    "tiers",
    "resolve",
    "executives",
    "account_side",
    "slack_events",
)

_ANY = re.compile(".*", re.DOTALL)


@cache
def journeys() -> tuple[ModuleType, ...]:
    """Return the modules of all journeys."""
    return tuple(import_module(f"handlers.{name}") for name in _JOURNEYS)


@cache
def table(name: str) -> Mapping[str, Handler[Any]]:
    """Return one table of all journeys together.

    Raises:
        ValueError: Two journeys listen to the same thing.
    """
    made: dict[str, Handler[Any]] = {}
    for module in journeys():
        for key, handle in getattr(module, name, {}).items():
            if key in made:
                raise ValueError(f"{name} has {key!r} twice, again in {module.__name__}")
            made[key] = handle
    return made


def listened_actions() -> frozenset[str]:
    """Return every action that a handler answers."""
    return frozenset(table("PRESSES")) | frozenset(table("OPTIONS"))


def listened_views() -> frozenset[str]:
    """Return every modal whose submission a handler answers."""
    return frozenset(table("SUBMISSIONS"))


def register_all(app: App, desk: Desk) -> None:
    """Have Bolt call the handlers; what nobody knows is answered too, last of all.

    Args:
        app: The Bolt App, made with ``process_before_response=True``.
        desk: What the handlers may ask of the rest of the program.
    """
    for name, slash in table("SLASHES").items():
        app.command(f"/{desk.command_prefix}{name}")(on_slash(desk, slash))
    for name, handle in table("SHORTCUTS").items():
        app.global_shortcut(name)(on_shortcut(desk, handle))
    for name, handle in table("MESSAGE_SHORTCUTS").items():
        app.message_shortcut(name)(on_message_shortcut(desk, handle))
    app.options(_ANY)(on_options(desk, _search))
    app.action(_ANY)(on_press(desk, _pressed))
    app.view(_ANY)(on_submission(desk, _submitted))
    app.view_closed(_ANY)(_closed)
    app.event(_ANY)(on_event(desk, _happened))


def _pressed(desk: Desk, press: Press) -> Answer:
    """Hand a press to its journey; a button nobody knows is from another release.

    Raises:
        BeingUpdated: Its ticket is a newer process's, and so is the button.
        OldButton: Nobody knows the button.
    """
    handle = table("PRESSES").get(press.action)
    if handle is None:
        raise _unknown(desk, press.reference)
    return handle(desk, press)


def _submitted(desk: Desk, submission: Submission) -> Answer:
    handle = table("SUBMISSIONS").get(submission.view.callback_id)
    if handle is None:
        raise _unknown(desk, submission.reference)
    return handle(desk, submission)


def _unknown(desk: Desk, reference: str) -> OldButton:
    """Return the refusal of what nobody knows; reading a newer process's ticket refuses itself."""
    if reference:
        desk.ticket(reference)
    return OldButton()


def _search(desk: Desk, typed: edge.Options) -> Answer:
    handle = table("OPTIONS").get(typed.action)
    return {"options": []} if handle is None else handle(desk, typed)


def _happened(desk: Desk, event: edge.SlackEvent) -> Answer:
    handle = table("EVENTS").get(event.kind)
    return NOTED if handle is None else handle(desk, event)


def _closed(ack: Any) -> None:
    ack()
