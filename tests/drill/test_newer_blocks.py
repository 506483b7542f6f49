"""Containers, tables and alerts: what Slack refuses of them, each with its place."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drill.blocks import check_blocks
from drill.ids import Ids
from drill.walking import fill_ids, leaves, rows_of, seen_by, stateful, texts_of
from tests.drill.test_blocks import JSON, KEYS, options, select
from tests.drill.tiny_bot import (
    alert,
    button,
    buttons,
    container,
    data_table,
    folded,
    plain,
    raw,
    rich,
    section,
)

Wire = dict[str, Any]

NOW = {"type": "date", "timestamp": 1795446120, "format": "{time}", "fallback": "15:02 UTC"}
HEAD = ("Ticket", "Due")


def of(cell: Wire) -> Wire:
    return data_table("Queue", HEAD, ("BW-1001", cell))


def seen(*people: str) -> Wire:
    return button("Release", "release") | {"visible_to_user_ids": list(people)}


def without(block: Wire, name: str) -> Wire:
    return {key: value for key, value in block.items() if key != name}


def wrong(message: str, place: str) -> str:
    return f"{message} [json-pointer:/blocks/0{place}]"


REFUSED: list[tuple[Wire, str]] = [
    (alert("x"), wrong("unsupported type: alert", "/type")),
    (without(container("x", section("x")), "title"), wrong("missing required field: title", "")),
    (
        container("x" * 151, section("x")),
        wrong("must be less than 151 characters", "/title/text"),
    ),
    (
        container("x", section("x")) | {"title": {"type": "mrkdwn", "text": "x"}},
        wrong("unsupported type: mrkdwn", "/title/type"),
    ),
    (
        container("x", section("x"), subtitle=plain("x" * 151)),
        wrong("must be less than 151 characters", "/subtitle/text"),
    ),
    (container("x"), wrong("no fewer than 1 items allowed", "/child_blocks")),
    (
        container("x", *[section("x")] * 11),
        wrong("no more than 10 items allowed", "/child_blocks"),
    ),
    (
        container("x", container("y", section("z"))),
        wrong("unsupported type: container", "/child_blocks/0/type"),
    ),
    (container("x", of(raw("x"))), wrong("unsupported type: data_table", "/child_blocks/0/type")),
    (
        container("x", {"type": "markdown", "text": "x"}),
        wrong("unsupported type: markdown", "/child_blocks/0/type"),
    ),
    (
        container("x", section("x" * 3001)),
        wrong("must be less than 3001 characters", "/child_blocks/0/text/text"),
    ),
    (
        container("x", section("x") | {"block_id": "b"}, block_id="b"),
        wrong("`block_id` already exists: b", "/child_blocks/0/block_id"),
    ),
    (
        container("x", section("x"), width="huge"),
        wrong("must be one of: standard, narrow, wide, full", "/width"),
    ),
    (
        container("x", section("x"), default_collapsed=True),
        wrong("requires is_collapsible", "/default_collapsed"),
    ),
    (
        folded("x", section("x"), has_header_divider=True),
        wrong("not allowed with is_collapsible", "/has_header_divider"),
    ),
    (
        container("x", section("x"), is_collapsible="yes"),
        wrong("must be a boolean", "/is_collapsible"),
    ),
    (container("x", section("x"), colour="red"), wrong("invalid additional property: colour", "")),
    (without(of(raw("x")), "caption"), wrong("missing required field: caption", "")),
    (data_table("Queue", HEAD), wrong("no fewer than 2 items allowed", "/rows")),
    (data_table("Queue", *[HEAD] * 102), wrong("no more than 101 items allowed", "/rows")),
    (
        data_table("Queue", *[("x",) * 21] * 2),
        wrong("no more than 20 items allowed", "/rows/0"),
    ),
    (data_table("Queue", (), ()), wrong("no fewer than 1 items allowed", "/rows/0")),
    (data_table("Queue", HEAD, ("x",)), wrong("must have 2 cells as the header has", "/rows/1")),
    (
        data_table("Queue", (rich(NOW),), ("x",)),
        wrong("unsupported type: rich_text", "/rows/0/0/type"),
    ),
    (of(raw("")), wrong("must be more than 0 characters", "/rows/1/1/text")),
    (of(rich()), wrong("must be more than 0 characters", "/rows/1/1")),
    (of(section("x")), wrong("unsupported type: section", "/rows/1/1/type")),
    (
        of({"type": "raw_number", "text": "3"}),
        wrong("must be a number", "/rows/1/1/value"),
    ),
    (
        of({"type": "raw_number", "value": 3}),
        wrong("missing required field: text", "/rows/1/1/text"),
    ),
    (of(raw("x")) | {"page_size": 0}, wrong("must be between 1 and 100", "/page_size")),
    (of(raw("x")) | {"page_size": 101}, wrong("must be between 1 and 100", "/page_size")),
    (
        of(raw("x")) | {"row_header_column_index": 2},
        wrong("must be between 0 and 1", "/row_header_column_index"),
    ),
    (
        data_table("Queue", HEAD, ("x" * 5001, "x" * 5000)),
        "cells must be less than 10001 characters together [json-pointer:/blocks]",
    ),
    (
        of(rich(without(NOW, "timestamp"))),
        wrong("missing required field: timestamp", "/rows/1/1/elements/0/elements/0"),
    ),
    (
        of(rich(without(NOW, "format"))),
        wrong("missing required field: format", "/rows/1/1/elements/0/elements/0"),
    ),
    (
        of(rich(NOW | {"timestamp": "soon"})),
        wrong("must be an integer", "/rows/1/1/elements/0/elements/0/timestamp"),
    ),
    (
        of(rich({"type": "user"})),
        wrong("missing required field: user_id", "/rows/1/1/elements/0/elements/0"),
    ),
    (
        of(rich({"type": "mrkdwn", "text": "x"})),
        wrong("unsupported type: mrkdwn", "/rows/1/1/elements/0/elements/0/type"),
    ),
    (
        of(rich({"type": "text", "text": "x", "style": {"loud": True}})),
        wrong("invalid additional property: loud", "/rows/1/1/elements/0/elements/0/style"),
    ),
    (
        rich({"type": "text", "text": "x", "colour": "red"}),
        wrong("invalid additional property: colour", "/elements/0/elements/0"),
    ),
    (
        buttons(seen()),
        wrong("no fewer than 1 items allowed", "/elements/0/visible_to_user_ids"),
    ),
    (
        buttons(seen("csm-one")),
        wrong("must be a user id", "/elements/0/visible_to_user_ids/0"),
    ),
]


@pytest.mark.parametrize(("block", "message"), REFUSED, ids=[m[:70] for _, m in REFUSED])
def test_a_newer_block_that_is_wrong_is_refused_with_its_place(block: Wire, message: str) -> None:
    assert message in check_blocks([block], "message").messages


PIECES = (
    {"type": "text", "text": "x", "style": {"bold": True}},
    {"type": "link", "url": "https://vendor.example", "text": "here"},
    {"type": "emoji", "name": "wave"},
    {"type": "user", "user_id": "U0CSMONE01"},
    {"type": "usergroup", "usergroup_id": "S0"},
    {"type": "channel", "channel_id": "C0"},
    {"type": "broadcast", "range": "here"},
    NOW,
)
TAKEN: list[Wire] = [
    of(rich(*PIECES)),
    of({"type": "raw_number", "value": 3.5, "text": "3.5"}) | {"page_size": 100},
    data_table("Queue", *[HEAD] * 101, row_header_column_index=1),
    folded("x", *[section("x"), {"type": "divider"}] * 5, subtitle=plain("y"), width="full"),
    container("x", {"type": "table", "rows": [[raw("x")]]}, has_header_divider=True),
    without(container("x", section("x")), "title") | {"rich_text_title": rich(*PIECES)},
    buttons(seen("U0CSMONE01", "W1")),
]


@pytest.mark.parametrize("block", TAKEN, ids=lambda block: str(block["type"]))
def test_a_newer_block_within_its_limits_is_taken_in_a_message(block: Wire) -> None:
    assert check_blocks([block], "message").messages == []


@pytest.mark.parametrize("surface", ["modal", "home"])
@pytest.mark.parametrize("block", [TAKEN[0], TAKEN[3]], ids=["data_table", "container"])
def test_containers_and_tables_stand_in_messages_alone(block: Wire, surface: str) -> None:
    found = check_blocks([block], surface).messages
    assert found == [wrong(f"unsupported type: {block['type']}", "/type")]


def test_an_alert_stands_in_a_modal_with_200_characters_at_most() -> None:
    assert check_blocks([alert("x" * 200)], "modal").messages == []
    assert check_blocks([alert("x" * 201)], "modal").messages != []
    assert check_blocks([alert("x", "loud")], "modal").messages != []
    assert check_blocks([alert("x")], "home").messages != []


def test_what_a_container_holds_has_names_and_values_as_outside_it() -> None:
    chosen = buttons(button("OK", "ok"), select(options=options(2)))
    blocks = fill_ids([container("x", chosen)], Ids())
    assert all(block["block_id"] for block in leaves(blocks))
    assert [(b["type"], e["action_id"]) for b, e in stateful(blocks)] == [("actions", "s")]


def test_a_table_reads_row_by_row_with_its_times_as_tokens() -> None:
    table = of(rich({"type": "text", "text": "by "}, NOW))
    by = "by <!date^1795446120^{time}|15:02 UTC>"
    assert list(texts_of([table])) == ["Queue", "Ticket", "Due", "BW-1001", by]
    assert rows_of(table) == [["Ticket", "Due"], ["BW-1001", by]]


def test_a_button_for_some_is_not_among_the_blocks_that_others_see() -> None:
    blocks = [
        buttons(seen("U1"), button("Review", "review")),
        container("x", section("y") | {"accessory": seen("U1")}, buttons(seen("U1"))),
    ]
    assert seen_by(blocks, "U1") is blocks
    assert seen_by(blocks, "U2") == [
        buttons(button("Review", "review")),
        container("x", section("y")),
    ]


@settings(max_examples=100)
@given(
    block=st.dictionaries(
        KEYS | st.sampled_from(("rows", "child_blocks", "caption", "page_size", "icon")),
        JSON,
        max_size=6,
    ),
    kind=st.sampled_from(("container", "data_table", "table", "rich_text")),
)
def test_no_nonsense_of_a_newer_block_breaks_the_checks(block: Wire, kind: str) -> None:
    found = check_blocks([block | {"type": kind}] * 2, "message").messages
    assert all(message.endswith("]") for message in found)
