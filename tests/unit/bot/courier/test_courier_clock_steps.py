"""A clock on the wall that is set while a call is under way: nothing twice, nothing late.

Proves: F17.
"""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import timedelta

import pytest

from store.db import Database
from store.outbox_rows import AT_ONCE
from store.tables import outbox as table
from tests.contract.gateways.tiny_slack import TinySlack
from tests.kit.waiting import until
from tests.unit.bot.courier.desk import QUICK, Desk, desk_on, post, row

STEPS_S = (3_600.0, -3_600.0)
each_step = pytest.mark.parametrize("step_s", STEPS_S)
# A lease that outlasts the slow call by far: only a clock can end it.
PACE = replace(QUICK, deadline_s=3.0)


@each_step
def test_a_step_during_a_call_sends_nothing_twice(
    database: Database, slack: TinySlack, step_s: float
) -> None:
    channel = slack.add_channel("acme")
    slack.latency_s = 0.5
    with desk_on(database, slack, pace=PACE) as desk:
        desk.put(post("a", channel), post("b", channel))
        until(lambda: slack.called("chat.postMessage"))
        desk.clock.wall_ahead_s = step_s
        desk.courier.notify()
        desk.wait_until_empty()
        assert desk.row("a").attempts == desk.row("b").attempts == 1
    assert slack.keys() == ["a", "b"]
    assert slack.called("conversations.history") == []


@each_step
def test_another_process_whose_clock_was_set_leaves_our_row_alone(
    database: Database, slack: TinySlack, step_s: float
) -> None:
    channel = slack.add_channel("acme")
    slack.latency_s = 0.5
    with desk_on(database, slack, pace=PACE, owner="one") as one:
        one.put(post("a", channel))
        until(lambda: slack.called("chat.postMessage"))
        with desk_on(database, slack, pace=PACE, owner="two", started=False) as two:
            two.clock.wall_ahead_s = step_s
            two.courier.start()
            one.wait_until_empty()
    assert slack.keys() == ["a"]
    assert len(slack.called("chat.postMessage")) == 1
    assert slack.called("conversations.history") == []  # what another takes over, it looks up


@each_step
def test_a_step_during_a_wait_neither_shortens_nor_lengthens_it(
    database: Database, slack: TinySlack, step_s: float
) -> None:
    channel = slack.add_channel("acme")
    slack.fault("chat.postMessage", "429", value="1")
    with desk_on(database, slack) as desk:
        desk.put(post("a", channel))
        until(lambda: desk.row("a").state == "pending" and desk.row("a").attempts)
        desk.clock.wall_ahead_s = step_s
        desk.courier.notify()
        desk.wait_for("a", timeout_s=10)
    first, second = slack.called("chat.postMessage")
    assert 1.0 <= second.at - first.at < 5.0


@each_step
def test_the_row_of_a_process_that_died_is_taken_over_after_its_lease_whatever_the_wall_says(
    database: Database, slack: TinySlack, step_s: float
) -> None:
    channel = slack.add_channel("acme")
    slack.fault("chat.postMessage", "hang")
    with desk_on(database, slack, pace=PACE, owner="died") as died:
        died.put(post("a", channel))
        until(lambda: slack.called("chat.postMessage"))
        began_s = time.monotonic()
        with desk_on(database, slack, owner="heir", started=False) as heir:
            heir.clock.wall_ahead_s = step_s
            heir.courier.start()
            until(lambda: (heir.row("a").claimed_by or "heir").startswith("heir"), 30)
            waited_s = time.monotonic() - began_s
            heir.wait_for("a")
    assert 2.5 < waited_s < 6.0
    assert slack.keys() == ["a"]


