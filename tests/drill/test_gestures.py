"""What people do reaches the app in Slack's shapes, and its answers do what Slack does."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from drill.errors import DrillRefusal
from drill.local import LocalSlack
from tests.drill.tiny_bot import TinyBot, button, buttons, section

Wire = dict[str, Any]


def test_the_app_proves_its_request_url(slack: LocalSlack, bot: TinyBot) -> None:
    assert slack.challenge()


def test_a_command_arrives_signed_with_its_fields_and_resolved_mentions(
    slack: LocalSlack, bot: TinyBot
) -> None:
    seen: list[Wire] = []

    @bot.app.command("/say")
    def say(ack: Any, command: Wire) -> None:
        seen.append(command)
        ack("Said.")

    csm = slack.person("csm-one")
    done = csm.command("/say", "hand to @CSM Two in #support & go", channel="acme-support")
    assert done.failure == ""
    assert seen[0]["text"] == "hand to <@U0CSMTWO01|csm-two> in <#C0SUPPORT1|support> &amp; go"
    assert seen[0]["channel_name"] == "acme-support"
    assert [m.text for m in csm.ephemerals] == ["Said."]
    assert slack.person("csm-two").ephemerals == []


def test_a_command_that_is_not_declared_never_reaches_the_app(
    slack: LocalSlack, bot: TinyBot
) -> None:
    done = slack.person("csm-one").command("/other")
    assert (done.sent, done.failure) == (False, "/other is not a valid command.")


def test_a_command_in_a_thread_never_reaches_the_app(slack: LocalSlack, bot: TinyBot) -> None:
    csm = slack.person("csm-one")
    root = csm.say("acme-support", "root")
    done = csm.command("/say", channel="acme-support", thread=root.ts)
    assert done.failure == "/say is not supported in threads. Sorry!"
    assert slack.deliveries("slash_command") == []


def test_an_outside_person_cannot_run_a_command(slack: LocalSlack, bot: TinyBot) -> None:
    done = slack.person("ap-director-one").command("/say", channel="acme-support")
    assert not done.sent


def test_a_command_not_acknowledged_in_three_seconds_fails_before_the_person(
    slack: LocalSlack, bot: TinyBot
) -> None:
    release = threading.Event()

    @bot.app.command("/slow")
    def slow(ack: Any) -> None:
        release.wait(6)
        ack()

    csm = slack.person("csm-one")
    done = csm.command("/slow")
    release.set()
    assert done.failure == '/slow failed with the error "operation_timeout"'
    assert 2990 <= done.ack_ms <= 3500
    assert csm.notices == ['/slow failed with the error "operation_timeout"']


@pytest.mark.expects_errors
def test_a_command_whose_listener_fails_is_told_as_dispatch_failed(
    slack: LocalSlack, bot: TinyBot
) -> None:
    @bot.app.command("/say")
    def say() -> None:
        raise ValueError("no")

    assert "dispatch_failed" in slack.person("csm-one").command("/say").failure


def test_an_outside_person_presses_a_button_under_their_own_team(
    slack: LocalSlack, bot: TinyBot
) -> None:
    bodies: list[Wire] = []

    @bot.app.action("ok")
    def ok(ack: Any, body: Wire) -> None:
        bodies.append(body)
        ack()

    bot.client.chat_postMessage(
        channel="C0ACMESUP1", text="?", blocks=[section("?"), buttons(button("OK", "ok"))]
    )
    slack.person("ap-director-one").press("OK", channel="acme-support")
    assert bodies[0]["user"]["team_id"] == "T0ACME0001"
    assert bodies[0]["team"]["domain"] == "acme"
    assert bodies[0]["channel"]["id"] == "C0ACMESUP1"


def test_a_press_without_a_listener_shows_the_triangle(slack: LocalSlack, bot: TinyBot) -> None:
    bot.client.chat_postMessage(
        channel="C0ACMESUP1", text="?", blocks=[buttons(button("Nobody", "nobody"))]
    )
    csm = slack.person("csm-one")
    assert "did not answer" in csm.press("Nobody").failure
    assert len(csm.notices) == 1


def test_a_response_url_answers_five_times_and_can_replace_what_was_pressed(
    slack: LocalSlack, bot: TinyBot
) -> None:
    @bot.app.action("ok")
    def ok(ack: Any, respond: Any) -> None:
        ack()
        statuses.extend(respond(text=f"{n}", replace_original=True).status_code for n in range(6))

    statuses: list[int] = []
    bot.client.chat_postEphemeral(
        channel="C0ACMESUP1",
        user="U0CSMONE01",
        text="?",
        blocks=[buttons(button("OK", "ok"))],
    )
    csm = slack.person("csm-one")
    csm.press("OK")
    assert statuses == [200] * 5 + [404]
    assert [m.text for m in csm.ephemerals] == ["4"]


def test_an_ephemeral_press_carries_no_message(slack: LocalSlack, bot: TinyBot) -> None:
    bodies: list[Wire] = []

    @bot.app.action("ok")
    def ok(ack: Any, body: Wire) -> None:
        bodies.append(body)
        ack()

    bot.client.chat_postEphemeral(
        channel="C0ACMESUP1", user="U0CSMONE01", text="?", blocks=[buttons(button("OK", "ok"))]
    )
    slack.person("csm-one").press("OK")
    assert bodies[0]["container"]["is_ephemeral"] is True
    assert "message" not in bodies[0]


def test_shortcuts_reach_the_app_from_anywhere_and_from_a_thread(
    slack: LocalSlack, bot: TinyBot
) -> None:
    bodies: list[Wire] = []

    def take(ack: Any, body: Wire) -> None:
        bodies.append(body)
        ack()

    bot.app.shortcut("open_form")(take)
    bot.app.shortcut("keep_message")(take)
    csm = slack.person("csm-one")
    csm.shortcut("Open a form")
    root = csm.say("acme-support", "root")
    reply = slack.person("ap-director-one").say("acme-support", "twice!", thread=root.ts)
    csm.shortcut("Keep this message", on=reply, channel="acme-support")
    assert [b["type"] for b in bodies] == ["shortcut", "message_action"]
    assert bodies[1]["message"]["text"] == "twice!"
    with pytest.raises(DrillRefusal):
        csm.shortcut("Not declared")


def test_an_outside_person_has_no_shortcuts(slack: LocalSlack, bot: TinyBot) -> None:
    director = slack.person("ap-director-one")
    message = director.say("acme-support", "hello")
    done = director.shortcut("Keep this message", on=message, channel="acme-support")
    assert not done.sent


def test_a_deactivated_account_cannot_act(slack: LocalSlack, bot: TinyBot) -> None:
    with pytest.raises(DrillRefusal, match="cannot act"):
        slack.person("former-csm").command("/say")


def test_the_home_tab_is_published_and_pressed(slack: LocalSlack, bot: TinyBot) -> None:
    pressed: list[Wire] = []

    @bot.app.event("app_home_opened")
    def opened(event: Wire, ack: Any) -> None:
        ack()
        if event["tab"] == "home" and "view" not in event:
            blocks = [section("Your tickets"), buttons(button("Refresh", "refresh"))]
            bot.client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

    @bot.app.action("refresh")
    def refresh(ack: Any, body: Wire) -> None:
        pressed.append(body)
        ack()

    csm = slack.person("csm-one")
    csm.open_home()
    slack.wait_for(lambda: slack.core.homes)
    assert csm.home.texts[0] == "Your tickets"
    csm.home.press("Refresh")
    assert pressed[0]["view"]["type"] == "home"
