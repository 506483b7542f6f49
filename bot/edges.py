"""Where the program touches the machine it runs on: clock, wires, threads, files.

A real start takes them as they are. A history (tests/histories) gives its own: a clock that it
steps, wires that end in this process, and threads that have ended when they were begun.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.clock import MachineClock
from bot.desk.common import MEETING_S
from bot.engine.facts import Facts
from bot.gateways.outcomes import Sending
from bot.gateways.slack import SlackGateway
from bot.settings import Settings
from bot.threads import Threads, real_threads


def real_slack(settings: Settings, connections: int) -> SlackGateway:
    """Return a way to Slack with so many connections of its own."""
    token = settings.slack.bot_token.get_secret_value() if settings.slack.bot_token else ""
    return SlackGateway(token, api_url=settings.slack.api_url, connections=connections)


@dataclass(frozen=True, slots=True)
class Edges:
    """What the program has of its machine.

    Attributes:
        machine: Machine time.
        slack: Makes a way to Slack with so many connections.
        threads: Makes threads.
        patience: Waits so many seconds for Slack, and says whether it is not to be asked again;
            a real wait when left out.
        meeting_s: How long a gesture waits to know who makes it.
        sending: Stand-ins for the roads out beside Slack, by the gateway's name.
        facts: Reads policy and directory; the files that the settings name when left out.
    """

    machine: MachineClock = field(default_factory=MachineClock)
    slack: Callable[[Settings, int], SlackGateway] = real_slack
    threads: Threads = real_threads
    patience: Callable[[float], bool] | None = None
    meeting_s: float = MEETING_S
    sending: Mapping[str, Sending] = field(default_factory=dict)
    facts: Callable[[Settings], Facts] | None = None
