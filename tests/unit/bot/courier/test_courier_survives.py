"""What the courier does when Slack, the network or the machine fails: once, never lost.

Proves: F06, F07, F08.
"""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.courier.settlement import UNSURE
from protocols.kernel.refusals import BeingUpdated
from store.db import Database
from store.outbox_rows import NewRow, OutboxRow
from store.read import deliveries
from store.write import outbox
from store.write.claim import claim
from tests.contract.gateways.tiny_slack import TinySlack
from tests.kit.errors import ErrorLines
from tests.kit.waiting import until
from tests.unit.bot.courier.desk import QUICK, Desk, desk_on, post, row

BRIDGE = {"name": "bw-1001-acme", "is_private": True}


@pytest.mark.parametrize("kind", ["lost", "half"])
def test_a_post_whose_answer_was_lost_is_found_and_not_sent_again(desk: Desk, kind: str) -> None:
    channel = desk.slack.add_channel("acme")
    desk.slack.fault("chat.postMessage", kind)
    desk.put(post("a", channel))
    done = desk.wait_for("a")
    assert desk.slack.keys() == ["a"]
    assert done.result["ts"] == desk.slack.posts[0]["ts"]


def test_a_lost_direct_message_is_found_in_its_own_history(desk: Desk) -> None:
    desk.slack.fault("chat.postMessage", "lost")
    desk.put(row("dm", "chat.postMessage", {"channel": {"$dm": "csm-one"}, "text": "hi"}))
    assert desk.wait_for("dm").result["channel"] == "D0PERSON1"
    assert desk.slack.keys() == ["dm"]


def test_a_lost_reply_is_found_in_its_thread(desk: Desk) -> None:
    channel = desk.slack.add_channel("acme")
    desk.put(post("a", channel))
    desk.wait_for("a")
    desk.slack.fault("chat.postMessage", "lost")
    ts = desk.slack.posts[0]["ts"]
    desk.put(post("reply", channel, extra={"thread_ts": ts}))
    desk.wait_for("reply")
    assert desk.slack.keys() == ["a", "reply"]
    assert len(desk.slack.called("conversations.replies")) == 1


def test_a_lost_post_is_found_on_a_later_page(small_desk: Desk) -> None:
    slack = small_desk.slack
    slack.page = 3
    channel = slack.add_channel("acme")
    slack.fault("chat.postMessage", "lost", only_if=lambda args: args["text"] == "a")
    small_desk.put(post("a", channel))
    until(lambda: slack.keys() == ["a"])
    small_desk.put(*(post(f"k{number}", channel, stream=f"s{number}") for number in range(10)))
    small_desk.wait_until_empty()
    assert slack.keys().count("a") == 1
    assert len(slack.called("conversations.history")) > 1


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("reset", ""),
        ("status", "500"),
        ("status", "503"),
        ("html", ""),
        ("error", "internal_error"),
        ("error", "fatal_error"),
    ],
)
def test_a_post_that_failed_before_its_effect_arrives_once(
    small_desk: Desk, kind: str, value: str
) -> None:
    channel = small_desk.slack.add_channel("acme")
    small_desk.slack.fault("chat.postMessage", kind, value=value, count=2)
    small_desk.put(post("a", channel))
    small_desk.wait_for("a")
    assert small_desk.slack.keys() == ["a"]
    assert len(small_desk.slack.called("conversations.history")) == 2


def test_a_request_that_takes_effect_after_its_deadline_is_not_doubled(small_desk: Desk) -> None:
    channel = small_desk.slack.add_channel("acme")
    late = small_desk.slack.fault("chat.postMessage", "late")
    small_desk.put(post("a", channel))
    until(lambda: (small_desk.row("a").last_error or "").startswith(UNSURE))
    late.released.set()  # within the settling time that precedes the look-back
    small_desk.wait_for("a")
    assert small_desk.slack.keys() == ["a"]


