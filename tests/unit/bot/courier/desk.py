"""A courier with real parts around it: a database, a tiny Slack, and a record of its reports."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.clock import MachineClock
from bot.courier.attempts import Deliverer
from bot.courier.claims import CourierPace, Reports
from bot.courier.courier import Courier
from bot.courier.delivery import PlainDelivery, SlackDelivery
from bot.courier.references import PeopleByMail
from bot.courier.verdict import Ask, everything_stands
from bot.gateways.brakes import BrakePace, Brakes
from bot.gateways.outcomes import Outcome, Taken
from bot.gateways.slack import SlackGateway
from bot.right_of_way import RightOfWay
from store.db import Connection, Database
from store.outbox_rows import NewRow, OutboxRow
from store.read import deliveries
from store.write.enqueue import enqueue
from tests.contract.gateways.tiny_slack import TOKEN, TinySlack
from tests.kit.waiting import until

MAILS = {"csm-one": "one@vendor.example", "csm-two": "two@vendor.example"}
QUICK = CourierPace(
    workers=8,
    deadline_s=0.8,
    settling_s=0.3,
    watch_s=0.05,
    back_off_s=0.05,
    back_off_most_s=0.4,
    mail_after_s=0.4,
)
QUICK_BRAKES = BrakePace(trip_after=5, probe_s=0.1, probe_most_s=0.2)
LONG_AGO = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


class SteppedClock(MachineClock):
    """The real clock, which a test can push ahead as if the process had been frozen.

    `wall_ahead_s` steps the clock on the wall alone, as whoever sets a machine's time does.
    """

    def __init__(self) -> None:
        self.ahead_s = 0.0
        self.wall_ahead_s = 0.0

    def now(self) -> datetime:
        return super().now() + timedelta(seconds=self.ahead_s + self.wall_ahead_s)

    def monotonic(self) -> float:
        return super().monotonic() + self.ahead_s


class Sink:
    """A mail gateway that only remembers."""

    def __init__(self) -> None:
        self.keys: list[str] = []

    def send(self, payload: Mapping[str, object], *, key: str, deadline_s: float) -> Outcome:
        self.keys.append(key)
        return Taken({"message_id": key})


@dataclass
class Told:
    """What a courier told of, kept; a test may hear of it first, in the same transaction.

    Attributes:
        first_settled: Called with what has settled, before it is kept.
        first_died: Called with what has died, before it is kept.
    """

    first_settled: Callable[..., object] | None = None
    first_died: Callable[..., object] | None = None
    settled: list[tuple[str, Mapping[str, object]]] = field(default_factory=list)
    died: list[tuple[str, str]] = field(default_factory=list)
    withheld: list[tuple[str, str]] = field(default_factory=list)
    outages: list[str] = field(default_factory=list)

    def reports(self) -> Reports:
        return Reports(
            settled=self._settled,
            died=self._died,
            withheld=lambda _conn, row, why: self.withheld.append((row.key, why)),
            slack_down=lambda _since: self.outages.append("down"),
            slack_up=lambda: self.outages.append("up"),
        )

    def _settled(
        self, conn: Connection, deliveries: Sequence[tuple[OutboxRow, Mapping[str, object]]]
    ) -> None:
        if self.first_settled is not None:
            self.first_settled(conn, deliveries)
        self.settled += [(row.key, result) for row, result in deliveries]

    def _died(self, conn: Connection, row: OutboxRow, error: str) -> None:
        if self.first_died is not None:
            self.first_died(conn, row, error)
        self.died.append((row.key, error))


@dataclass
class Desk:
    """What a courier test works with."""

    database: Database
    slack: TinySlack
    clock: SteppedClock
    gateway: SlackGateway
    brakes: Brakes
    courier: Courier
    mail: Sink
    told: Told
    business_now: datetime = LONG_AGO

    def put(self, *rows: NewRow) -> None:
        with self.database.write() as conn:
            enqueue(conn, rows)
        self.courier.notify()

    def row(self, key: str) -> OutboxRow:
        with self.database.read() as conn:
            for number in range(1, 2_000):
                found = deliveries.get(conn, number)
                if found is None:
                    break
                if found.key == key:
                    return found
        raise AssertionError(f"no row {key}")

    def wait_for(self, key: str, state: str = "done", timeout_s: float = 30.0) -> OutboxRow:
        until(lambda: self.row(key).state == state, timeout_s, what=f"{key} {state}")
        return self.row(key)

    def wait_until_empty(self, timeout_s: float = 60.0) -> None:
        def empty() -> bool:
            with self.database.read() as conn:
                return deliveries.pending_count(conn) == 0

        until(empty, timeout_s, what="an empty outbox")


@contextmanager
def desk_on(
    database: Database,
    slack: TinySlack,
    *,
    pace: CourierPace = QUICK,
    owner: str = "courier-1",
    started: bool = True,
    settled: Callable[..., object] | None = None,
    died: Callable[..., object] | None = None,
    ask: Ask = everything_stands,
) -> Iterator[Desk]:
    """Run one courier on a database; more of them may share it."""
    clock = SteppedClock()
    gateway = SlackGateway(TOKEN, api_url=slack.api_url)
    brakes = Brakes(gateway, clock, pace=QUICK_BRAKES)
    people = PeopleByMail(brakes, MAILS.get)
    mail = Sink()
    deliverers: dict[str, Deliverer] = {
        "slack": SlackDelivery(brakes, people, ask=ask),
        "mail": PlainDelivery(mail, ask=ask),
    }
    told = Told(settled, died)
    desk: Desk
    courier = Courier(
        database,
        deliverers,
        brakes=brakes,
        clock=clock,
        business_now=lambda: desk.business_now,
        owner=owner,
        way=RightOfWay(),
        reports=told.reports(),
        pace=pace,
    )
    desk = Desk(database, slack, clock, gateway, brakes, courier, mail, told)
    if started:
        courier.start()
    try:
        yield desk
    finally:
        for fault in slack.faults:
            fault.count = 0
            fault.released.set()
        courier.stop(timeout_s=30)
        gateway.close()


def post(key: str, channel: str, text: str = "", **more: Any) -> NewRow:
    """Make a row that posts a message."""
    payload = {"channel": channel, "text": text or key, **more.pop("extra", {})}
    return row(key, "chat.postMessage", payload, stream=more.pop("stream", channel), **more)


def row(key: str, method: str, payload: Mapping[str, Any], **more: Any) -> NewRow:
    """Make a row; its stream is its own key unless said otherwise."""
    return NewRow(
        key=key,
        team_id="T0TEAM001",
        gateway=more.pop("gateway", "slack"),
        method=method,
        stream=more.pop("stream", key),
        payload=payload,
        created_at=LONG_AGO,
        **more,
    )


def all_set(*events: threading.Event) -> bool:
    """Tell whether every event is set."""
    return all(event.is_set() for event in events)
