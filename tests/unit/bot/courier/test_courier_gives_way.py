"""The courier lets decisions go first when much is due at once."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

from bot.clock import MachineClock
from bot.courier.claims import Reports
from bot.courier.courier import Courier
from bot.courier.delivery import PlainDelivery
from bot.gateways.brakes import Brakes
from bot.gateways.slack import SlackGateway
from bot.right_of_way import RightOfWay
from store.db import Database
from store.write.enqueue import enqueue
from tests.kit.waiting import until
from tests.unit.bot.courier.desk import QUICK, Sink, row


def test_nothing_is_sent_while_a_crowd_is_decided_and_all_of_it_afterwards(
    migrated_sqlite_url: str,
) -> None:
    database = Database(migrated_sqlite_url)
    looked, crowd, mail = threading.Event(), threading.Event(), Sink()

    def gives_way() -> bool:
        looked.set()
        return crowd.is_set()

    gateway = SlackGateway("xoxb-none", api_url="http://127.0.0.1:9/api/")
    courier = Courier(
        database,
        {"mail": PlainDelivery(mail)},
        brakes=Brakes(gateway, MachineClock()),
        clock=MachineClock(),
        business_now=lambda: datetime.now(UTC),
        owner="courier-1",
        way=RightOfWay(),
        reports=Reports(settled=lambda *_: None, died=lambda *_: None),
        pace=QUICK,
        gives_way=gives_way,
    )
    crowd.set()
    with database.write() as conn:
        enqueue(conn, [row("letter", "mail", {"to": []}, gateway="mail")])
    courier.start()
    try:
        assert looked.wait(30)
        assert mail.keys == []
        crowd.clear()
        until(lambda: mail.keys == ["letter"], what="the letter")
    finally:
        crowd.clear()
        courier.stop()
        gateway.close()
        database.dispose()
