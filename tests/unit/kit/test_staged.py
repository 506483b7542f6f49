"""A stage of tests leaves a file unread only when none of its tests can be asked for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scripts.check import FAST, SLOW
from tests.kit.staged import STAGED, may_hold

TESTS = Path(__file__).resolve().parents[2]
MARK = "pytestmark = pytest.mark.{}"
SLOW_FILE = MARK.format("slow")


@pytest.mark.parametrize(
    ("asked", "text", "is_read"),
    [
        (FAST, "", True),
        (FAST, SLOW_FILE, True),
        (f"{FAST} and not postgres", "", True),
        ("postgres", "", True),
        (SLOW, "", False),
        (SLOW, SLOW_FILE, True),
        (SLOW, MARK.format("crash"), True),
        (SLOW, MARK.format("browser"), False),
        ("browser and not full", SLOW_FILE, False),
    ],
)
def test_a_file_is_read_when_a_test_in_it_may_be_asked_for(
    asked: str, text: str, is_read: bool
) -> None:
    assert may_hold(asked, text) is is_read


def test_a_mark_that_a_stage_goes_by_is_written_out_in_the_file_of_its_tests() -> None:
    elsewhere = [
        str(path.relative_to(TESTS))
        for path in TESTS.rglob("*.py")
        if not path.name.startswith("test_")
        and re.search(rf"mark\.({'|'.join(STAGED)})\b", path.read_text("utf-8"))
    ]
    assert elsewhere == []
