"""Block Kit's limits, each refused with its place."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drill.blocks import check_blocks, require_view
from drill.elements import STATEFUL
from drill.errors import SlackError
from tests.drill.tiny_bot import button, buttons, modal, section, text_input

Wire = dict[str, Any]

KINDS = ("section", "actions", "context", "input", "header", "image", "rich_text", "alert")
ELEMENTS = (*sorted(STATEFUL), "button", "overflow")
KEYS = st.sampled_from(
    (
        "text", "type", "elements", "fields", "label", "element", "accessory", "block_id",
        "action_id", "options", "option_groups", "initial_option", "initial_options", "confirm",
        "placeholder", "value", "alt_text", "title", "hint", "max_length", "initial_value",
    )
)  # fmt: skip


def options(count: int, text: str = "x") -> list[Wire]:
    return [{"text": {"type": "plain_text", "text": text}, "value": str(n)} for n in range(count)]


def select(**more: Any) -> Wire:
    return {"type": "static_select", "action_id": "s", **more}


def of_input(element: Wire, label: str = "L") -> Wire:
    return {"type": "input", "label": {"type": "plain_text", "text": label}, "element": element}


TOO_MUCH: list[tuple[Wire, str]] = [
    (section("x" * 3001), "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"),
    (section(""), "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
    ({"type": "section"}, "missing required field: text [json-pointer:/blocks/0]"),
    ({"type": "shout"}, "unsupported type: shout [json-pointer:/blocks/0/type]"),
    (
        {"type": "header", "text": {"type": "plain_text", "text": "x" * 151}},
        "must be less than 151 characters [json-pointer:/blocks/0/text/text]",
    ),
    (
        {"type": "header", "text": {"type": "mrkdwn", "text": "x"}},
        "unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]",
    ),
    (
        buttons(*[button("x", f"a{n}") for n in range(26)]),
        "no more than 25 items allowed [json-pointer:/blocks/0/elements]",
    ),
    (
        buttons(button("x", "a"), button("y", "a")),
        "`action_id` already exists: a [json-pointer:/blocks/0/elements/1/action_id]",
    ),
    (
        buttons(button("x" * 76, "a")),
        "must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]",
    ),
    (
        buttons(button("x", "a", "v" * 2001)),
        "must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]",
    ),
    (
        buttons(button("x", "a") | {"style": "loud"}),
        "must be one of: primary, danger [json-pointer:/blocks/0/elements/0/style]",
    ),
    (
        buttons(button("x", "a") | {"colour": "red"}),
        "invalid additional property: colour [json-pointer:/blocks/0/elements/0]",
    ),
    (
        {"type": "context", "elements": [{"type": "mrkdwn", "text": "x"}] * 11},
        "no more than 10 items allowed [json-pointer:/blocks/0/elements]",
    ),
    (
        {"type": "section", "fields": [{"type": "mrkdwn", "text": "x"}] * 11},
        "no more than 10 items allowed [json-pointer:/blocks/0/fields]",
    ),
    (
        {"type": "section", "fields": [{"type": "mrkdwn", "text": "x" * 2001}]},
        "must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]",
    ),
    (
        of_input(select(options=options(101))),
        "no more than 100 items allowed [json-pointer:/blocks/0/element/options]",
    ),
    (
        of_input(select(options=options(1, "x" * 76))),
        "must be less than 76 characters [json-pointer:/blocks/0/element/options/0/text/text]",
    ),
    (
        of_input(select(options=options(1), initial_option=options(2)[1])),
        "must match one of the options [json-pointer:/blocks/0/element/initial_option]",
    ),
    (
        of_input({"type": "checkboxes", "action_id": "c", "options": options(11)}),
        "no more than 10 items allowed [json-pointer:/blocks/0/element/options]",
    ),
    (
        of_input({"type": "overflow", "action_id": "c", "options": options(2)}),
        "unsupported type: overflow [json-pointer:/blocks/0/element/type]",
    ),
    (
        buttons({"type": "overflow", "action_id": "o", "options": options(6)}),
        "no more than 5 items allowed [json-pointer:/blocks/0/elements/0/options]",
    ),
    (
        of_input({"type": "plain_text_input", "action_id": "t", "max_length": 3001}),
        "must be between 0 and 3000 [json-pointer:/blocks/0/element/max_length]",
    ),
]


@pytest.mark.parametrize(("block", "message"), TOO_MUCH, ids=[m[:60] for _, m in TOO_MUCH])
def test_a_block_over_a_limit_is_refused_with_its_place(block: Wire, message: str) -> None:
    assert message in check_blocks([block], "modal").messages


def test_a_message_holds_50_blocks_and_a_modal_100() -> None:
    divider = {"type": "divider"}
    assert check_blocks([divider] * 50, "message").messages == []
    assert check_blocks([divider] * 51, "message").messages != []
    assert check_blocks([divider] * 100, "modal").messages == []
    assert check_blocks([divider] * 101, "modal").messages != []


def test_a_block_id_is_used_once() -> None:
    twice = [section("x") | {"block_id": "b"}] * 2
    assert "`block_id` already exists: b" in check_blocks(twice, "message").messages[0]


@pytest.mark.parametrize(
    "view",
    [
        {k: v for k, v in modal(text_input("a", "A")).items() if k != "submit"},
        modal(section("x"), title="x" * 25),
        modal(section("x"), private_metadata="x" * 3001),
        modal(section("x"), callback_id="x" * 256),
        modal(section("x"), colour="red"),
        modal(),
        {"type": "home", "blocks": [section("x")]},
        {"type": "modal", "blocks": [section("x")]},
    ],
)
def test_a_modal_out_of_bounds_is_refused(view: Wire) -> None:
    with pytest.raises(SlackError) as caught:
        require_view(view, ("modal",))
    assert caught.value.error == "invalid_arguments"
    assert caught.value.extra["response_metadata"]["messages"][0].startswith("[ERROR] ")


def test_a_view_over_250_kilobytes_is_too_large() -> None:
    blocks = [section("x" * 2900) for _ in range(90)]
    with pytest.raises(SlackError, match="view_too_large"):
        require_view(modal(*blocks), ("modal",))


def test_a_good_modal_passes() -> None:
    view = modal(text_input("a", "A"), section("x"), buttons(button("OK", "ok")))
    assert require_view(view, ("modal",)) is view


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=12,
)


@settings(max_examples=200)
@given(block=st.dictionaries(KEYS, JSON, max_size=6), kind=st.sampled_from(KINDS))
def test_no_nonsense_breaks_the_checks(block: Wire, kind: str) -> None:
    found = check_blocks([block | {"type": kind}] * 2, "modal").messages
    assert all(message.endswith("]") for message in found)


@settings(max_examples=200)
@given(element=st.dictionaries(KEYS, JSON, max_size=6), kind=st.sampled_from(ELEMENTS))
def test_no_nonsense_of_an_element_breaks_the_checks(element: Wire, kind: str) -> None:
    broken = element | {"type": kind}
    found = check_blocks([of_input(broken), buttons(broken)], "modal").messages
    assert all(message.endswith("]") for message in found)