def test_another_apps_metadata_is_not_taken_for_our_post(small_desk: Desk) -> None:
    slack = small_desk.slack
    channel = slack.add_channel("acme")
    metadata = {"event_type": "bridgewatch_delivery", "event_payload": {"key": "a"}}
    slack.posts.append({"channel": channel, "ts": "9999999999.1", "text": "", "metadata": metadata})
    slack.fault("chat.postMessage", "reset")
    small_desk.put(post("a", channel))
    small_desk.wait_for("a")
    assert slack.keys() == ["a", "a"]
    assert slack.posts[1]["bot_id"]


def test_a_history_that_is_denied_is_told_as_a_possible_duplicate(
    small_desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    channel = small_desk.slack.add_channel("acme")
    small_desk.slack.fault("chat.postMessage", "reset")
    small_desk.slack.fault("conversations.history", "error", value="missing_scope")
    small_desk.put(post("a", channel))
    small_desk.wait_for("a")
    assert "possible duplicate" in caplog.text


def test_the_order_of_a_stream_survives_failures(desk: Desk) -> None:
    channel = desk.slack.add_channel("acme")
    desk.slack.fault("chat.postMessage", "lost", only_if=lambda args: args["text"] == "k1")
    desk.slack.fault("chat.postMessage", "429", value="1")
    keys = [f"k{number}" for number in range(4)]
    desk.put(*(post(key, channel) for key in keys))
    desk.wait_until_empty()
    assert desk.slack.keys() == keys


def test_a_429_of_one_channel_lets_the_others_go_on(small_desk: Desk) -> None:
    slack = small_desk.slack
    busy, free = slack.add_channel("busy"), slack.add_channel("free")
    slack.fault("chat.postMessage", "429", value="3600", only_if=lambda args: args["text"] == "b0")
    small_desk.put(post("b0", busy), post("b1", busy, stream="other"))
    until(lambda: slack.called("chat.postMessage"))
    small_desk.put(post("f0", free))
    small_desk.wait_for("f0")
    assert small_desk.row("b0").state == "pending"
    assert "b1" not in slack.keys()[1:]


def test_a_429_of_a_method_pauses_that_method_for_all_workers(small_desk: Desk) -> None:
    slack = small_desk.slack
    channel = slack.add_channel("acme")
    slack.fault("conversations.setTopic", "429", value="1")
    topic = {"channel": channel, "topic": "T3"}
    small_desk.put(row("t0", "conversations.setTopic", topic))
    until(lambda: slack.called("conversations.setTopic"))
    small_desk.put(*(row(f"t{n}", "conversations.setTopic", topic) for n in range(1, 6)))
    small_desk.put(post("a", channel))
    small_desk.wait_for("a")
    small_desk.wait_until_empty()
    first, *rest = [call.at for call in slack.called("conversations.setTopic")]
    assert len(rest) == 6
    assert min(rest) - first >= 1.0


def test_a_lost_creation_is_adopted_not_repeated(desk: Desk) -> None:
    desk.slack.fault("conversations.create", "lost")
    desk.put(row("create", "conversations.create", BRIDGE, reports=True))
    done = desk.wait_for("create")
    assert [each["name"] for each in desk.slack.channels.values()] == ["bw-1001-acme"]
    assert done.result["channel"]["id"] in desk.slack.channels


def test_a_foreign_channel_of_the_name_gets_a_number_behind_it(desk: Desk) -> None:
    foreign = desk.slack.add_channel("bw-1001-acme", creator="U0STRANGE")
    desk.slack.add_channel("bw-1001-acme-2", creator="U0STRANGE")
    desk.put(row("create", "conversations.create", BRIDGE))
    channel = desk.wait_for("create").result["channel"]
    assert channel["name"] == "bw-1001-acme-3"
    assert channel["id"] != foreign


def test_an_old_channel_of_our_own_is_not_taken_for_this_bridge(small_desk: Desk) -> None:
    small_desk.slack.add_channel("bw-1001-acme", age_s=86_400)
    small_desk.put(row("create", "conversations.create", BRIDGE))
    assert small_desk.wait_for("create").result["channel"]["name"] == "bw-1001-acme-2"


def test_a_numbered_creation_whose_answer_was_lost_is_adopted(small_desk: Desk) -> None:
    slack = small_desk.slack
    slack.add_channel("bw-1001-acme", creator="U0STRANGE")
    slack.fault(
        "conversations.create", "lost", only_if=lambda args: args["name"] == "bw-1001-acme-2"
    )
    small_desk.put(row("create", "conversations.create", BRIDGE))
    channel = small_desk.wait_for("create").result["channel"]
    assert channel["name"] == "bw-1001-acme-2"
    assert len(slack.channels) == 2


@pytest.mark.parametrize(
    "error",
    [
        "channel_not_found",
        "is_archived",
        "not_in_channel",
        "msg_too_long",
        "invalid_blocks",
        "restricted_action",
        "no_text",
    ],
)
def test_a_permanent_refusal_is_a_dead_letter_at_once(small_desk: Desk, error: str) -> None:
    channel = small_desk.slack.add_channel("acme")
    small_desk.slack.fault("chat.postMessage", "error", value=error)
    small_desk.put(post("a", channel))
    assert small_desk.wait_for("a", "dead").last_error == error
    assert small_desk.told.died == [("a", error)]
    assert len(small_desk.slack.called("chat.postMessage")) == 1


def test_a_dead_letter_that_a_person_retries_is_delivered(small_desk: Desk) -> None:
    channel = small_desk.slack.add_channel("acme")
    small_desk.slack.fault("chat.postMessage", "error", value="not_in_channel")
    small_desk.put(post("a", channel))
    small_desk.wait_for("a", "dead")
    with small_desk.database.write() as conn:
        outbox.requeue(conn, None, at=small_desk.clock.now())
    small_desk.courier.notify()
    small_desk.wait_for("a")
    assert small_desk.slack.keys() == ["a"]


def test_a_revoked_token_kills_nothing_and_is_told_as_an_outage(small_desk: Desk) -> None:
    channel = small_desk.slack.add_channel("acme")
    revoked = small_desk.slack.fault("*", "error", value="token_revoked", count=10_000)
    small_desk.put(post("a", channel))
    until(lambda: small_desk.told.outages == ["down"])
    assert small_desk.row("a").state != "dead"
    revoked.count = 0
    small_desk.wait_for("a")
    assert small_desk.told.died == []


def test_an_outage_is_told_once_mail_goes_on_and_all_arrives_after_it(desk: Desk) -> None:
    slack = desk.slack
    channels = [slack.add_channel(f"c{number}") for number in range(20)]
    down = slack.fault("*", "status", value="503", count=10_000)
    desk.put(*(post(f"k{n}", channel) for n, channel in enumerate(channels)))
    until(lambda: desk.courier.slack_down_since is not None)
    desk.put(row("m", "mail.send", {"to": "a@b.example"}, gateway="mail"))
    desk.wait_for("m")
    until(lambda: desk.told.outages == ["down"])
    before = len(slack.calls)
    down.count = 0
    desk.wait_until_empty()
    until(lambda: desk.told.outages == ["down", "up"])
    assert sorted(slack.keys()) == sorted(f"k{n}" for n in range(20))
    assert before < 60  # one probe at a time, not twenty rows again and again
    assert desk.courier.slack_down_since is None


def test_the_row_of_a_killed_courier_is_looked_up_before_it_is_sent(
    database: Database, slack: TinySlack
) -> None:
    channel = slack.add_channel("acme")
    with desk_on(database, slack, started=False) as desk:
        desk.put(post("a", channel), post("b", channel, stream="b"))
        with database.write() as conn:  # claimed, "a" was posted, then the process was killed
            claim(
                conn,
                now=desk.clock.now(),
                business_now=desk.business_now,
                owner="killed",
                lease_s=0.2,
                limit=2,
            )
        slack.posts.append(
            {
                "channel": channel,
                "ts": f"{int(desk.clock.now().timestamp())}.5",
                "bot_id": "B0BRIDGE1",
                "metadata": {
                    "event_type": "bridgewatch_delivery",
                    "event_payload": {"key": "a"},
                },
            }
        )
        desk.courier.start()
        desk.wait_until_empty()
    assert sorted(slack.keys()) == ["a", "b"]


def test_a_worker_frozen_past_its_lease_sends_nothing(database: Database, slack: TinySlack) -> None:
    channel = slack.add_channel("acme")
    frozen, thawed = threading.Event(), threading.Event()

    class Slow:
        """Stands where a worker is frozen: between the claim and the call."""

        def attempt(self, row: Any, **more: Any) -> Any:
            frozen.set()
            thawed.wait(60)
            return inner.attempt(row, **more)

    with desk_on(database, slack, owner="sleeper") as sleeper:
        inner = sleeper.courier._deliverers["slack"]
        sleeper.courier._deliverers = {"slack": Slow()}
        sleeper.put(post("a", channel))
        assert frozen.wait(30)
        with desk_on(database, slack, owner="other") as other:
            other.wait_for("a", timeout_s=30)
            sleeper.clock.ahead_s = 5.0
            thawed.set()
            until(lambda: sleeper.courier.in_flight == 0)
    assert slack.keys() == ["a"]
    assert sleeper.told.settled == []


def test_a_zombies_result_is_refused(database: Database, slack: TinySlack) -> None:
    channel = slack.add_channel("acme")
    with desk_on(database, slack, owner="zombie") as zombie:
        zombie.slack.latency_s = 0.3
        zombie.put(post("a", channel, reports=True))
        until(lambda: slack.called("chat.postMessage"))
        with database.write() as conn:  # its lease ended and another one has the row
            claim(
                conn,
                now=zombie.clock.now() + timedelta(seconds=60),
                business_now=zombie.business_now,
                owner="heir",
                lease_s=60,
                limit=1,
            )
        until(lambda: zombie.courier.in_flight == 0)
        assert zombie.row("a").claimed_by == "heir"
        assert zombie.row("a").state == "sending"


@pytest.mark.parametrize("couriers", [2, 3])
def test_couriers_on_one_database_send_each_row_once(
    database: Database, slack: TinySlack, couriers: int
) -> None:
    channels = [slack.add_channel(f"c{number}") for number in range(10)]
    rows = [post(f"k{n}", channels[n % 10], reports=n % 3 == 0) for n in range(120)]
    with desk_on(database, slack, owner="one") as one, desk_on(database, slack, owner="two") as two:
        one.put(*rows)
        two.courier.notify()
        if couriers == 3:
            with desk_on(database, slack, owner="three"):
                one.wait_until_empty()
        one.wait_until_empty()
        reported = [key for key, _ in (*one.told.settled, *two.told.settled)]
    assert sorted(slack.keys()) == sorted(each.key for each in rows)
    assert len(reported) == len(set(reported))


def test_a_stop_lets_running_calls_end_and_releases_the_rest(desk: Desk) -> None:
    channels = [desk.slack.add_channel(f"c{number}") for number in range(30)]
    desk.slack.latency_s = 0.2
    desk.put(*(post(f"k{n}", channel) for n, channel in enumerate(channels)))
    until(lambda: desk.slack.called("chat.postMessage"))
    assert desk.courier.stop(timeout_s=30)
    with desk.database.read() as conn:
        states = deliveries.state_counts(conn)
    assert set(states) == {"done", "pending"}
    assert states["done"] == len(desk.slack.keys())


def test_a_stop_that_runs_out_of_time_says_so(small_desk: Desk) -> None:
    channel = small_desk.slack.add_channel("acme")
    small_desk.slack.fault("chat.postMessage", "hang")
    small_desk.put(post("a", channel))
    until(lambda: small_desk.slack.called("chat.postMessage"))
    assert not small_desk.courier.stop(timeout_s=0.1)


def test_a_report_that_fails_is_made_again_and_nothing_is_sent_again(
    database: Database, slack: TinySlack, error_lines: ErrorLines
) -> None:
    error_lines.expect("could not be reported")
    channel = slack.add_channel("acme")
    failures = [ValueError("once"), ValueError("twice")]

    def settled(conn: Any, deliveries: Any) -> None:
        if failures:
            raise failures.pop()

    with desk_on(database, slack, settled=settled) as desk:
        desk.put(post("a", channel, reports=True))
        desk.wait_for("a")
        assert len(desk.told.settled) == 1
    assert slack.keys() == ["a"]


@pytest.mark.parametrize("gateway", ["slack", "mail"])
def test_what_was_taken_is_not_sent_again_while_its_report_is_left_to_a_newer_process(
    database: Database, slack: TinySlack, gateway: str
) -> None:
    channel = slack.add_channel("acme")
    newer = [BeingUpdated(reference="BW-1001") for _ in range(3)]

    def settled(conn: Any, deliveries: Any) -> None:
        if newer:
            raise newer.pop()

    sent = {
        "slack": post("a", channel, reports=True),
        "mail": row("a", "send", {"to": "a@b.example"}, gateway="mail", reports=True),
    }
    with desk_on(database, slack, settled=settled) as desk:
        desk.put(sent[gateway])
        desk.wait_for("a")
        assert len(desk.told.settled) == 1
        assert desk.row("a").result
        assert slack.called("conversations.history") == []
        assert [*slack.keys(), *desk.mail.keys] == ["a"]


def test_a_picture_that_was_sent_and_not_reported_is_not_replaced_by_a_newer_one(
    database: Database, slack: TinySlack
) -> None:
    channel = slack.add_channel("acme")
    held = threading.Event()

    def settled(conn: Any, deliveries: Any) -> None:
        if not held.is_set():
            raise BeingUpdated(reference="BW-1001")

    def card(key: str) -> NewRow:
        return post(key, channel, surface="latest_only", slot="card", reports=True)

    with desk_on(database, slack, settled=settled) as desk:
        desk.put(card("one"))
        until(lambda: desk.row("one").result is not None and desk.row("one").state == "pending")
        desk.put(card("two"))
        held.set()
        desk.wait_for("one")
        desk.wait_for("two")
    assert slack.keys() == ["one", "two"]


def test_a_death_that_is_left_to_a_newer_process_is_told_later_and_not_tried_again(
    database: Database, slack: TinySlack
) -> None:
    channel = slack.add_channel("acme")
    slack.fault("chat.postMessage", "error", value="not_in_channel")
    newer = [BeingUpdated(reference="BW-1001") for _ in range(2)]

    def died(conn: Any, row: OutboxRow, error: str) -> None:
        if newer:
            raise newer.pop()

    with desk_on(database, slack, died=died) as desk:
        desk.put(post("a", channel))
        assert desk.wait_for("a", "dead").last_error == "not_in_channel"
        assert desk.told.died == [("a", "not_in_channel")]
    assert len(slack.called("chat.postMessage")) == 1


def test_a_row_that_breaks_our_own_code_is_set_aside_and_the_others_go_on(
    migrated_sqlite_url: str, slack: TinySlack, error_lines: ErrorLines
) -> None:
    error_lines.expect("the delivery of poison broke")
    channel = slack.add_channel("acme")
    database = Database(migrated_sqlite_url)

    class Breaks:
        """Stands for a defect of ours that one payload meets."""

        def attempt(self, row: Any, **more: Any) -> Any:
            if row.key == "poison":
                raise KeyError("ts")
            return inner.attempt(row, **more)

    pace = replace(QUICK, settling_s=0.05)
    with desk_on(database, slack, pace=pace, started=False) as desk:
        inner = desk.courier._deliverers["slack"]
        desk.courier._deliverers = {"slack": Breaks()}
        desk.courier.start()
        desk.put(post("poison", channel), post("next", channel))
        desk.wait_for("poison", "dead")
        desk.wait_for("next")
    assert slack.keys() == ["next"]
    database.dispose()


def test_a_prompt_that_always_fails_is_given_up_while_slack_answers_others(
    database: Database, slack: TinySlack
) -> None:
    channel = slack.add_channel("acme")
    slack.fault(
        "chat.postMessage", "status", value="500", count=99, only_if=lambda a: a["text"] == "poison"
    )
    pace = type(QUICK)(
        workers=4, deadline_s=0.8, settling_s=0.02, watch_s=0.05, back_off_s=0.01,
        back_off_most_s=0.02, most_tries=3,
    )  # fmt: skip
    with desk_on(database, slack, pace=pace) as desk:
        desk.put(post("poison", channel, surface="drop_if_stale", stream="p"))

        def others_go_on() -> bool:
            desk.put(post(f"ok{len(slack.posts)}", channel, stream=f"s{len(slack.posts)}"))
            return desk.row("poison").state == "dead"

        until(others_go_on, 30, every_s=0.02)
    assert desk.told.died[0][1].startswith("unknown: given up after")


@pytest.mark.slow
def test_a_hundred_posts_over_a_bad_line_arrive_once_each_and_in_order(desk: Desk) -> None:
    slack = desk.slack
    channels = [slack.add_channel(f"c{number}") for number in range(8)]
    for turn, (kind, value) in enumerate(
        [("lost", ""), ("reset", ""), ("half", ""), ("status", "502"), ("429", "1")] * 4
    ):
        # A fault every fifth post of a channel, so that successes keep the circuit closed.
        word = f"k{turn * 5 + 2}"
        slack.fault(
            "chat.postMessage", kind, value=value, only_if=lambda args, w=word: args["text"] == w
        )
    desk.put(*(post(f"k{n}", channels[n % 8]) for n in range(100)))
    desk.wait_until_empty(30)
    assert sorted(slack.keys()) == sorted(f"k{n}" for n in range(100))
    for channel in channels:
        keys = [int(each["text"][1:]) for each in slack.posts if each["channel"] == channel]
        assert keys == sorted(keys)


def test_a_must_arrive_row_is_never_given_up(small_desk: Desk) -> None:
    channel = small_desk.slack.add_channel("acme")
    small_desk.slack.fault("chat.postMessage", "reset", count=6)
    small_desk.put(post("a", channel))
    small_desk.wait_for("a", timeout_s=20)
    assert small_desk.slack.keys() == ["a"]
    assert small_desk.told.died == []


@pytest.mark.parametrize("then", ["", "lost", "reset"])
def test_a_reply_whose_thread_is_gone_stands_by_itself_once(desk: Desk, then: str) -> None:
    channel, gone = desk.slack.add_channel("acme"), "1767603600.000001"
    desk.slack.fault("chat.postMessage", "error", value="cannot_reply_to_message", count=2,
                     only_if=lambda args: "thread_ts" in args)  # fmt: skip
    desk.slack.fault("conversations.replies", "error", value="thread_not_found")
    if then:
        desk.slack.fault("chat.postMessage", then, only_if=lambda args: "thread_ts" not in args)
    desk.put(post("reply", channel, extra={"thread_ts": gone, "reply_broadcast": True}))
    assert desk.wait_for("reply").result["note"] == "its thread is gone"
    assert desk.slack.keys() == ["reply"]
    assert not {"thread_ts", "reply_broadcast"} & desk.slack.posts[0].keys()
