"""Before each outward send the courier asks whether the release still stands, and obeys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from bot.courier.attempts import Addressed
from bot.courier.settlement import UNSURE
from bot.courier.verdict import STANDS, Verdict
from bot.gateways.outcomes import NotSent, Withheld
from store.db import Database
from store.outbox_rows import NewRow
from tests.contract.gateways.tiny_slack import TinySlack
from tests.kit.waiting import until
from tests.unit.bot.courier.desk import Desk, desk_on, post, row

HELD = Verdict(Withheld("legal_hold"))


@dataclass
class Oracle:
    """Says of each row whether it stands, and remembers what it was asked."""

    verdicts: dict[str, Verdict] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def __call__(self, row: Addressed) -> Verdict:
        self.asked.append(row.key)
        return self.verdicts.get(row.key, STANDS)


@pytest.fixture
def oracle() -> Oracle:
    return Oracle()


@pytest.fixture
def asking(migrated_sqlite_url: str, slack: TinySlack, oracle: Oracle) -> Iterator[Desk]:
    opened = Database(migrated_sqlite_url)
    with desk_on(opened, slack, ask=oracle) as running:
        yield running
    opened.dispose()


def test_what_does_not_stand_any_more_is_dropped_and_reported(asking: Desk, oracle: Oracle) -> None:
    oracle.verdicts["a"] = HELD
    asking.put(post("a", asking.slack.add_channel("acme")))
    assert asking.wait_for("a", "dropped").last_error == "withdrawn: legal_hold"
    assert asking.told.withheld == [("a", "legal_hold")]
    assert asking.slack.keys() == []


def test_a_retry_is_asked_again(asking: Desk, oracle: Oracle) -> None:
    channel = asking.slack.add_channel("acme")
    asking.slack.fault("chat.postMessage", "429", value="1")
    asking.put(post("a", channel))
    until(lambda: (asking.row("a").last_error or "").startswith("held for"), 30)
    oracle.verdicts["a"] = HELD
    asking.wait_for("a", "dropped")
    assert asking.slack.keys() == []


def test_what_had_left_before_is_delivered_and_never_called_withdrawn(
    asking: Desk, oracle: Oracle
) -> None:
    channel = asking.slack.add_channel("acme")
    asking.slack.fault("chat.postMessage", "lost")
    asking.put(post("a", channel))
    until(lambda: (asking.row("a").last_error or "").startswith(UNSURE), 30)
    oracle.verdicts["a"] = HELD
    asking.wait_for("a", "done")
    assert asking.slack.keys() == ["a"]
    assert asking.told.withheld == []


def test_what_was_looked_for_and_is_not_there_is_withdrawn(asking: Desk, oracle: Oracle) -> None:
    channel = asking.slack.add_channel("acme")
    asking.slack.fault("chat.postMessage", "reset")
    asking.put(post("a", channel))
    until(lambda: (asking.row("a").last_error or "").startswith(UNSURE), 30)
    oracle.verdicts["a"] = HELD
    asking.wait_for("a", "dropped")
    assert asking.told.withheld == [("a", "legal_hold")]


def test_where_nobody_can_look_a_person_is_told_that_it_may_have_arrived(
    asking: Desk, oracle: Oracle
) -> None:
    channel = asking.slack.add_channel("acme")
    asking.slack.fault("chat.postMessage", "reset")
    asking.slack.fault("conversations.history", "error", value="missing_scope")
    asking.put(post("a", channel))
    until(lambda: (asking.row("a").last_error or "").startswith(UNSURE), 30)
    oracle.verdicts["a"] = HELD
    asking.wait_for("a", "dead")
    assert asking.told.withheld == []
    assert "may have arrived" in asking.told.died[0][1]


def test_nothing_is_sent_while_nobody_knows_whether_it_stands(asking: Desk, oracle: Oracle) -> None:
    oracle.verdicts["a"] = Verdict(NotSent("the database is away"))
    asking.put(post("a", asking.slack.add_channel("acme")))
    until(lambda: len(oracle.asked) > 2, 30)
    assert asking.slack.keys() == []
    oracle.verdicts.clear()
    asking.wait_for("a", "done")


def test_mail_is_asked_of_too(asking: Desk, oracle: Oracle) -> None:
    oracle.verdicts["m"] = HELD
    asking.put(row("m", "send", {"to": ["a@acme.example"]}, gateway="mail"))
    asking.wait_for("m", "dropped")
    assert asking.mail.keys == []


def test_an_edit_is_asked_of_too(asking: Desk, oracle: Oracle) -> None:
    channel = asking.slack.add_channel("acme")
    asking.put(post("a", channel))
    asking.wait_for("a")
    oracle.verdicts["b"] = HELD
    wanted = {"channel": channel, "ts": {"$result": ["a", "ts"]}, "text": "b"}
    asking.put(row("b", "chat.update", wanted, needs=("a",)))
    asking.wait_for("b", "dropped")
    assert not asking.slack.called("chat.update")


def reply(key: str, channel: str, parent: str) -> NewRow:
    extra = {"thread_ts": {"$result": [parent, "ts"]}, "reply_broadcast": True}
    return post(key, channel, extra=extra, needs=(parent,))


def test_a_reply_whose_parent_died_stands_at_the_top(asking: Desk) -> None:
    channel = asking.slack.add_channel("acme")
    asking.slack.fault("chat.postMessage", "error", value="msg_too_long")
    asking.put(post("ack", channel), reply("update", channel, "ack"))
    asking.wait_for("ack", "dead")
    asking.wait_for("update")
    sent = asking.slack.called("chat.postMessage")[-1].args
    assert "thread_ts" not in sent
    assert "reply_broadcast" not in sent


def test_a_reply_whose_parent_died_joins_the_thread_that_there_is(
    asking: Desk, oracle: Oracle
) -> None:
    channel = asking.slack.add_channel("acme")
    asking.slack.fault("chat.postMessage", "error", value="msg_too_long")
    asking.put(post("ack", channel), post("first", channel))
    stamp = asking.wait_for("first").result["ts"]
    oracle.verdicts["update"] = Verdict(thread_ts=stamp)
    asking.put(reply("update", channel, "ack"))
    asking.wait_for("update")
    sent = asking.slack.called("chat.postMessage")[-1].args
    assert (sent["thread_ts"], str(sent["reply_broadcast"]).lower()) == (stamp, "true")


def test_what_needs_the_words_of_something_dead_is_dead_itself(asking: Desk) -> None:
    channel = asking.slack.add_channel("acme")
    asking.slack.fault("chat.postMessage", "error", value="msg_too_long")
    wanted = {"channel": channel, "ts": {"$result": ["card", "ts"]}, "text": "b"}
    asking.put(post("card", channel), row("edit", "chat.update", wanted, needs=("card",)))
    asking.wait_for("edit", "dead")
    assert [key for key, _ in asking.told.died] == ["card", "edit"]
