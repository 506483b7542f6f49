"""A mail's one deadline: names, connecting, encryption and every word are inside of it.

When the outcome has been reported nothing of that try leaves any more, whatever the server does.

Proves: F07.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from bot.gateways.connecting import Connector
from bot.gateways.letters import message_id_of
from bot.gateways.mail import MailGateway
from bot.gateways.outcomes import NotSent, Outcome, Taken, Unknown
from tests.contract.gateways.post_office import LONG_RECORD, PostOffice
from tests.contract.gateways.test_mail_gateway import LETTER, SENDER
from tests.kit.waiting import until

DEADLINE_S = 0.5
SPARE_S = 0.6
BEFORE_THE_END = ("connect", "banner", "EHLO", "TLS", "MAIL", "RCPT", "DATA")
Open = Callable[..., PostOffice]


@pytest.fixture
def office() -> Iterator[Open]:
    with ExitStack() as stack:

        def opened(stops_at: str = "", **more: Any) -> PostOffice:
            made = PostOffice(stops_at, **more)
            stack.callback(made.close)
            return made

        yield opened


def gateway_to(port: int, host: str = "127.0.0.1", **more: Any) -> MailGateway:
    return MailGateway(f"smtp://{host}:{port}", sender=SENDER, vendor="Northwind", **more)


def timed(gateway: MailGateway, deadline_s: float = DEADLINE_S) -> tuple[Outcome, float]:
    """Send one mail; return what came of it and how long that took."""
    began_s = time.monotonic()
    outcome = gateway.send(LETTER, key="k1", deadline_s=deadline_s)
    return outcome, time.monotonic() - began_s


@pytest.mark.parametrize("drips", [False, True])
@pytest.mark.parametrize("stops_at", BEFORE_THE_END)
def test_a_server_that_stops_before_the_final_dot_gets_nothing_then_or_later(
    office: Open, stops_at: str, drips: bool
) -> None:
    post = office(stops_at, drips=drips)
    outcome, took_s = timed(gateway_to(post.port))
    assert isinstance(outcome, NotSent)
    assert took_s < DEADLINE_S + SPARE_S
    post.go_on.set()
    if stops_at != "connect":
        until(lambda: post.ended == post.talks == 1, 30, what="the end of the conversation")
    assert post.taken == []
    assert post.late == []


@pytest.mark.parametrize("drips", [False, True])
def test_a_server_that_stops_after_the_final_dot_leaves_the_outcome_unknown(
    office: Open, drips: bool
) -> None:
    post = office(".", drips=drips)
    outcome, took_s = timed(gateway_to(post.port))
    assert isinstance(outcome, Unknown)
    assert took_s < DEADLINE_S + SPARE_S
    post.go_on.set()
    until(lambda: post.ended == 1, 30, what="the end of the conversation")
    assert [each.message_id for each in post.taken] == [message_id_of("k1", SENDER)]


def test_a_server_that_never_says_goodbye_has_taken_the_mail(office: Open) -> None:
    post = office("QUIT")
    outcome, took_s = timed(gateway_to(post.port), 3.0)
    assert isinstance(outcome, Taken)
    assert took_s < 1.5
    assert len(post.taken) == 1


@pytest.mark.parametrize("scheme", ["smtps", "starttls"])
@pytest.mark.parametrize("drips", [False, True])
def test_encryption_is_inside_of_the_deadline(office: Open, scheme: str, drips: bool) -> None:
    stops_at = "banner" if scheme == "smtps" else "TLS"
    post = office(stops_at, drips=drips, drip_begins=LONG_RECORD)
    url = f"{scheme}://127.0.0.1:{post.port}"
    outcome, took_s = timed(MailGateway(url, sender=SENDER, vendor="Northwind"))
    assert isinstance(outcome, NotSent)
    assert took_s < DEADLINE_S + SPARE_S
    post.go_on.set()
    until(lambda: post.ended == 1, 30, what="the end of the conversation")
    assert post.taken == []


def test_a_name_that_is_found_too_late_is_not_connected_to(office: Open) -> None:
    post = office()
    found, asked = threading.Event(), threading.Event()

    def slow(*what: Any, **how: Any) -> Any:
        asked.set()
        found.wait(30)
        return socket.getaddrinfo(*what, **how)

    gateway = gateway_to(post.port, "localhost", connector=Connector(look_up=slow))
    outcome, took_s = timed(gateway)
    assert isinstance(outcome, NotSent)
    assert asked.is_set()
    assert took_s < DEADLINE_S + SPARE_S
    found.set()
    outcome, _ = timed(gateway, 5.0)
    assert isinstance(outcome, Taken)
    assert (len(post.taken), post.talks) == (1, 1)


def test_many_who_wait_for_one_slow_name_ask_once(office: Open) -> None:
    post = office()
    found, asked = threading.Event(), []

    def slow(*what: Any, **how: Any) -> Any:
        asked.append(what)
        found.wait(30)
        return socket.getaddrinfo(*what, **how)

    gateway = gateway_to(post.port, "localhost", connector=Connector(look_up=slow))
    outcomes = [timed(gateway, 0.1)[0] for _ in range(5)]
    found.set()
    assert all(isinstance(each, NotSent) for each in outcomes)
    assert len(asked) == 1


def test_a_name_that_does_not_exist_is_not_sent_to() -> None:
    def none(*_what: Any, **_how: Any) -> Any:
        raise socket.gaierror(socket.EAI_NONAME, "no such name")

    outcome, _ = timed(gateway_to(25, "post.example", connector=Connector(look_up=none)))
    assert isinstance(outcome, NotSent)
    assert "its name is not known" in outcome.reason


def test_of_two_addresses_the_one_that_answers_is_used_within_the_one_deadline(
    office: Open,
) -> None:
    silent, post = office("connect"), office()

    def two(*_what: Any, **_how: Any) -> Any:
        kind = (socket.AF_INET, socket.SOCK_STREAM, 6, "")
        return [(*kind, ("127.0.0.1", port)) for port in (silent.port, post.port)]

    outcome, took_s = timed(gateway_to(25, "localhost", connector=Connector(look_up=two)), 2.0)
    assert isinstance(outcome, Taken)
    assert took_s < 2.0
    assert len(post.taken) == 1


def test_addresses_that_all_keep_silent_cost_no_more_than_the_one_deadline(office: Open) -> None:
    silent = office("connect")

    def many(*_what: Any, **_how: Any) -> Any:
        kind = (socket.AF_INET, socket.SOCK_STREAM, 6, "")
        return [(*kind, ("127.0.0.1", silent.port))] * 5

    outcome, took_s = timed(gateway_to(25, "localhost", connector=Connector(look_up=many)))
    assert isinstance(outcome, NotSent)
    assert took_s < DEADLINE_S + SPARE_S


def test_a_mail_whose_time_is_up_before_it_begins_is_not_begun(office: Open) -> None:
    post = office()
    outcome, _ = timed(gateway_to(post.port), 0.0)
    assert isinstance(outcome, NotSent)
    assert post.talks == 0
