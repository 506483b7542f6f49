"""The Slack gateway sorts every kind of answer, keeps its deadline, and never sends twice.

Proves: F06, F07, F09.
"""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator

import pytest

from bot.gateways.outcomes import (
    NotSent,
    Outcome,
    RateLimited,
    Refused,
    Taken,
    Unknown,
    is_expired_trigger,
    of_slack_answer,
    pause_of,
)
from bot.gateways.slack import SlackGateway, is_response_url
from tests.contract.gateways.tiny_slack import TOKEN, TinySlack
from tests.kit.ports import free_port


@pytest.fixture
def slack() -> Iterator[TinySlack]:
    with TinySlack() as running:
        yield running


@pytest.fixture
def gateway(slack: TinySlack) -> Iterator[SlackGateway]:
    opened = SlackGateway(TOKEN, api_url=slack.api_url)
    yield opened
    opened.close()


def post(gateway: SlackGateway, slack: TinySlack, *, deadline_s: float = 2.0) -> Outcome:
    channel = slack.add_channel("acme")
    return gateway.call(
        "chat.postMessage",
        {"channel": channel, "text": "hello", "metadata": {"event_payload": {"key": "k"}}},
        deadline_s=deadline_s,
    )


def test_an_accepted_post_is_taken_with_its_ts(gateway: SlackGateway, slack: TinySlack) -> None:
    outcome = post(gateway, slack)
    assert isinstance(outcome, Taken)
    assert outcome.result["ts"] == slack.posts[0]["ts"]


def test_writes_go_as_json_and_reads_by_get(gateway: SlackGateway, slack: TinySlack) -> None:
    post(gateway, slack)
    gateway.call("users.conversations", {"limit": 5, "exclude_archived": True}, deadline_s=2)
    gateway.call("bookmarks.list", {"channel_id": "C1"}, deadline_s=2)
    assert [call.http for call in slack.calls] == ["POST", "GET", "POST"]
    assert slack.calls[1].args == {"limit": "5", "exclude_archived": "true"}


def test_a_refusal_carries_slacks_word_and_is_permanent(
    gateway: SlackGateway, slack: TinySlack
) -> None:
    slack.fault("chat.postMessage", "error", value="is_archived")
    assert post(gateway, slack) == Refused(
        "is_archived", answer={"ok": False, "error": "is_archived"}
    )


@pytest.mark.parametrize("error", ["token_revoked", "account_inactive", "invalid_auth"])
def test_a_revoked_token_is_not_the_messages_fault(error: str) -> None:
    outcome = of_slack_answer(200, {}, {"ok": False, "error": error})
    assert isinstance(outcome, Refused)
    assert not outcome.permanent


@pytest.mark.parametrize(
    "error", ["internal_error", "fatal_error", "request_timeout", "service_unavailable"]
)
def test_an_error_of_slacks_own_leaves_the_outcome_unknown(error: str) -> None:
    assert isinstance(of_slack_answer(200, {}, {"ok": False, "error": error}), Unknown)


@pytest.mark.parametrize(
    "error", ["already_in_channel", "already_pinned", "already_archived", "already_reacted"]
)
def test_what_is_already_so_counts_as_taken(error: str) -> None:
    assert isinstance(of_slack_answer(200, {}, {"ok": False, "error": error}), Taken)


@pytest.mark.parametrize("status", ["500", "502", "503"])
def test_a_server_error_leaves_the_outcome_unknown(
    gateway: SlackGateway, slack: TinySlack, status: str
) -> None:
    slack.fault("chat.postMessage", "status", value=status)
    assert isinstance(post(gateway, slack), Unknown)


@pytest.mark.parametrize("kind", ["html", "half", "reset", "lost"])
def test_a_broken_answer_leaves_the_outcome_unknown_and_is_not_sent_again(
    gateway: SlackGateway, slack: TinySlack, kind: str
) -> None:
    slack.fault("chat.postMessage", kind)
    assert isinstance(post(gateway, slack), Unknown)
    assert len(slack.called("chat.postMessage")) == 1


@pytest.mark.parametrize("kind", ["drip", "hang"])
def test_the_deadline_is_total_even_when_bytes_keep_dripping(
    gateway: SlackGateway, slack: TinySlack, kind: str
) -> None:
    fault = slack.fault("chat.postMessage", kind)
    began = time.monotonic()
    outcome = post(gateway, slack, deadline_s=0.4)
    fault.released.set()
    assert isinstance(outcome, Unknown)
    assert time.monotonic() - began < 1.5


@pytest.mark.parametrize(
    "body", ["[]", "1", '"ok"', "null", "{}", '{"ok": "yes"}', '{"error": "x"}']
)
def test_json_that_is_no_verdict_leaves_the_outcome_unknown(
    gateway: SlackGateway, slack: TinySlack, body: str
) -> None:
    slack.fault("chat.postMessage", "answer", value=json.dumps(json.loads(body)))
    assert isinstance(post(gateway, slack), Unknown)


def test_a_refused_connection_was_not_sent() -> None:
    gateway = SlackGateway(TOKEN, api_url=f"http://127.0.0.1:{free_port()}/api/")
    outcome = gateway.call("chat.postMessage", {"channel": "C1"}, deadline_s=2)
    gateway.close()
    assert isinstance(outcome, NotSent)


def test_an_unknown_host_was_not_sent() -> None:
    gateway = SlackGateway(TOKEN, api_url="http://nowhere.invalid/api/")
    outcome = gateway.call("chat.postMessage", {"channel": "C1"}, deadline_s=4)
    gateway.close()
    assert isinstance(outcome, NotSent)


