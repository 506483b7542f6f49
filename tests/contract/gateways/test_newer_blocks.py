"""Where this Slack refuses newer blocks the plain form goes, once, within the call's own time.

Proves: M27.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from bot.clock import MachineClock
from bot.gateways.newer_blocks import PlainWhereRefused, RefusedKinds
from bot.gateways.outcomes import NotSent, Outcome, RateLimited, Refused, Taken, Unknown
from bot.gateways.slack import SlackGateway
from templates.kit import blocks, notation
from templates.kit.plainer import newer_in
from tests.contract.gateways.tiny_slack import TOKEN, TinySlack

SOURCE = """folded: People
section: CSM One
end:
table: Queue | 10
  head: Ticket | Waits for
  row: BW-1 | first reply
"""
BLOCKS = blocks.compile_items("t", notation.read("t", SOURCE))
POST = "chat.postMessage"


@pytest.fixture
def slack() -> Iterator[TinySlack]:
    with TinySlack() as running:
        yield running


@pytest.fixture
def refused() -> RefusedKinds:
    return RefusedKinds()


@pytest.fixture
def way(slack: TinySlack, refused: RefusedKinds) -> Iterator[PlainWhereRefused]:
    opened = PlainWhereRefused(SlackGateway(TOKEN, api_url=slack.api_url), refused, MachineClock())
    yield opened
    opened.close()


def post(way: PlainWhereRefused, slack: TinySlack, *, deadline_s: float = 2.0) -> Outcome:
    payload = {"channel": slack.add_channel("acme"), "text": "x", "blocks": BLOCKS,
               "metadata": {"event_payload": {"key": "k"}}}  # fmt: skip
    return way.call(POST, payload, deadline_s=deadline_s)


def sent(slack: TinySlack) -> list[frozenset[str]]:
    """Return which newer kinds stood in each post, in order."""
    return [newer_in(call.args) for call in slack.called(POST)]


def older(slack: TinySlack, *kinds: str, count: int = 99) -> None:
    """Have it refuse these kinds as an older Slack does."""
    said = [f"unsupported type: {kind} [json-pointer:/blocks/0/type]" for kind in kinds]
    answer = {"ok": False, "error": "invalid_blocks", "response_metadata": {"messages": said}}

    def holds(args: Mapping[str, Any]) -> bool:
        return bool(newer_in(args) & set(kinds))

    slack.fault(POST, "answer", value=json.dumps(answer), count=count, only_if=holds)


BOTH = frozenset(("container", "data_table"))


def test_what_is_taken_goes_as_it_is(way: PlainWhereRefused, slack: TinySlack) -> None:
    assert isinstance(post(way, slack), Taken)
    assert sent(slack) == [BOTH]


def test_what_is_refused_goes_once_more_in_plain_blocks_and_is_remembered(
    way: PlainWhereRefused,
    slack: TinySlack,
    refused: RefusedKinds,
    caplog: pytest.LogCaptureFixture,
) -> None:
    older(slack, "data_table")
    with caplog.at_level(logging.WARNING):
        assert isinstance(post(way, slack), Taken)
        assert isinstance(post(way, slack), Taken)
    assert sent(slack) == [BOTH, frozenset(), frozenset(("container",))]
    assert refused.kinds == {"data_table"}
    assert len([each for each in caplog.records if "data_table" in each.message]) == 1


def test_what_one_way_learned_the_others_know(
    way: PlainWhereRefused, slack: TinySlack, refused: RefusedKinds
) -> None:
    refused.add(BOTH)
    assert isinstance(post(way, slack), Taken)
    assert sent(slack) == [frozenset()]


def test_a_refusal_that_names_no_kind_is_remembered_once_the_plain_form_is_taken(
    way: PlainWhereRefused, slack: TinySlack, refused: RefusedKinds
) -> None:
    slack.fault(POST, "error", value="invalid_blocks")
    assert isinstance(post(way, slack), Taken)
    assert refused.kinds == BOTH


def test_words_that_are_refused_in_plain_blocks_too_teach_nothing(
    way: PlainWhereRefused, slack: TinySlack, refused: RefusedKinds
) -> None:
    slack.fault(POST, "error", value="invalid_blocks", count=2)
    assert isinstance(post(way, slack), Refused)
    assert len(slack.called(POST)) == 2
    assert refused.kinds == frozenset()


@pytest.mark.parametrize("error", ["is_archived", "msg_too_long", "channel_not_found"])
def test_a_refusal_for_another_reason_is_not_tried_again(
    way: PlainWhereRefused, slack: TinySlack, error: str
) -> None:
    slack.fault(POST, "error", value=error)
    assert isinstance(post(way, slack), Refused)
    assert len(slack.called(POST)) == 1


def test_plain_words_that_are_refused_are_not_tried_again(
    way: PlainWhereRefused, slack: TinySlack
) -> None:
    slack.fault(POST, "error", value="invalid_blocks")
    plain = {"channel": slack.add_channel("acme"), "text": "x"}
    assert isinstance(way.call(POST, plain, deadline_s=2), Refused)
    assert len(slack.called(POST)) == 1


def test_a_limit_is_not_tried_again(way: PlainWhereRefused, slack: TinySlack) -> None:
    slack.fault(POST, "429", value="3")
    assert post(way, slack) == RateLimited(3.0)
    assert len(slack.called(POST)) == 1


@pytest.mark.parametrize("kind", ["lost", "reset", "html"])
def test_what_may_have_arrived_is_not_tried_again(
    way: PlainWhereRefused, slack: TinySlack, kind: str
) -> None:
    slack.fault(POST, kind)
    assert isinstance(post(way, slack), Unknown)
    assert len(slack.called(POST)) == 1


def test_both_tries_have_one_deadline(way: PlainWhereRefused, slack: TinySlack) -> None:
    older(slack, "data_table")
    hang = slack.fault(POST, "hang", only_if=lambda args: not newer_in(args))
    began = time.monotonic()
    outcome = post(way, slack, deadline_s=0.5)
    hang.released.set()
    assert isinstance(outcome, Unknown)
    assert time.monotonic() - began < 1.5


class _Late:
    """A clock by which the first call took all the time there was."""

    def __init__(self) -> None:
        self.at_s = -9.0

    def monotonic(self) -> float:
        self.at_s += 9.0
        return self.at_s


def test_without_time_for_the_plain_form_the_row_waits_for_its_next_try(slack: TinySlack) -> None:
    refused = RefusedKinds()
    way = PlainWhereRefused(SlackGateway(TOKEN, api_url=slack.api_url), refused, _Late())
    older(slack, "data_table")
    assert isinstance(post(way, slack), NotSent)
    assert refused.kinds == {"data_table"}
    way.close()


def test_a_modal_and_an_answer_to_a_gesture_give_way_too(
    way: PlainWhereRefused, slack: TinySlack, refused: RefusedKinds
) -> None:
    alert = blocks.compile_items("t", notation.read("t", "alert: warning | Tier 3\n"))
    view = {"trigger_id": "1.1", "view": {"type": "modal", "blocks": alert}}
    named = {"ok": False, "error": "invalid_arguments",
             "response_metadata": {"messages": ["[ERROR] unsupported type: alert"]}}  # fmt: skip
    slack.fault("views.open", "answer", value=json.dumps(named))
    way.call("views.open", view, deadline_s=2)
    assert [newer_in(call.args) for call in slack.called("views.open")] == [
        {"alert"}, frozenset(),
    ]  # fmt: skip
    assert refused.kinds == {"alert"}
    hook = slack.api_url.replace("/api/", "/hooks/1")
    refused.add(BOTH)
    assert isinstance(way.respond(hook, {"blocks": BLOCKS}, deadline_s=2), Taken)
    assert newer_in(slack.responses[-1]) == frozenset()
