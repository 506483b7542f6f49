"""What the courier does when all goes well: order, needs, references, reports, overlap."""

from __future__ import annotations

import threading
import time
from datetime import timedelta
from typing import Any

import pytest

from store.db import Database
from tests.contract.gateways.tiny_slack import TinySlack
from tests.kit.errors import ErrorLines
from tests.kit.waiting import until
from tests.unit.bot.courier.desk import LONG_AGO, Desk, desk_on, post, row


def test_a_post_carries_its_key_and_unfurls_nothing(desk: Desk) -> None:
    channel = desk.slack.add_channel("acme")
    desk.put(post("a", channel))
    done = desk.wait_for("a")
    sent = desk.slack.called("chat.postMessage")[0].args
    assert sent["metadata"] == {
        "event_type": "bridgewatch_delivery",
        "event_payload": {"key": "a"},
    }
    assert (sent["unfurl_links"], sent["unfurl_media"]) == (False, False)
    assert done.result == {"ok": True, "channel": channel, "ts": desk.slack.posts[0]["ts"]}


def test_posts_of_one_stream_keep_their_order(desk: Desk) -> None:
    channel = desk.slack.add_channel("acme")
    keys = [f"k{number}" for number in range(12)]
    desk.put(*(post(key, channel) for key in keys))
    desk.wait_until_empty()
    assert desk.slack.keys() == keys


def test_a_bridge_is_set_up_in_two_levels_of_calls(desk: Desk) -> None:
    desk.slack.latency_s = 0.3
    bridge = {"$result": ["create", "channel.id"]}
    card = {"$result": ["card", "ts"]}
    desk.put(
        row("create", "conversations.create", {"name": "bw-1001-acme", "is_private": True}),
        row(
            "card",
            "chat.postMessage",
            {"channel": bridge, "text": "card"},
            needs=("create",),
        ),
        row(
            "topic", "conversations.setTopic", {"channel": bridge, "topic": "T3"}, needs=("create",)
        ),
        row(
            "invite",
            "conversations.invite",
            {"channel": bridge, "users": [{"$person": "csm-one"}]},
            needs=("create",),
        ),
        row(
            "pin",
            "pins.add",
            {"channel": bridge, "timestamp": card},
            needs=("create", "card"),
        ),
    )
    desk.wait_until_empty()
    at = {call.method: call.at for call in desk.slack.calls}
    # Less than a call's latency apart: they were under way at the same time.
    assert abs(at["chat.postMessage"] - at["conversations.setTopic"]) < 0.25
    assert at["chat.postMessage"] - at["conversations.create"] < 0.55
    assert at["pins.add"] >= at["chat.postMessage"] + 0.3
    assert desk.slack.called("pins.add")[0].args["timestamp"] == desk.slack.posts[0]["ts"]


def test_a_commit_becomes_a_call_within_milliseconds(small_desk: Desk) -> None:
    channel = small_desk.slack.add_channel("acme")
    small_desk.put(post("warm", channel))
    small_desk.wait_for("warm")
    waits = []
    for number in range(5):
        small_desk.put(post(f"k{number}", channel))
        committed = time.monotonic()
        small_desk.wait_for(f"k{number}")
        waits.append(small_desk.slack.called("chat.postMessage")[-1].at - committed)
    assert min(waits) < 0.04  # below the watch of 50 ms: the notification did it


def test_a_message_to_a_person_goes_to_their_user_id(desk: Desk) -> None:
    desk.put(row("dm", "chat.postMessage", {"channel": {"$dm": "csm-one"}, "text": "hi"}))
    assert desk.wait_for("dm").result["channel"] == "D0PERSON1"


def test_a_person_is_looked_up_once(desk: Desk) -> None:
    for number in range(3):
        desk.put(
            row(f"dm{number}", "chat.postMessage", {"channel": {"$dm": "csm-one"}, "text": "hi"})
        )
        desk.wait_for(f"dm{number}")
    assert len(desk.slack.called("users.lookupByEmail")) == 1


