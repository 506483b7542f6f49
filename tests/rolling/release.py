"""A bot of one release in a process of its own; it does what it is told by line.

It is run on the code of either release, so it uses only what both have. What is refused because
a newer process wrote it is an answer; whatever else goes wrong ends it.
"""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path
from typing import Any

from tests.crash.nursery import PACE
from tests.kit import past
from tests.kit.bot import RunningBot
from tests.kit.slack_process import SlackAddresses
from tests.replicas import replica

CALM = "BeingUpdated"
Order = dict[str, Any]


def door(bot: RunningBot, order: Order) -> str:
    """Say where it listens."""
    del order
    return bot.url


def home(bot: RunningBot, order: Order) -> str:
    """Say whose code it runs."""
    del order
    return str(Path(sys.modules[type(bot.program).__module__].__file__ or "").parents[1])


def close(bot: RunningBot, order: Order) -> str:
    """Bring an incident to its end; only the present release is asked for it."""
    # The release before calls it otherwise.
    from tests.kit.incident import PlayedIncident  # noqa: PLC0415

    PlayedIncident(bot, order["account"], order["reference"]).close()
    return str(order["reference"])


def check(bot: RunningBot, order: Order) -> str:
    """Say whether the chains are intact and each makes its row, as this release reads both."""
    del order
    with bot.database.read() as conn:
        past.certificates(conn, bot.now())
        return past.verified(conn)


ORDERS = {
    "stage": replica.stage,
    "many": replica.open_many,
    "door": door,
    "home": home,
    "close": close,
    "check": check,
}


def answer(bot: RunningBot, order: Order) -> Order:
    """Carry an order out; say what came of it."""
    try:
        return {"reference": ORDERS[order["do"]](bot, order), "refused": ""}
    except Exception as refused:
        if type(refused).__name__ != CALM:
            raise
        return {"reference": order.get("reference", ""), "refused": str(refused)}


def main() -> None:
    """Run until standard input ends."""
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    slack = SlackAddresses(**json.loads(sys.argv[1]))
    with RunningBot(slack, sys.argv[2], pace=PACE) as bot:
        bot.wait_until_known()
        print("ready", flush=True)  # noqa: T201
        for line in sys.stdin:
            print(json.dumps(answer(bot, json.loads(line))), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
