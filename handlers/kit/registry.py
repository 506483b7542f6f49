"""How Bolt calls the handlers; what nobody knows is answered too, last of all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from slack_bolt import App

from handlers.kit.doors import Doors
from handlers.kit.edge import Options, Press, SlackEvent, Submission
from handlers.kit.journey import (
    Handler,
    on_event,
    on_message_shortcut,
    on_options,
    on_press,
    on_shortcut,
    on_slash,
    on_submission,
)
from handlers.kit.ports import Desk, Desks, Glance
from handlers.kit.replies import NOTED, Answer
from protocols.kernel.refusals import OldButton

_ANY = re.compile(".*", re.DOTALL)


def register(app: App, desks: Desks, doors: Doors) -> None:
    """Have Bolt call the handlers behind some doors."""
    for name, slash in doors.slashes.items():
        app.command(f"/{desks.command_prefix}{name}")(on_slash(desks, slash))
    for name, handle in doors.shortcuts.items():
        app.global_shortcut(name)(on_shortcut(desks, handle))
    for name, marked in doors.message_shortcuts.items():
        app.message_shortcut(name)(on_message_shortcut(desks, marked))
    app.options(_ANY)(on_options(desks, _searched(doors.options)))
    app.action(_ANY)(on_press(desks, _pressed(doors.presses)))
    app.view(_ANY)(on_submission(desks, _submitted(doors.submissions)))
    app.view_closed(_ANY)(_closed)
    app.event(_ANY)(on_event(desks, _happened(doors.events)))


def _pressed(known: Mapping[str, Handler[Press]]) -> Handler[Press]:
    def press(desk: Desk, gesture: Press) -> Answer:
        return known.get(gesture.action, _unknown)(desk, gesture)

    return press


def _submitted(known: Mapping[str, Handler[Submission]]) -> Handler[Submission]:
    def submit(desk: Desk, gesture: Submission) -> Answer:
        return known.get(gesture.view.callback_id, _unknown)(desk, gesture)

    return submit


def _unknown(desk: Glance, gesture: Press | Submission) -> Answer:
    """Refuse what nobody knows: it is from another release.

    Raises:
        BeingUpdated: Its ticket is a newer process's, and so is the button.
        OldButton: Nobody knows the button.
    """
    found = desk.ticket(gesture.reference) if gesture.reference else None
    if found is not None:
        found.whole()
    raise OldButton()


def _searched(known: Mapping[str, Handler[Options]]) -> Handler[Options]:
    def search(desk: Desk, typed: Options) -> Answer:
        handle = known.get(typed.action)
        return {"options": []} if handle is None else handle(desk, typed)

    return search


def _happened(known: Mapping[str, Handler[SlackEvent]]) -> Handler[SlackEvent]:
    def happen(desk: Desk, event: SlackEvent) -> Answer:
        handle = known.get(event.kind)
        return NOTED if handle is None else handle(desk, event)

    return happen


def _closed(ack: Any) -> None:
    ack()
