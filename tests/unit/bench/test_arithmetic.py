"""The bench's arithmetic: percentiles, and how many calls stood in a row."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from bench.figures import LINES, Measured, percentile
from bench.load import Answered
from bench.report import table
from bench.seeding import _moved
from bench.slack_log import bridges, opened, reference_in


def call(number: int, method: str, at_s: float, **args: Any) -> dict[str, Any]:
    """Return a call as the local Slack logs it."""
    answer = {"ok": True, "channel": {"id": "C1", "name": "bw-1001-acme"}}
    return {
        "n": number, "method": method, "args": {"channel": "C1", **args},
        "answer": answer, "applied": True, "at_s": at_s,
    }  # fmt: skip


BRIDGE = [
    call(1, "conversations.create", 10.12),
    call(2, "chat.postMessage", 10.26),
    call(3, "conversations.setTopic", 10.27),
    call(4, "pins.add", 10.40),
    call(5, "chat.update", 10.60),
]


@pytest.mark.parametrize(("percent", "expected"), [(50, 50), (99, 99), (100, 100), (1, 1)])
def test_a_percentile_is_a_sample_that_was_measured(percent: float, expected: float) -> None:
    assert percentile(list(range(100, 0, -1)), percent) == expected


def test_the_slowest_of_few_samples_is_their_99th_percentile() -> None:
    assert percentile([3.0, 1.0, 2.0], 99) == 3.0


def test_the_first_message_is_the_second_call_in_a_row() -> None:
    found = opened(bridges(BRIDGE)["BW-1001"], None)
    assert (found.first_levels, found.first_s) == (2, 10.26)


def test_calls_beside_each_other_count_as_one_level() -> None:
    found = opened(bridges(BRIDGE)["BW-1001"], None)
    assert (found.set_up_levels, found.set_up_s, found.calls) == (3, 10.40, 4)


def test_an_edit_of_the_card_is_no_part_of_the_set_up() -> None:
    assert [each["n"] for each in bridges(BRIDGE)["BW-1001"]] == [1, 2, 3, 4]


def test_the_acknowledgment_to_the_account_belongs_to_the_set_up() -> None:
    late = call(9, "chat.postMessage", 10.9, channel="CACCOUNT")
    assert opened(bridges(BRIDGE)["BW-1001"], late).set_up_s == 10.9


def test_an_answer_without_a_ticket_is_refused() -> None:
    answer = Answered(0.0, 1.0, 200, b'{"response_action": "errors"}')
    with pytest.raises(ValueError, match="No ticket was opened"):
        reference_in(answer.body)


def test_a_copied_ticket_is_moved_in_time_and_otherwise_the_same() -> None:

    body = {"at": "2026-11-23T14:00:00+00:00", "summary": "2026", "all": [1, None]}
    assert _moved(body, timedelta(hours=1)) == {**body, "at": "2026-11-23T15:00:00+00:00"}


def test_a_figure_over_its_limit_is_shown_as_missed() -> None:

    found = Measured(silent=True)
    found.put("ack_alone_p50", 11.0, 40)
    found.put("ack_20_p99", 99.0, 240)
    text = table({"sqlite": found}, today=date(2026, 11, 23), load="")
    assert "**11 ms (n=40), missed**" in text
    assert "| 99 ms (n=240) |" in text
    assert len(LINES) == 15
