"""A courier in a process of its own, made to be killed: DATABASE_URL, API_URL, OWNER."""

from __future__ import annotations

import sys
import threading

from bot.clock import MachineClock
from bot.courier.claims import Reports
from bot.courier.courier import Courier
from bot.courier.delivery import SlackDelivery
from bot.courier.references import PeopleByMail
from bot.gateways.brakes import Brakes
from bot.gateways.slack import SlackGateway
from bot.right_of_way import RightOfWay
from store.db import Database
from tests.contract.gateways.tiny_slack import TOKEN
from tests.unit.bot.courier.desk import MAILS, QUICK


def main() -> None:
    """Deliver until it is killed."""
    database_url, api_url, owner = sys.argv[1:]
    clock = MachineClock()
    brakes = Brakes(SlackGateway(TOKEN, api_url=api_url), clock)
    courier = Courier(
        Database(database_url),
        {"slack": SlackDelivery(brakes, PeopleByMail(brakes, MAILS.get))},
        brakes=brakes,
        clock=clock,
        business_now=clock.now,
        owner=owner,
        way=RightOfWay(),
        reports=Reports(settled=lambda *_: None, died=lambda *_: None),
        pace=QUICK,
    )
    courier.start()
    threading.Event().wait(60)
