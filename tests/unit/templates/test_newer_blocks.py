"""Tables, folds and alerts as the notation writes them, and their words in plain blocks. M27."""

from __future__ import annotations

from typing import Any

import pytest

from templates.kit import blocks, catalogue, limits, marks, notation, render, text, when
from templates.kit.environment import OUTWARD_AUDIENCES
from templates.kit.errors import LimitExceeded, TemplateBroken
from templates.kit.plainer import NEWER, newer_in, plain_blocks, plainer
from tests.kit.rules_incident import instant
from tests.unit.templates.world import sample

AT = instant("15:02")
TOKEN = when.token(AT, AT)
TABLE = "table: Queue | 10\n  head: Ticket | Waits for | Open\n"
FOLD = "folded: People | 3 here\nsection: *Contact* CSM One\nend:\n"


def made(source: str) -> list[dict[str, Any]]:
    return blocks.compile_items("t", notation.read("t", source))


def row(cells: str) -> list[dict[str, Any]]:
    (table,) = made(f"{TABLE}  row: {cells}\n")
    found: list[dict[str, Any]] = table["rows"][1]
    return found


def said(*, of: list[dict[str, Any]]) -> list[str]:
    return [block["text"]["text"] for block in of if block["type"] == "section"]


def test_a_cell_of_words_is_plain_and_an_empty_one_holds_a_dash() -> None:
    assert row("BW-1 | | 3") == [
        {"type": "raw_text", "text": "BW-1"},
        {"type": "raw_text", "text": "–"},
        {"type": "raw_text", "text": "3"},
    ]


def test_a_time_in_a_cell_is_the_readers_own_with_utc_for_who_cannot_show_it() -> None:
    (_, waits, _) = row(f"BW-1 | *LATE:* since {text.mask_raw(TOKEN)} | 3")
    assert waits["elements"][0]["elements"] == [
        {"type": "text", "text": "LATE:", "style": {"bold": True}},
        {"type": "text", "text": " since "},
        {
            "type": "date",
            "timestamp": int(AT.timestamp()),
            "format": "{time}",
            "fallback": "23 Nov 2026 15:02 UTC",
        },
    ]


def test_a_person_in_a_cell_is_named_by_slack() -> None:
    (who, *_) = row(f"{text.mask_raw(marks.mention('U0CSMONE'))} | x | 3")
    assert who["elements"][0]["elements"] == [{"type": "user", "user_id": "U0CSMONE"}]


def test_outside_words_in_a_cell_stay_words() -> None:
    (cell, *_) = row(f"{text.mask('*a* | <!here> [x](y)')} | x | 3")
    assert cell == {"type": "raw_text", "text": "*a* | <!here> [x](y)"}
    plain = plain_blocks(made(f"{TABLE}  row: {text.mask('<!here> & co')} | x | 3\n"))
    assert "&lt;!here&gt; &amp; co" in said(of=plain)[1]


@pytest.mark.parametrize(
    "source",
    [
        "table: Queue | 10\n",
        "table: Queue\n  head: A | B\n  row: a | b\n",
        "table: Queue | 10\n  row: a | b\n",
        "table: Queue | 10\n  head: A | B\n  row: a\n",
        "table: Queue | 10\n  head: A | B\n  head: A | B\n",
        "folded: People\nsection: x\n",
        "section: x\nend:\n",
        "folded: A\nfolded: B\nsection: x\nend:\n",
        "alert: warning\n",
        "section: x\nvisible: update.release | U1\n",
        f"{TABLE}  row: {text.mask_raw(marks.link('https://a.example', 'a'))} | x | 3\n",
    ],
)
def test_what_is_written_wrong_is_refused(source: str) -> None:
    with pytest.raises(TemplateBroken):
        made(source)


