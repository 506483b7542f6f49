"""A stored due point falls due as the value that it is, while the ticket owes just that."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.engine.ledger import POINTS, falling
from protocols.kernel.due_point import NumberedPoint
from protocols.kernel.refusals import BeingUpdated
from store.due_rows import DuePointRow

AT = datetime(2026, 11, 23, 14, 17, tzinfo=UTC)
POINT = NumberedPoint("decision:2", "decision_due", AT, 2)
STORED = POINTS.encode(POINT)


def row(value: object) -> DuePointRow:
    return DuePointRow("BW-1001", POINT.key, POINT.kind, AT, "pending", AT, None, value)


def test_a_stored_point_that_is_owed_falls_due_as_it_was_stored() -> None:
    assert falling(row(STORED), [POINT]) == POINT


@pytest.mark.parametrize(
    "owed",
    [(), (replace(POINT, number=3),), (replace(POINT, at=AT + timedelta(minutes=1)),)],
    ids=["nothing", "about_another", "later"],
)
def test_one_that_is_not_owed_as_it_was_stored_is_passed_over(
    owed: tuple[NumberedPoint, ...],
) -> None:
    assert falling(row(STORED), owed) is None


def test_of_an_older_process_that_stored_no_value_the_key_says_which_is_owed() -> None:
    assert falling(row(None), [replace(POINT, key="decision:1"), POINT]) == POINT
    assert falling(row(None), []) is None


@pytest.mark.parametrize("newer", [{"tone": "calm"}, {"type": "MergePoint"}, {"v": 2}], ids=str)
def test_what_a_newer_process_stored_is_left_to_it(newer: dict[str, object]) -> None:
    with pytest.raises(BeingUpdated, match="a due point"):
        falling(row({**STORED, **newer}), [POINT])
