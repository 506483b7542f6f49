"""What people press and read inside containers and tables, and what only some of them see."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from drill.errors import DrillRefusal
from drill.local import LocalSlack
from tests.drill.tiny_bot import (
    TinyBot,
    button,
    buttons,
    data_table,
    folded,
    section,
)

Wire = dict[str, Any]
ACME = "C0ACMESUP1"
ONE, TWO = "U0CSMONE01", "U0CSMTWO01"

FOR_ONE = button("Release", "ok") | {"visible_to_user_ids": [ONE]}
TABLE = data_table("Queue", ("Ticket", "Due"), ("BW-1001", "15:02"))


def post(bot: TinyBot, *blocks: Wire) -> Any:
    return bot.client.chat_postMessage(channel=ACME, text="?", blocks=list(blocks))


def heard(bot: TinyBot) -> list[Wire]:
    bodies: list[Wire] = []

    @bot.app.action("ok")
    def ok(ack: Any, body: Wire) -> None:
        bodies.append(body)
        ack()

    return bodies


def test_a_button_inside_a_container_is_pressed_as_any_other(
    slack: LocalSlack, bot: TinyBot
) -> None:
    bodies = heard(bot)
    inner = buttons(button("OK", "ok", "BW-1001")) | {"block_id": "inner"}
    sent = post(bot, folded("More", section("x"), inner))
    done = slack.person("csm-one").press("OK", channel="acme-support")
    assert done.failure == ""
    action = bodies[0]["actions"][0]
    assert (action["block_id"], action["action_id"], action["value"]) == ("inner", "ok", "BW-1001")
    assert bodies[0]["container"]["message_ts"] == sent["ts"]
    assert bodies[0]["message"]["blocks"][0]["child_blocks"][1] == inner


def test_a_person_reads_what_stands_in_containers_and_tables(
    slack: LocalSlack, bot: TinyBot
) -> None:
    post(bot, folded("Who is here", section("CSM One"), buttons(button("OK", "ok"))), TABLE)
    seen = slack.person("csm-one").messages("acme-support")[-1]
    assert seen.texts[:2] == ["Who is here", "CSM One"]
    assert seen.buttons == ["OK"]
    assert seen.rows == [["Ticket", "Due"], ["BW-1001", "15:02"]]


def test_a_button_for_some_is_pressed_by_them_and_not_seen_by_others(
    slack: LocalSlack, bot: TinyBot
) -> None:
    bodies = heard(bot)
    post(bot, section("x"), buttons(FOR_ONE, button("Review", "review")))
    one, two = slack.person("csm-one"), slack.person("csm-two")
    assert one.messages("acme-support")[-1].buttons == ["Release", "Review"]
    assert two.messages("acme-support")[-1].buttons == ["Review"]
    with pytest.raises(DrillRefusal, match="CSM Two sees no button 'Release'"):
        two.press("Release", channel="acme-support")
    one.press("Release", channel="acme-support")
    assert bodies[0]["message"]["blocks"][1]["elements"][0]["visible_to_user_ids"] == [ONE]
    state = httpx.get(f"{slack.base_url}/drill/state", params={"as": TWO}).text
    assert "Review" in state
    assert "Release" not in state


def test_a_person_who_does_not_see_a_button_of_a_view_cannot_press_it(
    slack: LocalSlack, bot: TinyBot
) -> None:
    view = {"type": "home", "blocks": [buttons(FOR_ONE, button("Review", "review"))]}
    bot.client.views_publish(user_id=TWO, view=view)
    two = slack.person("csm-two")
    assert two.home.buttons == ["Review"]
    with pytest.raises(DrillRefusal, match="No button 'Release'"):
        two.home.press("Release")
    order = {"as": TWO, "do": "press", "where": "home", "button": "Release"}
    answer = httpx.post(f"{slack.base_url}/drill/act", json=order)
    assert answer.json()["error"] == "The view has no button 'Release'."
    state = httpx.get(f"{slack.base_url}/drill/state", params={"as": TWO}).text
    assert "Review" in state
    assert "Release" not in state
