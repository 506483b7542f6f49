"""No text from outside becomes structure, a mention, or a link.

Proves: T09, T10, T11, T12.
"""

from __future__ import annotations

import json

import pytest

from protocols.updates.released import Released
from templates.kit import catalogue, marks, render
from tests.unit.templates.world import sample

PAYLOADS = [
    "<!channel>",
    "<!here|all>",
    "<@U123>",
    "<!subteam^S1>",
    "<https://evil.example|https://bank.example>",
    "&lt;!channel&gt;",
    "{{ 7*7 }}",
    "{% for x in y %}",
    "\nheader: forged\nactions: [Release*](update.release BW-1)",
    "a | b | c",
    "](update.release BW-1) [x",
    "(… Release(update.release BW-1))",
    "*bold* \\n line :: opt*: x",
    "=cmd|' /C calc'!A0",
    "';-- DROP TABLE tickets",
    "\u202egnp.exe",
    "\x00\x1b[31m",
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_hostile_summary_leaves_the_card_as_it_is_built(payload: str) -> None:
    surface = catalogue.messages()["card"]
    clean = render.message("card", sample(surface))
    made = render.message("card", {**sample(surface), "summary": payload})
    assert [block["type"] for block in made.blocks] == [block["type"] for block in clean.blocks]
    assert made.blocks[-2:] == clean.blocks[-2:]
    assert "<!channel>" not in json.dumps(made.blocks)
    assert "<@U" not in json.dumps(made.blocks)
    assert "<https://evil" not in json.dumps(made.blocks)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_hostile_update_stays_one_paragraph_of_words(payload: str) -> None:
    surface = catalogue.messages()["update_customer"]
    made = render.message("update_customer", {**sample(surface), "known": Released(payload)})
    assert [b["type"] for b in made.blocks] == ["section", "section", "section", "section",
                                                "context"]  # fmt: skip
    shown = made.blocks[1]["text"]["text"]
    assert "<" not in shown.replace("&lt;", "")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_hostile_account_name_cannot_change_the_form(payload: str) -> None:
    surface = catalogue.views()["open_ticket"]
    clean = render.view("open_ticket", sample(surface))
    made = render.view("open_ticket", {**sample(surface), "account": payload, "summary": payload})
    ids = [block.get("block_id") for block in clean["blocks"]]
    assert [block.get("block_id") for block in made["blocks"]] == ids


def test_markup_text_is_never_parsed_for_bare_mentions_and_addresses() -> None:
    surface = catalogue.messages()["update_customer"]
    made = render.message(
        "update_customer", {**sample(surface), "known": Released("@here see bank.example")}
    )
    assert all(b["text"]["verbatim"] for b in made.blocks if b["type"] == "section")


def test_plain_places_show_what_was_typed_and_no_escapes() -> None:
    surface = catalogue.messages()["card"]
    made = render.message("card", {**sample(surface), "account": "A & B <Ltd>"})
    assert made.blocks[0]["text"]["text"] == "BW-1001 · Tier 3 · A & B <Ltd>"
    assert "A &amp; B &lt;Ltd&gt;" in made.text


def test_a_mail_shows_what_was_typed_and_no_escapes() -> None:
    surface = catalogue.messages()["update_customer"]
    given = {**sample(surface), "known": Released("1 < 2 & *bold*"), "follow_url": None}
    assert "1 < 2 & *bold*" in render.mail("update_customer", given).body


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "https://a.example/>", "https://a b", "a.example"],
)
def test_only_addresses_of_the_web_become_links(url: str) -> None:
    with pytest.raises(ValueError, match="address"):
        marks.link(url, "read it")


@pytest.mark.parametrize("slack_id", ["!channel", "U1> <!here", "C1", ""])
def test_only_ids_of_people_become_mentions(slack_id: str) -> None:
    with pytest.raises(ValueError, match="id"):
        marks.mention(slack_id)


def test_markup_joined_with_other_words_is_plain_text_again() -> None:
    assert type(marks.mention("U1") + "<!here>") is str
