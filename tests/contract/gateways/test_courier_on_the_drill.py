"""The courier against the drill's strict Slack: a bridge set up, and answers lost on the way.

Proves: F08.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.clock import MachineClock
from bot.courier.claims import CourierPace, Reports
from bot.courier.courier import Courier
from bot.courier.delivery import PlainDelivery, SlackDelivery
from bot.courier.references import PeopleByMail
from bot.gateways.brakes import Brakes
from bot.gateways.mail import MailGateway
from bot.gateways.pager import PagerGateway
from bot.gateways.slack import SlackGateway
from bot.right_of_way import RightOfWay
from drill.local import LocalSlack
from store.db import Database
from store.outbox_rows import NewRow, OutboxRow
from store.read import deliveries
from store.write.enqueue import enqueue
from tests.kit.waiting import until
from tests.unit.bot.courier.desk import row

MANIFEST = Path(__file__).parents[3] / "app.yaml"
PACE = CourierPace(
    workers=8,
    deadline_s=1.5,
    settling_s=0.2,
    watch_s=0.05,
    back_off_s=0.05,
    back_off_most_s=0.2,
)
BRIDGE = {"$result": ["create", "channel.id"]}
CARD = {"$result": ["card", "ts"]}
BLOCKS = [{"type": "section", "text": {"type": "mrkdwn", "text": "*BW-1001*"}}]


def bridge_rows() -> tuple[NewRow, ...]:
    """Everything a bridge is made of."""
    link = {"channel_id": BRIDGE, "title": "Call", "type": "link", "link": "https://call.example"}
    users = [{"$person": "csm-one"}, {"$person": "engineering-lead-one"}]
    return (
        row("create", "conversations.create", {"name": "bw-1001-acme", "is_private": True}),
        row(
            "card",
            "chat.postMessage",
            {"channel": BRIDGE, "text": "BW-1001", "blocks": BLOCKS},
            needs=("create",),
        ),
        row(
            "topic", "conversations.setTopic", {"channel": BRIDGE, "topic": "T3"}, needs=("create",)
        ),
        row("call", "bookmarks.add", link, needs=("create",)),
        row(
            "invite", "conversations.invite", {"channel": BRIDGE, "users": users}, needs=("create",)
        ),
        row("pin", "pins.add", {"channel": BRIDGE, "timestamp": CARD}, needs=("card",)),
        row(
            "edit",
            "chat.update",
            {"channel": BRIDGE, "ts": CARD, "text": "BW-1001 scoped", "blocks": BLOCKS},
            needs=("card", "pin"),
        ),
        row("dm", "chat.postMessage", {"channel": {"$dm": "sponsor-one"}, "text": "A brief"}),
        row("ack", "chat.postMessage", {"channel": "C0ACMESUP1", "text": "We are on it"}),
        row(
            "mail",
            "mail.send",
            {"to": "ap.director.one@acme.example", "subject": "[BW-1001]", "body": "We are on it"},
            gateway="mail",
        ),
        row("page", "pager.page", {"text": "Wake up"}, gateway="pager"),
    )


class Line:
    """A courier between a database and the drill's Slack."""

    def __init__(self, database: Database, slack: LocalSlack) -> None:
        self.database = database
        self.slack = slack
        self.died: list[tuple[str, str]] = []
        clock = MachineClock()
        self.gateway = SlackGateway(slack.bot_token, api_url=slack.api_url)
        self.pager = PagerGateway(slack.pager_url)
        mail = MailGateway(slack.smtp_url, sender="support@vendor.example", vendor="Northwind")
        brakes = Brakes(self.gateway, clock)
        people = PeopleByMail(brakes, lambda person: f"{person.replace('-', '.')}@vendor.example")
        self.courier = Courier(
            database,
            {
                "slack": SlackDelivery(brakes, people),
                "mail": PlainDelivery(mail),
                "pager": PlainDelivery(self.pager),
            },
            brakes=brakes,
            clock=clock,
            business_now=clock.now,
            owner="line",
            way=RightOfWay(),
            reports=Reports(
                settled=lambda *_: None,
                died=lambda _conn, row, error: self.died.append((row.key, error)),
            ),
            pace=PACE,
        )
        self.courier.start()

    def deliver(self, *rows: NewRow) -> dict[str, OutboxRow]:
        """Send rows and return them when nothing is left."""
        with self.database.write() as conn:
            enqueue(conn, rows)
        self.courier.notify()
        until(self._is_empty, 30, what="an empty outbox")
        with self.database.read() as conn:
            found = [deliveries.get(conn, number + 1) for number in range(len(rows))]
        return {each.key: each for each in found if each is not None}

    def close(self) -> None:
        self.courier.stop(timeout_s=5)
        self.gateway.close()
        self.pager.close()

    def _is_empty(self) -> bool:
        with self.database.read() as conn:
            return deliveries.pending_count(conn) == 0


@pytest.fixture
def line(migrated_sqlite_url: str) -> Iterator[Line]:
    database = Database(migrated_sqlite_url)
    with LocalSlack(MANIFEST) as slack:
        running = Line(database, slack)
        yield running
        running.close()
    database.dispose()


def applied(line: Line, method: str) -> list[Any]:
    return line.slack.calls(method, applied=True)


def test_a_bridge_is_set_up_and_everybody_is_told(line: Line) -> None:
    rows = line.deliver(*bridge_rows())
    assert line.died == []
    assert {each.state for each in rows.values()} == {"done"}
    bridge = rows["create"].result["channel"]["id"]
    assert applied(line, "pins.add")[0].args["timestamp"] == rows["card"].result["ts"]
    assert applied(line, "conversations.invite")[0].channel == bridge
    assert len(line.slack.mails) == 1
    assert len(line.slack.pages) == 1


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["lost", "reset", "500"])
@pytest.mark.parametrize(
    "method",
    ["conversations.create", "chat.postMessage", "bookmarks.add", "pins.add", "chat.update"],
)
def test_a_bridge_is_set_up_once_whatever_answer_is_lost(
    line: Line, method: str, kind: str
) -> None:
    line.slack.fault(method, kind, count=2 if kind == "500" else 1)
    rows = line.deliver(*bridge_rows())
    assert line.died == []
    assert {each.state for each in rows.values()} == {"done"}
    assert len(applied(line, "conversations.create")) == 1
    keys = [
        call.args["metadata"]["event_payload"]["key"] for call in applied(line, "chat.postMessage")
    ]
    assert sorted(keys) == ["ack", "card", "dm"]
    assert len(applied(line, "bookmarks.add")) == 1


def test_a_bridge_is_set_up_within_slacks_rate_limits(line: Line) -> None:
    line.slack.core.rates.on = True
    line.slack.fault("chat.postMessage", "429", retry_after_s="1")
    rows = line.deliver(*bridge_rows())
    assert line.died == []
    assert {each.state for each in rows.values()} == {"done"}