def test_a_process_never_takes_its_own_row_again_while_it_is_at_it(
    database: Database, slack: TinySlack
) -> None:
    channel = slack.add_channel("acme")
    slack.latency_s = 0.5
    with desk_on(database, slack, pace=PACE) as desk:
        desk.put(post("a", channel))
        until(lambda: slack.called("chat.postMessage"))
        end_the_lease_of_all(desk)
        desk.courier.notify()
        desk.wait_until_empty()
        assert desk.row("a").attempts == 1
    assert len(slack.called("chat.postMessage")) == 1


def test_another_process_takes_a_row_over_once_the_database_says_that_its_lease_ended(
    database: Database, slack: TinySlack
) -> None:
    channel = slack.add_channel("acme")
    slack.fault("chat.postMessage", "hang")
    with desk_on(database, slack, pace=PACE, owner="one") as one:
        one.put(post("a", channel))
        until(lambda: slack.called("chat.postMessage"))
        end_the_lease_of_all(one)
        with desk_on(database, slack, pace=PACE, owner="two") as two:
            two.wait_for("a", timeout_s=2.5)
    assert slack.keys() == ["a"]


def test_an_outage_is_measured_by_what_passed_and_not_by_the_wall(
    small_desk: Desk,
) -> None:
    channel = small_desk.slack.add_channel("acme")
    down = small_desk.slack.fault("*", "status", value="503", count=10_000)
    small_desk.put(post("a", channel))
    until(lambda: small_desk.courier.slack_down_since is not None)
    began_s = time.monotonic()
    small_desk.clock.wall_ahead_s = -3_600.0
    until(lambda: small_desk.told.outages == ["down"], 30)
    assert time.monotonic() - began_s < 5.0
    down.count = 0
    small_desk.wait_for("a")


def test_a_long_step_does_not_tell_of_an_outage_that_has_just_begun(
    database: Database, slack: TinySlack
) -> None:
    channel = slack.add_channel("acme")
    down = slack.fault("*", "status", value="503", count=10_000)
    with desk_on(database, slack, pace=replace(QUICK, mail_after_s=60.0)) as desk:
        desk.put(post("a", channel))
        until(lambda: desk.courier.slack_down_since is not None)
        desk.clock.wall_ahead_s = 3_600.0
        until(lambda: len(slack.called("auth.test")) > 3)
        assert desk.told.outages == []
        down.count = 0
        desk.wait_for("a")


def end_the_lease_of_all(desk: Desk) -> None:
    """Step the database's own clock, in effect: every lease is over."""
    with desk.database.write() as conn:
        conn.execute(
            table.update()
            .where(table.c.state == "sending")
            .values(lease_until=AT_ONCE + timedelta(1), next_try_at=AT_ONCE)
        )


@pytest.mark.parametrize("fault", ["lost", "reset"])
def test_a_post_of_a_clock_that_was_an_hour_ahead_is_found_after_it_was_put_right(
    database: Database, slack: TinySlack, fault: str
) -> None:
    channel = slack.add_channel("acme")
    slack.fault("chat.postMessage", fault)
    with desk_on(database, slack, started=False) as desk:
        desk.clock.wall_ahead_s = 3_600.0
        desk.put(replace(post("a", channel), created_at=desk.clock.now()))
        desk.courier.start()
        until(lambda: slack.called("chat.postMessage"))
        desk.clock.wall_ahead_s = 0.0
        desk.wait_for("a")
    assert slack.keys() == ["a"]


def test_a_channel_made_by_a_clock_that_was_an_hour_ahead_is_ours(
    database: Database, slack: TinySlack
) -> None:
    slack.fault("conversations.create", "lost")
    with desk_on(database, slack, started=False) as desk:
        desk.clock.wall_ahead_s = 3_600.0
        made = row("c", "conversations.create", {"name": "bw-1001-acme"})
        desk.put(replace(made, created_at=desk.clock.now()))
        desk.courier.start()
        until(lambda: slack.called("conversations.create"))
        desk.clock.wall_ahead_s = 0.0
        desk.wait_for("c")
    assert [each["name"] for each in slack.channels.values()] == ["bw-1001-acme"]
