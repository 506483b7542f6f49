"""app.yaml declares what the handlers listen to, and the handlers listen to what it declares."""

from __future__ import annotations

from bot.slack import manifest
from handlers.slack.subjects import DOORS

DECLARED = manifest.declared(manifest.load())


def kind_of(event: str) -> str:
    """Return the type with which an event arrives; messages arrive as one, from any place."""
    return "message" if event.startswith("message.") else event


def test_every_declared_command_is_answered_and_every_answered_one_declared() -> None:
    assert {command.removeprefix("/") for command in DECLARED.commands} == set(DOORS.slashes)


def test_every_declared_shortcut_is_answered_and_every_answered_one_declared() -> None:
    answered = {*DOORS.shortcuts, *DOORS.message_shortcuts}
    assert answered == DECLARED.shortcuts


def test_global_and_message_shortcuts_are_declared_as_what_they_are() -> None:
    shortcuts = manifest.load()["features"]["shortcuts"]
    found = {kind: {s["callback_id"] for s in shortcuts if s["type"] == kind} for kind in KINDS}
    assert found == {kind: set(known) for kind, known in KINDS.items()}


KINDS = {"global": DOORS.shortcuts, "message": DOORS.message_shortcuts}


def test_every_declared_event_is_handled_and_every_handled_one_declared() -> None:
    assert {kind_of(event) for event in DECLARED.events} == set(DOORS.events)


def test_the_home_tab_is_offered_that_a_handler_publishes() -> None:
    assert manifest.load()["features"]["app_home"]["home_tab_enabled"] is True
    assert "app_home_opened" in DOORS.events


def test_the_usage_hints_name_only_verbs_that_there_are() -> None:
    ticket = {*DOORS.ticket_verbs, *DOORS.list_verbs}
    bridge = {*DOORS.bridge_verbs, "help"}
    known = {"/ticket": ticket, "/bridge": bridge, "/oncall": {"help"}, "/account": {"help"}}
    for command in manifest.load()["features"]["slash_commands"]:
        hints = command.get("usage_hint", "").split(" | ")
        verbs = {hint.split()[0] for hint in hints if hint and not hint.startswith("[")}
        assert verbs <= known[command["command"]], command["command"]
