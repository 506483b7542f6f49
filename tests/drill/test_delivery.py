"""Events and envelopes: who gets them, in what shape, and again when nobody answers."""

from __future__ import annotations

import json
import threading
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect

from drill.local import LocalSlack
from tests.drill.tiny_bot import TinyBot, button, buttons, modal, section, text_input

Wire = dict[str, Any]
SAMPLES = json.loads((Path(__file__).parent / "samples" / "payload_keys.json").read_text())
# Slack sends these beyond what the published samples list.
NEWER_IN_EVENTS = {
    "blocks",
    "channel_type",
    "event_ts",
    "parent_user_id",
    "team",
    "text",
    "thread_ts",
    "ts",
}
NEWER = {"context_team_id", "context_enterprise_id", "enterprise", "is_enterprise_install", "token"}


def link(slack: LocalSlack) -> str:
    headers = {"Authorization": f"Bearer {slack.app_token}"}
    answer = httpx.post(f"{slack.api_url}apps.connections.open", headers=headers)
    return str(answer.json()["url"])


def frame(socket: ClientConnection) -> Wire:
    got: Wire = json.loads(socket.recv(timeout=5))
    return got


def event_named(bot: TinyBot, name: str) -> Wire | None:
    for body in list(bot.events):
        event = body["event"]
        if name == event.get("subtype", event["type"]):
            return body
    return None


def test_what_the_bot_posts_comes_back_as_an_event(slack: LocalSlack, bot: TinyBot) -> None:
    bot.keep_events()
    bot.client.chat_postMessage(channel="C0ACMESUP1", text="hello")
    body = slack.wait_for(lambda: event_named(bot, "message"))
    assert body["event"]["bot_id"] == "B0DRILL001"
    assert body["is_ext_shared_channel"] is True
    assert body["authorizations"][0]["is_bot"] is True


def test_the_bot_hears_nothing_of_channels_it_is_not_in(slack: LocalSlack, bot: TinyBot) -> None:
    bot.keep_events()
    slack.person("csm-one").say("support", "unheard")
    slack.person("csm-one").say("acme-support", "heard")
    slack.wait_for(lambda: event_named(bot, "message"))
    assert [b["event"]["text"] for b in bot.events] == ["heard"]


def test_an_event_nobody_takes_is_sent_again_with_its_number_and_reason(
    slack: LocalSlack, bot: TinyBot
) -> None:
    slack.person("csm-one").say("acme-support", "nobody listens")
    slack.wait_for(lambda: len(slack.deliveries("event")) == 2)
    slack.wait_for(lambda: slack.pending_events() == 1)
    assert slack.retry_events() == 1
    slack.wait_for(lambda: slack.pending_events() == 1)
    slack.retry_events()
    slack.wait_for(lambda: len(slack.deliveries("event")) == 4)
    assert [d.retry for d in slack.deliveries("event")] == [0, 1, 2, 3]
    assert [h.get("x-slack-retry-num") for h in bot.headers] == [None, "1", "2", "3"]
    assert bot.headers[1]["x-slack-retry-reason"] == "http_error"
    ids = {d.body["event_id"] for d in slack.deliveries("event")}
    assert len(ids) == 1
    assert slack.pending_events() == 0


@pytest.mark.parametrize(
    ("kind", "deliveries", "ids"), [("duplicate", 2, 1), ("two_ids", 2, 2), ("lost", 0, 0)]
)
def test_a_delivery_can_come_twice_under_two_ids_or_not_at_all(
    slack: LocalSlack, bot: TinyBot, kind: str, deliveries: int, ids: int
) -> None:
    bot.keep_events()
    slack.mishap(kind, "message.channels")
    csm = slack.person("csm-one")
    csm.say("acme-support", "first")
    csm.say("acme-support", "second")
    slack.wait_for(lambda: len(bot.events) == deliveries + 1)
    first = [b for b in bot.events if b["event"]["text"] == "first"]
    assert len(first) == deliveries
    assert len({b["event_id"] for b in first}) == ids


def test_edits_deletions_broadcasts_joins_and_shares_have_slacks_shapes(
    slack: LocalSlack, bot: TinyBot
) -> None:
    bot.keep_events()
    csm = slack.person("csm-one")
    root = csm.say("acme-support", "root")
    csm.say("acme-support", "reply", thread=root.ts, broadcast=True)
    csm.edit("acme-support", root.ts, "root, edited")
    gone = csm.say("acme-support", "gone")
    csm.delete("acme-support", gone.ts)
    csm.invite("acme-support", "legal-one")
    slack.person("legal-one").leave("acme-support")
    slack.share("birch-partners", "T0ACME0001")
    slack.set_kind("csm-three", "guest")
    csm.open_home()
    csm.archive("acme-support")
    for name in (
        "message", "thread_broadcast", "message_changed", "message_deleted", "channel_join",
        "member_joined_channel", "member_left_channel", "channel_shared", "user_change",
        "app_home_opened", "channel_archive",
    ):  # fmt: skip
        body = slack.wait_for(partial(event_named, bot, name))
        sample = SAMPLES[f"event:{name}"]
        assert set(body) - NEWER <= set(sample["top"]), name
        if name not in ("channel_archive", "message_deleted", "message_changed"):
            extra = set(body["event"]) - set(sample["event"])
            assert extra <= NEWER_IN_EVENTS, (name, extra)


