"""The table of what people can change or remove: each row has a test, and the code is in it.

Proves: F27, F28.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from handlers.slack import losses
from protocols.kernel.gather import events_of

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/what-goes.md"
OF_BRIDGES_ALONE = {
    "message",
    "channel_shared",
    "channel_unshared",
    "member_left_channel",
    "user_change",
}


def rows() -> list[list[str]]:
    """Return the cells of each row."""
    lines = [line for line in PAGE.read_text().splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[1:]]


def named(column: int) -> set[str]:
    return {name for row in rows() for name in re.findall(r"`(\w+)`", row[column])}


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])
def test_each_row_has_its_test(row: list[str]) -> None:
    assert len(row) == 6
    path, _, name = row[-1].strip("`").partition("::")
    tree = ast.parse((ROOT / path).read_text())
    assert name in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_every_loss_on_record_stands_in_a_row() -> None:
    on_record = {event.__name__ for event in events_of(("protocols.losses",))}
    assert on_record - named(2) == set()


def test_every_event_of_slack_by_which_something_goes_stands_in_a_row() -> None:
    heard = set(losses.DOORS.events) | OF_BRIDGES_ALONE
    assert named(1) == heard


def test_every_button_that_mends_is_one_of_the_words() -> None:
    words = "".join(path.read_text() for path in (ROOT / "templates").glob("*/internal/*.j2"))
    buttons = {each for row in rows() for each in re.findall(r"\*([\w ]+)\*", row[4])}
    assert buttons
    assert [each for each in buttons if f"[{each}" not in words] == []
