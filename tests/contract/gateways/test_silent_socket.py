"""A socket that is lost without a close frame is noticed soon, and another one is opened.

Proves: F39.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from slack_bolt import BoltRequest, BoltResponse

from bot.clock import MachineClock
from bot.gateways.outcomes import Outcome, Taken
from bot.gateways.slack import SlackGateway
from bot.slack.socket_line import NOTICED_S
from bot.slack.socket_mode import LOST, SlackSocket
from drill.local import LocalSlack
from tests.kit.gate import Gate
from tests.kit.waiting import until

MANIFEST = Path(__file__).parents[3] / "app.yaml"


class Nobody:
    """A Bolt App's stand-in."""

    def dispatch(self, req: BoltRequest) -> BoltResponse:
        return BoltResponse(status=200, body="")


class Through:
    """Gives the addresses that Slack gives, by way of a gate."""

    def __init__(self, gateway: SlackGateway, gate: Gate) -> None:
        self._gateway = gateway
        self._gate = gate

    def call(self, method: str, payload: Mapping[str, object], *, deadline_s: float) -> Outcome:
        outcome = self._gateway.call(method, payload, deadline_s=deadline_s)
        if not isinstance(outcome, Taken):
            return outcome
        address = urlsplit(str(outcome.result["url"]))
        gated = address._replace(netloc=f"127.0.0.1:{self._gate.port}")
        return Taken({**outcome.result, "url": urlunsplit(gated)})


def test_a_socket_that_goes_silent_is_noticed_within_ten_seconds_and_another_is_opened() -> None:
    greeted = threading.Semaphore(0)
    with LocalSlack(MANIFEST, mode="socket") as slack:
        port = urlsplit(slack.api_url).port
        assert port is not None
        gateway = SlackGateway("xapp-drill", api_url=slack.api_url)
        with Gate(port) as gate:
            made = SlackSocket(
                Nobody(),
                Through(gateway, gate),
                MachineClock(),
                through_proxy=False,
                greeted=greeted.release,
            )
            made.start()
            assert greeted.acquire(timeout=30)
            gate.silence()
            until(lambda: made.trouble == LOST, 10.0, what="the loss")
            assert greeted.acquire(timeout=30)
            assert made.trouble is None
            made.stop(2.0)
        gateway.close()


def test_the_limits_of_a_socket_let_no_silence_last_ten_seconds() -> None:
    assert NOTICED_S < 10.0