def test_a_closed_gateway_sends_nothing(slack: TinySlack) -> None:
    gateway = SlackGateway(TOKEN, api_url=slack.api_url)
    gateway.close()
    assert isinstance(gateway.call("auth.test", {}, deadline_s=1), NotSent)


@pytest.mark.parametrize(
    ("header", "pause_s"),
    [
        ("1", 1.0),
        ("30", 30.0),
        ("3600", 300.0),
        ("0", 1.0),
        ("-5", 1.0),
        ("soon", 30.0),
        ("", 30.0),
        ("nan", 30.0),
        ("inf", 300.0),
        ("1e400", 300.0),
        ("Wed, 21 Oct 2026 07:28:10 GMT", 10.0),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 1.0),
        ("Wed, 99 Foo 2026 07:28:10 GMT", 30.0),
    ],
)
def test_every_odd_retry_after_becomes_a_pause_within_bounds(header: str, pause_s: float) -> None:
    assert pause_of(header, "Wed, 21 Oct 2026 07:28:00 GMT") == pause_s


def test_a_missing_retry_after_is_half_a_minute() -> None:
    assert pause_of(None) == 30.0


def test_a_429_says_how_long_to_wait(gateway: SlackGateway, slack: TinySlack) -> None:
    slack.fault("chat.postMessage", "429", value="7")
    assert post(gateway, slack) == RateLimited(7.0)


def test_both_spellings_of_an_expired_trigger_are_known() -> None:
    new = of_slack_answer(200, {}, {"ok": False, "error": "expired_trigger_id"})
    old = of_slack_answer(
        200,
        {},
        {
            "ok": False,
            "error": "invalid_arguments",
            "response_metadata": {
                "messages": ["[ERROR] `trigger_id` expired [json-pointer:/trigger_id]"]
            },
        },
    )
    other = of_slack_answer(200, {}, {"ok": False, "error": "invalid_arguments"})
    assert [is_expired_trigger(each) for each in (new, old, other)] == [True, True, False]


def test_a_missing_scope_names_what_is_needed() -> None:
    answer = {"ok": False, "error": "missing_scope", "needed": "pins:write", "provided": "chat"}
    outcome = of_slack_answer(200, {}, answer)
    assert isinstance(outcome, Refused)
    assert outcome.detail == "needed: pins:write; provided: chat"


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("https://hooks.slack.com/commands/T1/1/x", True),
        ("https://hooks.slack.com.evil.example/commands", False),
        ("http://hooks.slack.com/commands", False),
        ("https://hooks.slack.com:8443/commands", False),
        ("https://user@hooks.slack.com/commands", False),
        ("https://slack.com/commands", False),
        ("https://127.0.0.1/commands", False),
        ("https://[::1/commands", False),
        ("", False),
    ],
)
def test_only_slacks_own_response_addresses_are_answered(url: str, allowed: bool) -> None:
    assert is_response_url(url, "https://slack.com/api/") is allowed


def test_the_drills_response_address_is_on_the_drills_own_host() -> None:
    api = "http://127.0.0.1:8400/api/"
    assert is_response_url("http://127.0.0.1:8400/hooks/1", api)
    assert is_response_url("http://127.0.0.1:8401/hooks/1", api)
    assert not is_response_url("http://192.0.2.1:8400/hooks/1", api)
    assert not is_response_url("https://hooks.slack.com/1", api)


def test_a_foreign_response_address_gets_no_request(gateway: SlackGateway) -> None:
    outcome = gateway.respond("https://169.254.169.254/x", {"text": "hi"}, deadline_s=1)
    assert isinstance(outcome, Refused)


def test_a_kept_connection_is_used_again(gateway: SlackGateway, slack: TinySlack) -> None:
    for _ in range(3):
        gateway.call("users.list", {}, deadline_s=2)
    assert len({call.peer for call in slack.calls}) == 1


def test_a_kept_connection_that_died_meanwhile_costs_no_call(
    gateway: SlackGateway, slack: TinySlack
) -> None:
    post(gateway, slack)
    slack.hang_up()
    assert isinstance(post(gateway, slack), Taken)
    assert len(slack.posts) == 2


def test_a_post_whose_kept_connection_breaks_is_not_sent_again(
    gateway: SlackGateway, slack: TinySlack
) -> None:
    post(gateway, slack)
    slack.fault("chat.postMessage", "lost")
    assert isinstance(post(gateway, slack), Unknown)
    assert len(slack.posts) == 2


def test_a_host_that_does_not_take_connections_in_time_was_sent_nothing() -> None:
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        address = full.getsockname()
        waiting = [socket.socket() for _ in range(8)]
        for each in waiting:
            each.setblocking(False)
            each.connect_ex(address)
        gateway = SlackGateway(TOKEN, api_url=f"http://127.0.0.1:{address[1]}/api/")
        outcome = gateway.call("chat.postMessage", {"channel": "C1"}, deadline_s=0.4)
        gateway.close()
        for each in waiting:
            each.close()
    assert isinstance(outcome, NotSent)


def test_a_response_goes_out_without_the_token(gateway: SlackGateway, slack: TinySlack) -> None:
    url = slack.api_url.replace("/api/", "/hooks/1")
    assert isinstance(gateway.respond(url, {"text": "hi"}, deadline_s=2), Taken)
    assert slack.responses == [{"text": "hi"}]
