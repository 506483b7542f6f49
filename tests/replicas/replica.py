"""One of several bots on one database, in a process of its own; it does what it is told by line."""

from __future__ import annotations

import json
import logging
import signal
import sys
import threading
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from protocols.kernel.command import Command
from protocols.kernel.refusals import Refusal
from protocols.nudges.events import AnswerNudge
from protocols.targets.events import Acknowledge
from store.db import CommitPoint
from tests.crash.nursery import PACE
from tests.crash.points import whose
from tests.kit.bot import RunningBot
from tests.kit.forked import Fork
from tests.kit.incident import PlayedIncident, opening
from tests.kit.report import is_taken
from tests.kit.slack_process import SlackAddresses
from tests.replicas.handle import Replica

PATIENT = replace(PACE, deadline_s=2.0)
"""Several processes share the machine: a second miss of a short deadline would end a mail."""


class Freezer:
    """Freezes this process at a commit of its courier, while deliveries of it are under way.

    On SQLite nobody can write while a frozen process is inside a transaction, whatever a program
    does: where it is frozen is chosen, not chance.
    """

    bot: RunningBot
    point: CommitPoint | None = None

    def __call__(self, point: CommitPoint) -> None:
        """Freeze, if this is where it should be."""
        if point != self.point or whose() != "courier.Courier._round":
            return
        if self.bot.program.parts.courier.in_flight:
            self.point = None
            # To this thread, which therefore does not leave here first. Only a signal thaws it.
            signal.pthread_kill(threading.get_ident(), signal.SIGSTOP)


def stage(bot: RunningBot, order: dict[str, Any]) -> str:
    """Run one stage of an incident; return its reference."""
    incident = PlayedIncident(bot, order["account"], order["reference"])
    list(incident.stages())[order["stage"]]()
    return incident.reference


def open_many(bot: RunningBot, order: dict[str, Any]) -> str:
    """Open Tier 3 tickets of no account yet: a bridge each, and steps to come."""
    reference = ""
    for number in range(order["count"]):
        summary = f"Report {number} of {order['name']} is late"
        wanted = replace(opening(), summary=summary, account_key=None, another_problem=True)
        seen = bot.does("csm-one", wanted, delivery=summary)
        reference = seen.ticket.reference
    return reference


def hear(bot: RunningBot, order: dict[str, Any]) -> str:
    """Hear an event as Slack tells it; return whether it was taken."""
    return "taken" if is_taken(bot, order["event"]) else "again"


def ask(bot: RunningBot, order: dict[str, Any]) -> str:
    """Have one of us press a button; return the record, or the code of the refusal."""
    commands: dict[str, Command] = {
        "open": AnswerNudge(order["of"], opens=True),
        "take": Acknowledge(order["of"]),
    }
    actor = bot.actor(order["who"])
    try:
        with bot.program.parts.desk.gesture() as desk:
            desk.submit_to_record(
                commands[order["press"]], actor, delivery=f"{order['press']}/{order['who']}"
            )
    except Refusal as refused:
        return refused.code
    return str(order["of"])


def main() -> None:
    """Run until standard input ends."""
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    slack = SlackAddresses(**json.loads(sys.argv[1]))
    freezer = Freezer()
    with RunningBot(slack, sys.argv[2], pace=PATIENT, at_commit=freezer) as bot:
        freezer.bot = bot
        bot.wait_until_known()
        print("ready", flush=True)  # noqa: T201
        for line in sys.stdin:
            order = json.loads(line)
            if order["do"] == "freeze":
                freezer.point = order["point"]
                continue
            does = {"stage": stage, "many": open_many, "hear": hear, "ask": ask}[order["do"]]
            print(json.dumps({"reference": does(bot, order)}), flush=True)  # noqa: T201


def replica(slack: SlackAddresses, url: str, log: Path) -> Replica:
    """Run one in a process of its own."""
    arguments = (json.dumps(asdict(slack)), url)
    return Replica(Fork("tests.replicas.replica", arguments, log=log, piped=True), log)


if __name__ == "__main__":
    main()
