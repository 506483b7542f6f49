"""A Bolt app that acknowledges every form and does nothing else, on the bot's own server stack."""

from __future__ import annotations

import os
import re
import sys

from prometheus_client import CollectorRegistry
from slack_bolt import Ack, App
from slack_bolt.authorization import AuthorizeResult

from bot.clock import MachineClock
from bot.ending import Ending
from bot.web.front import Readiness, application
from bot.web.guard import Guard, ReplayMemory
from bot.web.server import WebServer
from bot.web.slack_door import SlackDoor


def main() -> int:
    """Serve on the port given, in the acknowledgment mode given, until SIGTERM."""
    port, mode = int(sys.argv[1]), sys.argv[2]
    app = App(
        name="bare",
        signing_secret="",
        authorize=lambda: AuthorizeResult(enterprise_id=None, team_id="T0"),
        process_before_response=mode == "before",
        token_verification_enabled=False,
        request_verification_enabled=False,
    )
    app.view(re.compile(".*"))(_acknowledge)
    metrics = CollectorRegistry()
    door = SlackDoor(
        app=app,
        guard=Guard(os.environ["SLACK_SIGNING_SECRET"]),
        replays=ReplayMemory(),
        machine=MachineClock(),
        metrics=metrics,
    )
    front = application(
        metrics=metrics, readiness=lambda: Readiness(ready=True, parts={}), slack=door
    )
    ending = Ending()
    ending.listen()
    server = WebServer(front, "127.0.0.1", port)
    server.start()
    ending.wait()
    server.stop()
    ending.over(0)
    return 0


def _acknowledge(ack: Ack) -> None:
    ack()


if __name__ == "__main__":
    sys.exit(main())
