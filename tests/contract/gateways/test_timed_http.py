"""The one deadline of an HTTP call: names, connecting and encryption are inside of it.

Proves: F07.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from bot.gateways.connecting import Connector
from bot.gateways.outcomes import NotSent
from bot.gateways.timed_http import HttpAnswer, TimedHttp
from tests.contract.gateways.post_office import LONG_RECORD, PostOffice
from tests.contract.gateways.tiny_slack import TinySlack

DEADLINE_S = 0.5
SPARE_S = 0.6
IPV4 = (socket.AF_INET, socket.SOCK_STREAM, 6, "")


@pytest.fixture
def slack() -> Iterator[TinySlack]:
    with TinySlack() as running:
        yield running


@pytest.fixture
def silent() -> Iterator[PostOffice]:
    with ExitStack() as stack:
        made = PostOffice("connect")
        stack.callback(made.close)
        yield made


def called(http: TimedHttp, url: str, deadline_s: float = DEADLINE_S) -> tuple[object, float]:
    """Make one call; return what came of it and how long that took."""
    began_s = time.monotonic()
    answer = http.call("POST", url, headers={}, body=b"{}", deadline_s=deadline_s)
    return answer, time.monotonic() - began_s


def test_a_name_that_is_found_too_late_is_not_called(slack: TinySlack) -> None:
    found = threading.Event()

    def slow(*what: Any, **how: Any) -> Any:
        found.wait(30)
        return socket.getaddrinfo(*what, **how)

    http = TimedHttp(connector=Connector(look_up=slow))
    url = f"http://localhost:{slack.port}/api/auth.test"
    answer, took_s = called(http, url)
    assert isinstance(answer, NotSent)
    assert took_s < DEADLINE_S + SPARE_S
    found.set()
    answer, _ = called(http, url, 5.0)
    assert isinstance(answer, HttpAnswer)
    assert len(slack.called("auth.test")) == 1


def test_addresses_that_all_keep_silent_cost_no_more_than_the_one_deadline(
    silent: PostOffice,
) -> None:
    def many(*_what: Any, **_how: Any) -> Any:
        return [(*IPV4, ("127.0.0.1", silent.port))] * 5

    answer, took_s = called(TimedHttp(connector=Connector(look_up=many)), "http://localhost:9/x")
    assert isinstance(answer, NotSent)
    assert took_s < DEADLINE_S + SPARE_S


def test_of_two_addresses_the_one_that_answers_is_called(
    silent: PostOffice, slack: TinySlack
) -> None:
    def two(*_what: Any, **_how: Any) -> Any:
        return [(*IPV4, ("127.0.0.1", port)) for port in (silent.port, slack.port)]

    http = TimedHttp(connector=Connector(look_up=two))
    answer, took_s = called(http, "http://localhost:9/api/auth.test", 3.0)
    assert isinstance(answer, HttpAnswer)
    assert took_s < 3.0


@pytest.mark.parametrize("drips", [False, True])
def test_encryption_is_inside_of_the_deadline(drips: bool) -> None:
    with ExitStack() as stack:
        post = PostOffice("banner", drips=drips, drip_begins=LONG_RECORD)
        stack.callback(post.close)
        answer, took_s = called(TimedHttp(), f"https://127.0.0.1:{post.port}/x")
    assert isinstance(answer, NotSent)
    assert took_s < DEADLINE_S + SPARE_S
