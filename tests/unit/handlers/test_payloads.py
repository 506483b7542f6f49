"""Payloads become typed values, whatever they lack."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.kit import edge, payloads
from protocols.opening.events import AttachedFile

KEYS = st.sampled_from(
    [
        *("user", "team", "channel", "container", "message", "view", "actions", "trigger_id"),
        *("event", "state", "values", "blocks", "selected_option", "selected_options"),
        *("response_url", "private_metadata", "text", "command"),
    ]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(KEYS, JSON, max_size=6))
@pytest.mark.parametrize(
    "read",
    [
        *(payloads.press, payloads.slash, payloads.shortcut, payloads.message_shortcut),
        *(payloads.options, payloads.event, payloads.submission),
    ],
)
def test_no_shape_of_a_payload_is_an_exception(read: object, body: dict[str, object]) -> None:
    assert callable(read)
    assert isinstance(read(body), edge.Gesture)


def test_a_version_is_taken_off_the_action() -> None:
    pressed = payloads.press(
        {"actions": [{"action_id": "role.take:scribe", "value": "BW-1|scribe"}]}
    )
    assert (pressed.action, pressed.version) == ("role.take", "scribe")
    assert (pressed.reference, pressed.part(1), pressed.part(2)) == ("BW-1", "scribe", "")


def test_a_menus_entry_is_the_action_that_was_chosen() -> None:
    option = {"value": "hand_over.open|BW-1|scribe"}
    pressed = payloads.press({"actions": [{"action_id": "more:2", "selected_option": option}]})
    assert (pressed.action, pressed.value) == ("hand_over.open", ("BW-1", "scribe"))


def test_the_same_trigger_is_the_same_delivery() -> None:
    body = {"trigger_id": "1.2.a", "actions": [{"action_id": "x"}]}
    assert payloads.press(body).delivery == payloads.press(dict(body)).delivery
    assert payloads.press(body).delivery != payloads.press({**body, "trigger_id": "1.3.a"}).delivery


@pytest.mark.parametrize(
    ("element", "value"),
    [
        ({"type": "plain_text_input", "value": None}, ""),
        ({"type": "plain_text_input", "value": "x"}, "x"),
        ({"type": "radio_buttons", "selected_option": None}, ""),
        ({"type": "static_select", "selected_option": {"value": "a"}}, "a"),
        ({"type": "checkboxes", "selected_options": [{"value": "a"}, {"value": "b"}]}, ("a", "b")),
        ({"type": "checkboxes", "selected_options": []}, ()),
        ({"type": "users_select", "selected_user": "U1"}, "U1"),
        ({"type": "multi_users_select", "selected_users": ["U1", "U2"]}, ("U1", "U2")),
        ({"type": "datetimepicker", "selected_date_time": 1795446120}, "1795446120"),
        ({"type": "datetimepicker", "selected_date_time": None}, ""),
    ],
)
def test_every_kind_of_field_is_read(element: dict[str, object], value: object) -> None:
    assert payloads.chosen(element) == value


def test_fields_are_named_without_their_version() -> None:
    shown = payloads.view(
        {
            "private_metadata": "BW-1|2",
            "blocks": [{"type": "input", "block_id": "severity:3"}, {"type": "section"}],
            "state": {"values": {"severity:3": {"x": {"selected_option": {"value": "high"}}}}},
        }
    )
    assert shown.text("severity") == "high"
    assert shown.blocks == {"severity": "severity:3"}
    assert shown.metadata == ("BW-1", "2")


def test_what_was_put_into_a_field_for_files_is_read_as_slack_describes_it() -> None:
    put = {
        "id": "F1",
        "name": "a & b.csv",
        "pretty_type": "CSV",
        "size": 7,
        "permalink": "https://x",
    }
    element = {"type": "file_input", "files": [put, {"title": "untyped", "size": "large"}]}
    shown = payloads.view({"state": {"values": {"files": {"x": element}}}})
    assert shown.files == {
        "files": (AttachedFile("a & b.csv", "CSV", 7, "https://x"), AttachedFile("untyped"))
    }


def test_an_edit_tells_whose_message_it_was() -> None:
    happened = payloads.event(
        {
            "event_id": "Ev1",
            "team_id": "T1",
            "event": {
                "type": "message", "subtype": "message_changed", "channel": "C1", "ts": "2.0",
                "message": {"user": "U9", "ts": "1.0"},
            },
        }
    )  # fmt: skip
    assert (happened.user_id, happened.subtype, happened.channel_id) == (
        "U9", "message_changed", "C1",
    )  # fmt: skip
    assert (happened.delivery, happened.gesture) == ("event:Ev1", "message:message_changed:C1:2.0")


def test_an_author_of_another_workspace_is_told_apart() -> None:
    event = {"type": "message", "user": "U9", "user_team": "T0ACME", "team": "T1", "ts": "1.0"}
    assert payloads.event({"team_id": "T1", "event": event}).team_id == "T0ACME"


def test_a_channels_event_may_carry_the_channel_whole() -> None:
    event = {"type": "channel_rename", "channel": {"id": "C1", "name": "x"}}
    assert payloads.event({"event": event}).channel_id == "C1"


def test_a_bots_message_is_known_as_one() -> None:
    assert payloads.event({"event": {"type": "message", "bot_id": "B1"}}).is_bot
    assert not payloads.event({"event": {"type": "message", "user": "U1"}}).is_bot


@pytest.mark.parametrize(
    ("late", "stamp", "asked_at"),
    [
        (True, "1795442530.25", datetime(2026, 11, 23, 14, 2, 10, 250_000, tzinfo=UTC)),
        (True, "soon", None),
        (True, "1795442530", None),
        (False, "1795442530.25", None),
    ],
)
def test_what_was_read_late_tells_when_it_was_asked(
    late: bool, stamp: str, asked_at: datetime | None
) -> None:
    event = edge.SlackEvent("", "T0", "one", fields={"event_ts": stamp}, late=late)
    assert event.asked_at == asked_at
