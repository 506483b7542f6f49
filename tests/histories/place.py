"""The local Slack of a history: no server, no thread; what it would send waits until it is let."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Coroutine
from datetime import datetime
from pathlib import Path
from typing import Any

from drill.core import Settings, Slack
from drill.events import Events
from drill.forms import Forms
from drill.inbound import FAILED, Ack, Inbound
from drill.interact import Acting
from drill.signing import headers
from drill.sockets import SocketHub
from drill.talking import Talking
from tests.histories.stepping import SlackTime, StepClock
from tests.histories.wires import finished

ROOT = Path(__file__).parents[2]
WORLD = Path(__file__).parent / "world"
URL = "http://127.0.0.1:9"
HTTP_OK, HTTP_WRONG = 200, 300

Answering = Callable[[bytes, dict[str, str]], tuple[int, bytes] | None]
"""What takes a request of Slack's; None when it died over it."""


class StillSlack(Slack):
    """A Slack whose errands wait."""

    def __init__(self, clock: StepClock) -> None:
        self.errands: deque[Coroutine[Any, Any, None]] = deque()
        super().__init__(Settings(ROOT / "app.yaml", world=WORLD / "workspace.yaml"))
        self.base_url = URL
        self.clock = self.world.clock = SlackTime(clock)

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Keep an errand."""
        self.errands.append(work)


class Doorbell(Inbound):
    """Sends Slack's requests to the program in this process."""

    answering: Answering

    async def post(
        self, body: bytes, content_type: str, more: dict[str, str] | None = None, forgery: str = ""
    ) -> Ack:
        """Have one signed request answered; who died over it is asked once more when back."""
        slack = self.slack
        sent = {
            "content-type": content_type,
            **headers(slack.settings.signing_secret, slack.clock.real(), body, forgery),
            **(more or {}),
        }
        is_event = content_type == "application/json"
        answer = self.answering(body, sent)
        if answer is None and is_event:
            answer = self.answering(body, sent | {"x-slack-retry-num": "1"})
        if answer is None:
            return Ack(0, b"", 1.0, FAILED, no_retry=True)
        status, told = answer
        return Ack(status, told, 1.0, "" if HTTP_OK <= status < HTTP_WRONG else FAILED, is_event)


class Place:
    """The workspace, with everything that people can do in it."""

    def __init__(self, clock: StepClock) -> None:
        self.slack = StillSlack(clock)
        self.doorbell = Doorbell(self.slack, SocketHub(self.slack))
        self.events = Events(self.slack, self.doorbell)
        self.acting = Acting(self.slack, self.doorbell)
        self.forms = Forms(self.slack, self.doorbell)
        self.talking = Talking(self.slack, self.acting)
        channels = self.slack.world.channels.values()
        self.shared_from_start = {c.id: clock.reads() for c in channels if c.is_ext_shared}
        self.shared_since: dict[str, datetime] = {}
        self.shared_until: dict[str, datetime] = {}

    def does(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Have a gesture made, to its end."""
        return finished(work)

    def runs_errands(self) -> None:
        """Deliver the events that wait."""
        while self.slack.errands:
            finished(self.slack.errands.popleft())

    def forgets(self) -> None:
        """Let go of the events that nobody delivers any more."""
        for errand in self.slack.errands:
            errand.close()
        self.slack.errands.clear()
