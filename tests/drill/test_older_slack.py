"""A Slack without what came to Block Kit in 2026: what it refuses, and in which words."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from slack_sdk.errors import SlackApiError

from drill.faults import NEWER
from drill.local import LocalSlack
from tests.drill.test_newer_slack import ACME, FOR_ONE, TABLE
from tests.drill.tiny_bot import (
    TinyBot,
    alert,
    button,
    buttons,
    container,
    modal,
    section,
    text_input,
)

Wire = dict[str, Any]

IN_MESSAGES: dict[str, tuple[Wire, str]] = {
    "container": (
        container("Who is here", section("x")),
        "unsupported type: container [json-pointer:/blocks/1/type]",
    ),
    "data_table": (TABLE, "unsupported type: data_table [json-pointer:/blocks/1/type]"),
    "visible_to_user_ids": (
        buttons(FOR_ONE),
        "invalid additional property: visible_to_user_ids [json-pointer:/blocks/1/elements/0]",
    ),
}


def post(bot: TinyBot, *blocks: Wire) -> Any:
    return bot.client.chat_postMessage(channel=ACME, text="?", blocks=list(blocks))


def messages_of(caught: pytest.ExceptionInfo[SlackApiError]) -> list[str]:
    told: list[str] = caught.value.response["response_metadata"]["messages"]
    return told


@pytest.mark.parametrize("kind", IN_MESSAGES)
def test_an_older_slack_refuses_a_message_and_names_what_it_does_not_know(
    slack: LocalSlack, bot: TinyBot, kind: str
) -> None:
    block, told = IN_MESSAGES[kind]
    slack.lacks(kind)
    with pytest.raises(SlackApiError) as caught:
        post(bot, section("x"), block)
    assert caught.value.response["error"] == "invalid_blocks"
    assert messages_of(caught) == [f"[ERROR] {told}"]
    others = [block for name, (block, _) in IN_MESSAGES.items() if name != kind]
    assert post(bot, *others)["ok"]


def test_an_older_slack_refuses_an_alert_in_a_form_as_wrong_arguments(
    slack: LocalSlack, bot: TinyBot
) -> None:
    view = modal(alert("x"), text_input("a", "A"))
    slack.lacks("alert")
    with pytest.raises(SlackApiError) as caught:
        bot.client.views_open(trigger_id="1.2.3", view=view)
    assert caught.value.response["error"] == "invalid_arguments"
    told = "[ERROR] unsupported type: alert [json-pointer:/view/blocks/0/type]"
    assert messages_of(caught) == [told]


def test_an_older_slack_refuses_an_answer_over_a_response_url(
    slack: LocalSlack, bot: TinyBot
) -> None:
    answers: list[tuple[int, str]] = []

    @bot.app.action("ok")
    def ok(ack: Any, respond: Any) -> None:
        ack()
        for blocks in ([TABLE], [section("x")]):
            told = respond(text="x", blocks=blocks)
            answers.append((told.status_code, told.body))

    slack.lacks("data_table")
    post(bot, buttons(button("OK", "ok")))
    slack.person("csm-one").press("OK", channel="acme-support")
    assert [status for status, _ in answers] == [400, 200]
    assert "invalid_blocks" in answers[0][1]


def test_what_a_slack_lacks_is_set_over_the_control_api_and_ends_with_the_world(
    slack: LocalSlack, bot: TinyBot
) -> None:
    settings = f"{slack.base_url}/drill/settings"
    told = httpx.put(settings, json={"lacks": sorted(NEWER)}).json()
    assert told["lacks"] == sorted(NEWER)
    wrong = httpx.put(settings, json={"lacks": ["section"]})
    assert (wrong.status_code, "not ['section']" in wrong.json()["error"]) == (400, True)
    slack.reset()
    assert post(bot, TABLE)["ok"]


def test_blocks_are_validated_without_being_posted(slack: LocalSlack, bot: TinyBot) -> None:
    view = modal(alert("x"), text_input("a", "A"))
    for good in ({"blocks": [TABLE, alert("x")]}, {"message": {"text": "x"}}, {"view": view}):
        assert bot.client.api_call("blocks.validate", json=good)["ok"]
    slack.lacks("data_table", "alert")
    error = {"code": "failed_constraint", "message": "unsupported type: data_table"}
    asked: list[tuple[str, Wire, str, Wire]] = [
        ("blocks", {"blocks": [TABLE]}, "/0/type", error),
        ("message", {"message": {"blocks": [TABLE]}}, "/blocks/0/type", error),
        ("view", {"view": view}, "/blocks/0/type", error | {"message": "unsupported type: alert"}),
    ]
    for name, given, pointer, wrong in asked:
        with pytest.raises(SlackApiError) as caught:
            bot.client.api_call("blocks.validate", json=given)
        assert caught.value.response["error"] == f"invalid_{name}"
        assert caught.value.response["errors"] == [wrong | {"pointer": pointer}]
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        bot.client.api_call("blocks.validate", json={})
    assert slack.person("csm-one").messages("acme-support") == []