@pytest.mark.parametrize(
    "source",
    [
        TABLE,
        TABLE + "  row: a | b | c\n" * 101,
        TABLE.replace("10", "101") + "  row: a | b | c\n",
        "folded: People\n" + "section: x\n" * 11 + "end:\n",
        "folded: People\nend:\n",
        f"folded: People\n{TABLE}  row: a | b | c\nend:\n",
        "alert: warning | x\n",
    ],
)
def test_what_slack_refuses_in_a_message_is_refused_here(source: str) -> None:
    with pytest.raises(LimitExceeded):
        limits.check_message("m", "text", made(source))


def test_a_modal_holds_no_table_and_no_fold() -> None:
    for source in (TABLE + "  row: a | b | c\n", FOLD):
        with pytest.raises(LimitExceeded, match="not shown here"):
            limits.check_view("v", {"callback_id": "v", "blocks": made(source)})


def test_a_fold_in_plain_blocks_is_its_title_and_what_stood_in_it() -> None:
    assert said(of=plain_blocks(made(FOLD))) == ["*People* · 3 here", "*Contact* CSM One"]


def test_a_row_in_plain_blocks_has_its_figures_beside_its_name_and_the_rest_labelled() -> None:
    rows = "  row: *1 · BW-1* · Acme | first reply | 3\n  row: BW-2 | | 1\n"
    assert said(of=plain_blocks(made(TABLE + rows))) == [
        "*Queue*", "*1 · BW-1* · Acme: 3 open\nWaits for: first reply", "*BW-2*: 1 open",
    ]  # fmt: skip


def test_a_table_of_figures_becomes_lines_of_one_section() -> None:
    rows = "  row: CSM One | | 3\n  row: CSM Two | | 1\n"
    assert said(of=plain_blocks(made(TABLE + rows))) == [
        "*Queue*", "*CSM One*: 3 open\n*CSM Two*: 1 open",
    ]  # fmt: skip


def test_a_long_table_in_plain_blocks_leaves_room_for_the_rest_of_the_message() -> None:
    plain = plain_blocks(made(TABLE + "  row: BW-1 | first reply | 3\n" * 100))
    limits.check_message("m", "text", plain)
    assert len(plain) <= 22


def test_an_alert_in_plain_blocks_keeps_its_level_as_a_mark() -> None:
    (alert,) = plain_blocks(made("alert: warning | *Tier 3,* because funds moved.\n"))
    assert alert["text"]["text"] == "⚠️ *Tier 3,* because funds moved."


def test_an_alert_is_held_to_what_slack_shows_of_one() -> None:
    (alert,) = made(f"alert: warning | {'long ' * 60}\n")
    assert len(alert["text"]["text"]) <= limits.ALERT == 200
    alert["text"]["text"] = "x" * 201
    with pytest.raises(LimitExceeded, match="text"):
        limits.check_view("v", {"callback_id": "v", "blocks": [alert]})


def test_a_button_for_some_is_in_plain_blocks_a_button_for_all() -> None:
    (actions,) = made("actions: [Release*](update.release BW-1)\nvisible: update.release | U1 U2\n")
    assert actions["elements"][0]["visible_to_user_ids"] == ["U1", "U2"]
    assert newer_in(plain_blocks([actions])) == frozenset()


def test_only_the_kinds_named_become_plain() -> None:
    message = {"text": "x", "blocks": made(FOLD + TABLE + "  row: a | b | c\n")}
    assert newer_in(plainer(message, frozenset({"container"}))) == {"data_table"}
    assert newer_in({"view": message}) == {"container", "data_table"}
    assert newer_in(plainer({"view": message})) == frozenset()


def test_what_has_nothing_newer_stays_as_it_is() -> None:
    message = {"channel": "C1", "blocks": made("section: x\nactions: [Go](go)\n")}
    assert plainer(message) == message


def test_no_words_that_leave_the_house_use_the_newer_blocks() -> None:
    for surface in catalogue.messages().values():
        if surface.audience in OUTWARD_AUDIENCES:
            assert not newer_in(render.message(surface.name, sample(surface)).blocks) & NEWER
