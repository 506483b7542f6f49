"""Everything Slack can send has a listener, and what nobody knows is answered too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from slack_bolt import BoltResponse

import templates
from handlers.kit import edge
from handlers.kit.doors import Doors, checked, joined
from handlers.kit.journey import on_event
from handlers.kit.ports import NotSaved
from handlers.kit.replies import NOTED, Answer
from handlers.slack.subjects import DOORS
from templates.investigation.words import VIEW_SCOPE
from templates.kit import actions
from templates.roles.words import ROLE_TAKE
from tests.kit.errors import ErrorLines
from tests.unit.handlers.desk_in_memory import ROOT, InMemoryDesk
from tests.unit.handlers.slack_side import Slack


def manifest() -> dict[str, object]:
    loaded: dict[str, object] = yaml.safe_load((ROOT / "app.yaml").read_text(encoding="utf-8"))
    return loaded


def templates_with(pattern: str) -> Iterator[str]:
    """Give every first group of a pattern in the templates."""
    for path in Path(str(templates.__file__)).parent.rglob("*.j2"):
        yield from re.findall(pattern, path.read_text(encoding="utf-8"))


def noted(_desk: object, _gesture: object) -> Answer:
    return NOTED


def test_a_button_without_a_handler_fails_when_the_program_starts() -> None:
    with pytest.raises(ValueError, match=r"buttons: role\.take"):
        checked(Doors(), frozenset({ROLE_TAKE}), frozenset())


def test_a_form_without_a_handler_fails_when_the_program_starts() -> None:
    with pytest.raises(ValueError, match="forms: scope"):
        checked(Doors(), frozenset(), frozenset({VIEW_SCOPE}))


def test_a_handler_of_what_is_shown_nowhere_fails_when_the_program_starts() -> None:
    with pytest.raises(ValueError, match="buttons: gone"):
        checked(Doors(presses={"gone": noted}), frozenset(), frozenset())


def test_two_subjects_that_listen_to_one_thing_fail_when_the_program_starts() -> None:
    doors = Doors(presses={ROLE_TAKE: noted})
    with pytest.raises(ValueError, match=r"presses has 'role\.take' twice"):
        joined((doors, doors))


def test_every_button_and_form_of_today_has_its_handler() -> None:
    assert checked(DOORS) is DOORS


def test_every_button_of_the_templates_is_one_of_the_list() -> None:
    used = {actions.base(found) for found in templates_with(r"\]\(([a-z_]+\.[a-z_]+)")}
    assert used <= actions.ACTIONS


def test_every_command_and_shortcut_of_the_manifest_has_a_listener() -> None:
    features = manifest()["features"]
    assert isinstance(features, dict)
    commands = {entry["command"].lstrip("/") for entry in features["slash_commands"]}
    assert commands == set(DOORS.slashes)
    shortcuts = {(entry["type"], entry["callback_id"]) for entry in features["shortcuts"]}
    made = {("global", name) for name in DOORS.shortcuts}
    made |= {("message", name) for name in DOORS.message_shortcuts}
    assert shortcuts == made


def test_a_form_nobody_knows_is_answered_under_its_first_field() -> None:
    slack = Slack(InMemoryDesk())
    view = {
        "type": "modal", "id": "V1", "callback_id": "gone", "hash": "1",
        "blocks": [{"type": "input", "block_id": "a", "element": {"action_id": "x"}}],
        "state": {"values": {}},
    }  # fmt: skip
    answer = slack.send({"type": "view_submission", "user": {"id": "U1"}, "view": view,
                         "team": {"id": "T0VENDOR"}})  # fmt: skip
    assert "earlier state" in answer.errors["a"]


def test_a_form_that_was_closed_is_acknowledged() -> None:
    slack = Slack(InMemoryDesk())
    view = {"type": "modal", "id": "V1", "callback_id": "note", "blocks": []}
    answer = slack.send({"type": "view_closed", "user": {"id": "U1"}, "view": view,
                         "team": {"id": "T0VENDOR"}})  # fmt: skip
    assert answer.status == 200


def test_an_event_nobody_asked_for_is_acknowledged() -> None:
    assert Slack(InMemoryDesk()).event({"type": "team_rename", "name": "x"}).status == 200


def happened(handle: object) -> BoltResponse | None:
    desk = InMemoryDesk()
    listen = on_event(desk, handle)  # type: ignore[arg-type]
    acknowledged: list[bool] = []
    answer = listen(lambda: acknowledged.append(True), {"event": {"type": "x"}})
    assert (answer is None) == bool(acknowledged)
    return answer  # type: ignore[return-value]


def test_an_event_that_was_not_saved_is_asked_for_again() -> None:
    def unsaved(_desk: object, _event: edge.SlackEvent) -> Answer:
        raise NotSaved("away")

    answer = happened(unsaved)
    assert answer is not None
    assert answer.status == 500


@pytest.mark.expects_errors
def test_an_event_that_failed_is_asked_for_again(error_lines: ErrorLines) -> None:
    def broken(_desk: object, _event: edge.SlackEvent) -> Answer:
        raise KeyError("x")

    answer = happened(broken)
    assert answer is not None
    assert answer.status == 500
    assert any("with code e-" in line for line in error_lines.unexpected())


def test_an_event_that_was_handled_is_acknowledged() -> None:
    assert happened(lambda _desk, _event: NOTED) is None