def test_a_person_nobody_knows_is_a_dead_letter_with_a_sentence(desk: Desk) -> None:
    desk.put(row("dm", "chat.postMessage", {"channel": {"$dm": "ghost"}, "text": "hi"}))
    desk.wait_for("dm", "dead")
    assert desk.told.died == [("dm", "ghost has no mail address in the directory.")]


def test_one_unknown_guest_does_not_keep_the_others_out(desk: Desk) -> None:
    channel = desk.slack.add_channel("acme")
    users = [{"$person": "csm-one"}, {"$person": "ghost"}, "U0NOBODY1"]
    desk.put(row("invite", "conversations.invite", {"channel": channel, "users": users}))
    done = desk.wait_for("invite")
    assert "U0PERSON1" in desk.slack.channels[channel]["members"]
    assert done.result["missing"] == [
        "ghost has no mail address in the directory.",
        "U0NOBODY1: user_not_found",
    ]


def test_inviting_nobody_who_exists_is_refused(desk: Desk) -> None:
    channel = desk.slack.add_channel("acme")
    desk.put(row("invite", "conversations.invite", {"channel": channel, "users": ["U0NOBODY1"]}))
    desk.wait_for("invite", "dead")
    assert desk.told.died[0][1].startswith("user_not_found")


def test_a_row_that_reports_is_reported_with_its_result(desk: Desk) -> None:
    channel = desk.slack.add_channel("acme")
    desk.put(post("a", channel, reports=True), post("b", channel))
    desk.wait_until_empty()
    assert desk.told.settled == [
        ("a", {"ok": True, "channel": channel, "ts": desk.slack.posts[0]["ts"]})
    ]


def test_what_ends_while_its_ticket_is_told_is_told_next_all_at_once(
    database: Database, slack: TinySlack
) -> None:
    channel = slack.add_channel("acme")
    told: list[list[str]] = []
    all_sent = threading.Event()

    def settled(_conn: Any, deliveries: Any) -> None:
        if not told:
            assert all_sent.wait(10)
        told.append([row.key for row, _ in deliveries])

    with desk_on(database, slack, settled=settled) as desk:
        desk.put(
            *(post(f"k{n}", channel, stream=f"s{n}", reports=True, reference="BW-1001")
              for n in range(4))
        )  # fmt: skip
        until(lambda: len(slack.posts) == 4 and desk.courier.in_flight == 4, 30)
        all_sent.set()
        desk.wait_until_empty()
    assert [len(each) for each in told] == [1, 3]
    assert sorted(key for each in told for key in each) == ["k0", "k1", "k2", "k3"]


def test_one_report_that_fails_among_several_does_not_keep_the_others(
    database: Database, slack: TinySlack, error_lines: ErrorLines
) -> None:
    error_lines.expect("could not be reported")
    channel = slack.add_channel("acme")
    refused = [ValueError("bad")]

    def settled(_conn: Any, deliveries: Any) -> None:
        keys = [row.key for row, _ in deliveries]
        if keys == ["k1"] and refused:
            raise refused.pop()
        if len(keys) > 1:
            raise ValueError("not together")

    with desk_on(database, slack, settled=settled) as desk:
        desk.put(
            *(post(f"k{n}", channel, stream=f"s{n}", reports=True, reference="BW-1001")
              for n in range(4))
        )  # fmt: skip
        desk.wait_until_empty()
    assert sorted(slack.keys()) == ["k0", "k1", "k2", "k3"]


def test_urgent_rows_go_first(desk: Desk) -> None:
    channel = desk.slack.add_channel("acme")
    desk.slack.fault("chat.postMessage", "429", value="1", count=1)
    desk.put(post("first", channel))
    until(lambda: desk.slack.called("chat.postMessage"))
    others = [desk.slack.add_channel(f"c{number}") for number in range(20)]
    desk.put(
        *(post(f"slow{number}", other) for number, other in enumerate(others)),
        post("urgent", others[-1], urgent=9, stream="urgent"),
    )
    desk.wait_until_empty()
    assert desk.slack.keys().index("urgent") < 9  # eight workers, so at most the first batch


