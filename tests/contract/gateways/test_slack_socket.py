"""The socket to Slack is opened when Slack lets us, however often it does not.

Proves: F39.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from slack_bolt import BoltRequest, BoltResponse

from bot.clock import MachineClock
from bot.gateways.outcomes import Outcome
from bot.gateways.slack import SlackGateway
from bot.slack.socket_mode import LOST, NOT_YET, SWITCHED_OFF, SlackSocket, SocketPace
from drill.local import LocalSlack
from tests.kit.waiting import pause, until

MANIFEST = Path(__file__).parents[3] / "app.yaml"
QUICK = SocketPace(first_s=0.05, most_s=0.4, greeting_s=0.5, stood_s=0.5, call_s=0.5, open_s=0.5)
OPEN = "apps.connections.open"


class Answers:
    """A Bolt App's stand-in: it answers every command with what was typed."""

    def __init__(self) -> None:
        self.retries: list[str] = []

    def dispatch(self, req: BoltRequest) -> BoltResponse:
        self.retries += req.headers.get("x-slack-retry-num", [])
        return BoltResponse(status=200, body={"text": f"You typed {req.body.get('text')}."})


@pytest.fixture
def slack() -> Iterator[LocalSlack]:
    with LocalSlack(MANIFEST, mode="socket") as running:
        yield running


@contextmanager
def socket_to(slack: LocalSlack, token: str = "xapp-drill") -> Iterator[SlackSocket]:
    """Give a socket that has begun to connect."""
    gateway = SlackGateway(token, api_url=slack.api_url)
    made = SlackSocket(Answers(), gateway, MachineClock(), through_proxy=False, pace=QUICK)
    made.start()
    try:
        yield made
    finally:
        began_s = MachineClock().monotonic()
        made.stop(2.0)
        assert MachineClock().monotonic() - began_s < 3.0
        gateway.close()


def connected(made: SlackSocket) -> None:
    until(lambda: made.trouble is None, 30, what="a connection")


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [r.getMessage() for r in caplog.records if r.name == "bot.slack.socket_mode"]


def test_a_command_over_the_socket_is_answered(slack: LocalSlack) -> None:
    with socket_to(slack) as made:
        connected(made)
        csm = slack.person("csm-one")
        csm.command("/ticket", "help")
        assert csm.ephemerals[-1].words == "You typed help."
    assert made.trouble is not None


@pytest.mark.parametrize(
    ("method", "kind"),
    [
        (OPEN, "hang"),
        (OPEN, "429"),
        (OPEN, "500"),
        (OPEN, "reset"),
        (OPEN, "garbage"),
        ("link", "refuse"),
        ("link", "reset"),
        ("link", "hang"),
    ],
)
def test_whatever_goes_wrong_three_times_it_connects_in_the_end(
    slack: LocalSlack, method: str, kind: str
) -> None:
    slack.fault(method, kind, count=2 if kind == "429" else 3)
    with socket_to(slack) as made:
        until(lambda: made.trouble not in (None, NOT_YET), 30, what="words for what is wrong")
        connected(made)
        slack.person("csm-one").command("/ticket", "help")


def test_a_slack_that_is_down_at_the_start_is_reached_when_it_is_back(slack: LocalSlack) -> None:
    slack.down()
    with socket_to(slack) as made:
        until(lambda: made.trouble not in (None, NOT_YET), what="words for what is wrong")
        slack.up()
        connected(made)


def test_a_wrong_token_is_one_sentence_that_names_the_setting(
    slack: LocalSlack, caplog: pytest.LogCaptureFixture
) -> None:
    for token, error in (("xapp-wrong", "invalid_auth"), ("xoxb-drill", "not_allowed_token_type")):
        caplog.clear()
        before = len(slack.calls(OPEN))
        with caplog.at_level(logging.INFO), socket_to(slack, token) as made:
            until(lambda: len(slack.calls(OPEN)) >= before + 3, what="three tries")  # noqa: B023
            assert made.trouble is not None
            assert f"SLACK_APP_TOKEN ({error})" in made.trouble
        assert warnings(caplog) == [made.trouble]


def test_a_socket_that_closes_at_once_is_not_opened_without_pause(
    slack: LocalSlack, caplog: pytest.LogCaptureFixture
) -> None:
    slack.fault("link", "reset", count=0)
    with caplog.at_level(logging.INFO), socket_to(slack) as made:
        pause(1.5)
        assert made.trouble is not None
    assert 2 <= len(slack.calls(OPEN)) <= 12
    assert len(set(warnings(caplog))) == len(warnings(caplog)) <= 3


def test_a_lost_socket_says_so_until_another_stands(slack: LocalSlack) -> None:
    with socket_to(slack) as made:
        connected(made)
        rule = slack.fault(OPEN, "500", count=0)
        slack.drop_sockets()
        until(lambda: made.trouble is not None, what="the loss")
        assert made.trouble
        until(lambda: rule.struck > 0, what="a try")
        slack.clear_faults()
        connected(made)


def test_a_refreshed_socket_carries_on_until_its_successor_stands(slack: LocalSlack) -> None:
    with socket_to(slack) as made:
        connected(made)
        slack.fault(OPEN, "500", count=2)
        slack.disconnect("warning")
        until(lambda: len(slack.calls(OPEN)) >= 3, what="the tries")
        assert made.trouble is None
        until(lambda: len(slack.calls(OPEN)) >= 4, what="the successor")
        until(lambda: slack.sockets() == 1, what="the end of the old one")
        slack.person("csm-one").command("/ticket", "help")


def test_a_socket_mode_that_is_switched_off_is_said(slack: LocalSlack) -> None:
    with socket_to(slack) as made:
        connected(made)
        rule = slack.fault(OPEN, "500", count=0)
        slack.disconnect("link_disabled")
        until(lambda: rule.struck > 0, what="a try")
        assert made.trouble not in (None, LOST)


class Breaks:
    """Calls that break our own code twice, and then work."""

    def __init__(self, gateway: SlackGateway) -> None:
        self._gateway = gateway
        self.times = 0

    def call(self, method: str, payload: Mapping[str, object], *, deadline_s: float) -> Outcome:
        self.times += 1
        if self.times <= 2:
            raise RuntimeError("broken")
        return self._gateway.call(method, payload, deadline_s=deadline_s)


@pytest.mark.expects_errors
def test_a_fault_of_our_own_does_not_end_the_trying(slack: LocalSlack) -> None:
    gateway = SlackGateway("xapp-drill", api_url=slack.api_url)
    calls = Breaks(gateway)
    made = SlackSocket(Answers(), calls, MachineClock(), through_proxy=False, pace=QUICK)
    made.start()
    connected(made)
    assert calls.times == 3
    made.stop(2.0)
    gateway.close()


def test_the_sentences_of_the_socket_end_as_sentences_do() -> None:
    assert all(text.endswith(".") for text in (LOST, NOT_YET, SWITCHED_OFF))
