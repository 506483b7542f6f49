"""The web server in a process of its own, so that its memory and its files can be measured."""

from __future__ import annotations

import resource
import sys

from prometheus_client import CollectorRegistry
from slack_bolt import BoltRequest, BoltResponse

from bot import logs
from bot.clock import MachineClock
from bot.web import front as web
from bot.web.guard import Guard, ReplayMemory
from bot.web.server import WebServer
from bot.web.slack_door import SlackDoor
from tests.kit.signing import SECRET

FILES = 1_024


class Taker:
    """Answers what Bolt would answer."""

    def dispatch(self, req: BoltRequest) -> BoltResponse:
        """Answer."""
        del req
        return BoltResponse(status=200, body="done")


def main() -> None:
    """Serve until the input ends; the port is the first line of the output."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (FILES, FILES))
    logs.configure("text", "WARNING")
    metrics = CollectorRegistry()
    slack = SlackDoor(
        app=Taker(),
        guard=Guard(SECRET),
        replays=ReplayMemory(),
        machine=MachineClock(),
        metrics=metrics,
    )
    front = web.application(metrics=metrics, readiness=lambda: web.Readiness(True, {}), slack=slack)
    server = WebServer(front, "127.0.0.1", 0, metrics=metrics)
    server.start()
    sys.stdout.write(f"{server.port}\n")
    sys.stdout.flush()
    sys.stdin.read()
    server.stop()
    slack.close()


if __name__ == "__main__":
    main()