def test_only_the_newest_of_a_slot_is_sent(desk: Desk) -> None:
    channel = desk.slack.add_channel("acme")
    hold = desk.slack.fault("conversations.setTopic", "late")
    first = {"channel": channel, "topic": "0"}
    desk.put(
        row(
            "t0",
            "conversations.setTopic",
            first,
            surface="latest_only",
            slot="topic",
            stream=channel,
        )
    )
    until(lambda: desk.slack.called("conversations.setTopic"))
    for number in range(1, 6):
        desk.put(
            row(
                f"t{number}",
                "conversations.setTopic",
                {"channel": channel, "topic": str(number)},
                surface="latest_only",
                slot="topic",
                stream=channel,
            )
        )
    hold.released.set()
    desk.wait_until_empty()
    topics = [call.args["topic"] for call in desk.slack.called("conversations.setTopic")]
    assert topics[0] == "0"
    assert topics[-1] == "5"
    assert set(topics) <= {"0", "5"}


def test_a_stale_prompt_is_not_sent(desk: Desk) -> None:
    channel = desk.slack.add_channel("acme")
    desk.put(
        post("prompt", channel, surface="drop_if_stale", stale_at=LONG_AGO - timedelta(hours=1))
    )
    desk.wait_for("prompt", "dropped")
    assert desk.slack.posts == []


def test_mail_goes_by_its_own_gateway(desk: Desk) -> None:
    desk.put(row("m", "mail.send", {"to": "a@b.example"}, gateway="mail"))
    desk.wait_for("m")
    assert desk.mail.keys == ["m"]


def test_a_gateway_that_is_not_set_up_is_a_dead_letter(desk: Desk) -> None:
    desk.put(row("p", "pager.page", {"text": "wake"}, gateway="pager"))
    desk.wait_for("p", "dead")
    assert desk.told.died == [("p", "Nothing is set up to send by pager.")]


def test_a_bookmark_that_is_there_is_not_added_again(desk: Desk) -> None:
    channel = desk.slack.add_channel("acme")
    wanted = {"channel_id": channel, "title": "Call", "link": "https://call.example", "type": "x"}
    desk.put(row("b1", "bookmarks.add", wanted), row("b2", "bookmarks.add", wanted, needs=("b1",)))
    desk.wait_until_empty()
    assert len(desk.slack.bookmarks) == 1


def test_an_update_keeps_the_key_of_the_post(desk: Desk) -> None:
    channel = desk.slack.add_channel("acme")
    desk.put(post("card", channel))
    desk.put(
        row(
            "edit",
            "chat.update",
            {"channel": channel, "ts": {"$result": ["card", "ts"]}, "text": "new"},
            needs=("card",),
        )
    )
    desk.wait_until_empty()
    assert desk.slack.keys() == ["card"]
    assert desk.slack.posts[0]["text"] == "new"


@pytest.mark.parametrize("method", ["chat.update", "chat.delete"])
def test_a_message_somebody_deleted_is_done_with_a_note(small_desk: Desk, method: str) -> None:
    channel = small_desk.slack.add_channel("acme")
    small_desk.slack.fault(method, "error", value="message_not_found")
    small_desk.put(row("edit", method, {"channel": channel, "ts": "1.000001", "text": "new"}))
    assert small_desk.wait_for("edit").result["note"] == "message_not_found"


def test_a_card_of_an_archived_channel_is_let_go(small_desk: Desk) -> None:
    small_desk.slack.fault("chat.update", "error", value="is_inactive")
    payload = {"channel": "C1", "ts": "1.000001", "text": "new"}
    small_desk.put(row("edit", "chat.update", payload, surface="latest_only", slot="card"))
    assert small_desk.wait_for("edit").result["note"] == "is_inactive"


def test_a_reference_to_a_missing_result_is_a_dead_letter(small_desk: Desk) -> None:
    channel = small_desk.slack.add_channel("acme")
    small_desk.put(
        post("a", channel),
        row("b", "chat.update", {"channel": channel, "ts": {"$result": ["a", "no"]}}, needs=("a",)),
    )
    small_desk.wait_for("b", "dead")
    assert small_desk.told.died == [("b", "The answer of a has no no.")]
