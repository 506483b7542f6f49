"""Gestures are answered at most once, in time, or the person is told at once.

Proves: F38, T32.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator

import pytest

from bot.clock import MachineClock
from bot.gateways.outcomes import NotSent, Refused, Taken, Unknown
from bot.gateways.slack import SlackGateway
from bot.slack.interactive import NOT_OPENED, SlackInteractive
from handlers.kit.ports import Busy
from tests.contract.gateways.tiny_slack import TOKEN, TinySlack
from tests.kit.waiting import until

VIEW = {"type": "modal", "title": {"type": "plain_text", "text": "Open a ticket"}, "blocks": []}


@pytest.fixture
def gateway(slack: TinySlack) -> Iterator[SlackGateway]:
    opened = SlackGateway(TOKEN, api_url=slack.api_url)
    yield opened
    for fault in slack.faults:
        fault.released.set()
    opened.close()


def hook(slack: TinySlack) -> str:
    return slack.api_url.replace("/api/", "/hooks/1")


def test_a_modal_opens_with_the_gestures_trigger(slack: TinySlack, gateway: SlackGateway) -> None:
    desk = SlackInteractive(gateway, MachineClock())
    outcome = desk.open_view("1.2.abc", VIEW, response_url=hook(slack)).result(5)
    assert isinstance(outcome, Taken)
    assert slack.called("views.open")[0].args == {"trigger_id": "1.2.abc", "view": VIEW}
    assert slack.responses == []


@pytest.mark.parametrize("kind", ["error", "status", "reset", "429"])
def test_a_modal_that_did_not_open_is_told_and_not_tried_again(
    slack: TinySlack, gateway: SlackGateway, kind: str
) -> None:
    value = {"error": "expired_trigger_id", "status": "500", "429": "1"}.get(kind, "")
    slack.fault("views.open", kind, value=value)
    desk = SlackInteractive(gateway, MachineClock())
    outcome = desk.open_view("1.2.abc", VIEW, response_url=hook(slack)).result(5)
    assert not isinstance(outcome, Taken)
    assert [each["text"] for each in slack.responses] == [NOT_OPENED]
    assert slack.responses[0]["response_type"] == "ephemeral"
    assert slack.responses[0]["replace_original"] is False
    assert len(slack.called("views.open")) == 1


def test_a_modal_that_hangs_is_given_up_within_the_limit(
    slack: TinySlack, gateway: SlackGateway
) -> None:
    slack.fault("views.open", "hang")
    desk = SlackInteractive(gateway, MachineClock())
    began = time.monotonic()
    outcome = desk.open_view("1.2.abc", VIEW, response_url=hook(slack)).result(5)
    assert isinstance(outcome, Unknown)
    assert time.monotonic() - began < 2.9
    assert len(slack.responses) == 1


def test_hanging_modals_do_not_queue_others_past_their_time(
    slack: TinySlack, gateway: SlackGateway
) -> None:
    slack.fault("views.open", "hang", count=2)
    desk = SlackInteractive(gateway, MachineClock(), threads=2, backlog=1)
    first = [desk.open_view(f"{n}", VIEW) for n in range(2)]
    until(lambda: len(slack.called("views.open")) == 2)
    waiting = desk.open_view("2", VIEW, response_url=hook(slack))
    began = time.monotonic()
    with pytest.raises(Busy, match="Press again"):
        desk.open_view("3", VIEW)
    assert time.monotonic() - began < 0.1
    assert isinstance(waiting.result(8), NotSent)
    assert len(slack.called("views.open")) == 2
    assert len(slack.responses) == 1
    assert all(isinstance(each.result(5), Unknown) for each in first)


def test_a_place_is_free_again_after_each_gesture(slack: TinySlack, gateway: SlackGateway) -> None:
    desk = SlackInteractive(gateway, MachineClock(), threads=1, backlog=0)
    for number in range(5):
        until(lambda: desk._places._value == 1)
        assert isinstance(desk.open_view(str(number), VIEW).result(5), Taken)


def test_a_view_is_updated_with_its_hash(slack: TinySlack, gateway: SlackGateway) -> None:
    desk = SlackInteractive(gateway, MachineClock())
    desk.update_view("V1", VIEW, view_hash="1.a").result(5)
    assert slack.called("views.update")[0].args == {"view_id": "V1", "view": VIEW, "hash": "1.a"}


@pytest.mark.parametrize(("error", "warned"), [("not_found", 0), ("hash_conflict", 0), ("down", 1)])
def test_a_form_that_is_gone_by_its_redrawing_is_no_warning(
    slack: TinySlack,
    gateway: SlackGateway,
    caplog: pytest.LogCaptureFixture,
    error: str,
    warned: int,
) -> None:
    slack.fault("views.update", "error", value=error)
    desk = SlackInteractive(gateway, MachineClock())
    assert isinstance(desk.update_view("V1", VIEW).result(5), Refused)
    warnings = [each for each in caplog.records if each.levelno >= logging.WARNING]
    assert len(warnings) == warned


def test_an_ephemeral_message_goes_to_one_person(slack: TinySlack, gateway: SlackGateway) -> None:
    desk = SlackInteractive(gateway, MachineClock())
    desk.say_to("C1", "U1", {"text": "Only you see this."}).result(5)
    assert slack.called("chat.postEphemeral")[0].args == {
        "channel": "C1",
        "user": "U1",
        "text": "Only you see this.",
    }


def test_a_response_goes_only_to_slacks_own_address(
    slack: TinySlack, gateway: SlackGateway
) -> None:
    desk = SlackInteractive(gateway, MachineClock())
    assert isinstance(desk.respond(hook(slack), {"text": "done"}).result(5), Taken)
    assert isinstance(desk.respond("http://169.254.169.254/", {}).result(5), Refused)
    assert slack.responses == [{"text": "done"}]


def test_every_outcome_is_counted(slack: TinySlack, gateway: SlackGateway) -> None:
    seen: list[tuple[str, str]] = []
    desk = SlackInteractive(
        gateway,
        MachineClock(),
        on_outcome=lambda method, outcome: seen.append((method, type(outcome).__name__)),
    )
    slack.fault("views.publish", "error", value="not_enabled")
    desk.publish_home("U1", VIEW).result(5)
    desk.push_view("1.2.abc", VIEW).result(5)
    assert seen == [("views.publish", "Refused"), ("views.push", "Taken")]


def test_after_the_stop_a_gesture_is_refused_in_words(
    slack: TinySlack, gateway: SlackGateway
) -> None:
    desk = SlackInteractive(gateway, MachineClock())
    desk.stop()
    with pytest.raises(Busy, match="restarting"):
        desk.open_view("1.2.abc", VIEW)