def test_gestures_have_slacks_shapes(slack: LocalSlack, bot: TinyBot) -> None:
    @bot.app.command("/form")
    def open_form(ack: Any, body: Wire) -> None:
        view = modal(text_input("a", "A"), notify_on_close=True)
        bot.client.views_open(trigger_id=body["trigger_id"], view=view)
        ack()

    for register in (bot.app.action("ok"), bot.app.view("form"), bot.app.shortcut("keep_message")):
        register(lambda ack: ack())
    bot.app.view_closed("form")(lambda ack: ack())
    csm = slack.person("csm-one")
    bot.client.chat_postMessage(
        channel="C0ACMESUP1", text="?", blocks=[section("?"), buttons(button("OK", "ok"))]
    )
    csm.press("OK")
    csm.command("/form")
    csm.view.fill({"A": "x"}).submit()
    csm.command("/form")
    csm.view.close()
    csm.shortcut("Keep this message", on=csm.say("acme-support", "x"), channel="acme-support")
    for kind in (
        "slash_command",
        "block_actions",
        "view_submission",
        "view_closed",
        "message_action",
    ):
        body = slack.deliveries(kind)[0].body
        sample = SAMPLES[kind]
        assert set(body) - set(sample["top"]) <= {"response_urls"}, kind
        for part in ("container", "view", "user", "team"):
            if part in body and part in sample:
                assert set(body[part]) - set(sample[part]) <= {"blocks"}, (kind, part)


def test_the_socket_says_hello_and_takes_a_command(
    socket_slack: LocalSlack, socket_bot: TinyBot
) -> None:
    @socket_bot.app.command("/say")
    def say(ack: Any, command: Wire) -> None:
        ack(f"You said {command['text']}")

    csm = socket_slack.person("csm-one")
    assert csm.command("/say", "hello").failure == ""
    assert [m.text for m in csm.ephemerals] == ["You said hello"]


def test_a_ticket_opens_one_socket_and_an_unknown_one_none(socket_slack: LocalSlack) -> None:
    url = link(socket_slack)
    with connect(url) as socket:
        hello = frame(socket)
        assert (hello["type"], hello["num_connections"]) == ("hello", 1)
    for used in (url, url.replace("ticket=", "ticket=x")):
        with pytest.raises(InvalidStatus) as refused, connect(used):
            pass
        assert 400 <= refused.value.response.status_code < 500


def test_an_event_without_an_ack_comes_again_with_its_attempt(socket_slack: LocalSlack) -> None:
    with connect(link(socket_slack)) as socket:
        frame(socket)
        socket_slack.person("csm-one").say("acme-support", "hello")
        first, second = frame(socket), frame(socket)
        assert (first["retry_attempt"], second["retry_attempt"]) == (0, 1)
        assert second["retry_reason"] == "timeout"
        assert first["payload"]["event_id"] == second["payload"]["event_id"]
        socket.send(json.dumps({"envelope_id": second["envelope_id"]}))
        socket_slack.wait_for(lambda: socket_slack.deliveries("event")[-1].failure == "")
        assert socket_slack.pending_events() == 0


def test_envelopes_go_to_the_sockets_in_turn(socket_slack: LocalSlack) -> None:
    with connect(link(socket_slack)) as one, connect(link(socket_slack)) as two:
        frame(one)
        frame(two)
        csm = socket_slack.person("csm-one")
        csm.say("acme-support", "1")
        csm.say("acme-support", "2")
        texts = {frame(s)["payload"]["event"]["text"] for s in (one, two)}
        assert texts == {"1", "2"}


def test_an_eleventh_socket_is_turned_away(socket_slack: LocalSlack) -> None:
    with ExitStack() as stack:
        sockets = [stack.enter_context(connect(link(socket_slack))) for _ in range(11)]
        assert [frame(s)["type"] for s in sockets] == ["hello"] * 10 + ["disconnect"]


@pytest.mark.expects_errors
def test_the_bot_comes_back_after_a_disconnect(
    socket_slack: LocalSlack, socket_bot: TinyBot
) -> None:
    tickets = len(socket_slack.calls("apps.connections.open"))
    assert socket_slack.disconnect() == 1
    socket_slack.wait_for(
        lambda: len(socket_slack.calls("apps.connections.open")) > tickets, timeout_s=45
    )
    socket_slack.wait_for(lambda: socket_slack.sockets() >= 1, timeout_s=45)
    socket_slack.person("csm-one").say("acme-support", "still there?")
    socket_slack.wait_for(lambda: event_named(socket_bot, "message"))


def test_a_command_without_a_socket_fails_before_the_person(socket_slack: LocalSlack) -> None:
    done = socket_slack.person("csm-one").command("/say")
    assert "dispatch_failed" in done.failure


def test_two_people_act_at_once(slack: LocalSlack, bot: TinyBot) -> None:
    both = threading.Barrier(2, timeout=2)

    @bot.app.command("/say")
    def say(ack: Any) -> None:
        both.wait()
        ack()

    failures: list[str] = []

    def act(who: str) -> None:
        failures.append(slack.person(who).command("/say").failure)

    threads = [threading.Thread(target=act, args=(who,)) for who in ("csm-one", "csm-two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(5)
    assert failures == ["", ""]
