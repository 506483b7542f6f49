"""Slack's limits, found here before Slack finds them."""

from __future__ import annotations

from typing import Any

import pytest

from templates.kit import limits, notation
from templates.kit.blocks import compile_items
from templates.kit.errors import LimitExceeded, TemplateBroken


def section(words: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": words}}


def button(**changed: Any) -> dict[str, Any]:
    words = {"type": "plain_text", "text": "Go"}
    return {"type": "button", "text": words, "action_id": "a", **changed}


def test_a_refusal_names_message_block_field_limit_and_size() -> None:
    with pytest.raises(LimitExceeded) as refused:
        limits.check_message("card", "text", [section("x"), section("x" * 3001)])
    assert (refused.value.name, refused.value.place, refused.value.field) == (
        "card", "block 1 (section)", "text",
    )  # fmt: skip
    assert (refused.value.limit, refused.value.got) == (3000, 3001)


@pytest.mark.parametrize(
    "blocks",
    [
        [],
        [section("")],
        [section("x")] * 51,
        [section("x" * 2500)] * 5,
        [{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}],
        [{"type": "actions", "elements": []}],
        [{"type": "actions", "elements": [button(), button()]}],
        [{"type": "actions", "elements": [button(value="v" * 2001)]}],
        [{"type": "actions", "elements": [button(text={"text": "x" * 76})]}],
        [{"type": "section", "fields": [{"type": "mrkdwn", "text": "x"}] * 11}],
        [{**section("x"), "block_id": "same"}, {**section("x"), "block_id": "same"}],
        [{"type": "actions", "elements": [{
            "type": "overflow", "action_id": "more",
            "options": [{"text": {"text": "x"}, "value": "v"}] * 6}]}],
        [{"type": "actions", "elements": [{
            "type": "overflow", "action_id": "more",
            "options": [{"text": {"text": "x"}, "value": "v" * 76}]}]}],
    ],
)  # fmt: skip
def test_what_slack_would_refuse_is_refused_here(blocks: list[dict[str, Any]]) -> None:
    with pytest.raises(LimitExceeded):
        limits.check_message("m", "text", blocks)


def test_a_notification_of_more_than_four_thousand_characters_is_refused() -> None:
    with pytest.raises(LimitExceeded, match="text may have 4000, has 4001"):
        limits.check_message("m", "x" * 4001, [section("x")])


def test_a_form_with_inputs_needs_its_submit() -> None:
    made = {
        "callback_id": "v",
        "title": {"text": "T"},
        "blocks": [{"type": "input", "label": {"text": "L"},
                    "element": {"type": "plain_text_input", "action_id": "value"}}],
    }  # fmt: skip
    with pytest.raises(LimitExceeded, match="submit"):
        limits.check_view("v", made)


@pytest.mark.parametrize(
    "source",
    [
        "  a line that continues nothing",
        "nonsense: words",
        "actions: no button",
        "actions: [Go](a.b x) (… not a line)",
        "input: Label :: unknown id=x",
        "input: Label :: text",
        "input: Label :: radio id=x",
        "actions: [Go](a.b x)\nconfirm: c.d | title | text | yes | no",
        "actions: [Go](a.b x)\nconfirm: a.b | title",
    ],
)
def test_wrong_notation_is_told(source: str) -> None:
    with pytest.raises(TemplateBroken):
        compile_items("m", notation.read("m", source))


def test_more_than_ten_fields_become_two_sections() -> None:
    made = compile_items("m", notation.read("m", "fields: " + " | ".join("abcdefghijkl")))
    assert [len(block["fields"]) for block in made] == [10, 2]
