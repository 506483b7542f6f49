"""One bot, many incidents side by side, and a fault at a chosen call of each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.courier.claims import CourierPace
from drill.faults import Fault
from drill.local import LocalSlack
from store.read import deliveries
from tests.kit import history
from tests.kit.bot import PATIENT_S, RunningBot
from tests.kit.incident import PlayedIncident
from tests.kit.slack_process import addresses_of

MANIFEST = Path(__file__).parents[2] / "app.yaml"
KINDS = ("429", "500", "reset", "hang", "drip", "lost")
ACCOUNTS = ("acme", "elm", "fern", "grove", "hazel")
PACE = CourierPace(
    workers=32,
    deadline_s=1.2,
    settling_s=0.3,
    watch_s=0.05,
    back_off_s=0.05,
    back_off_most_s=0.3,
)
NO_KEY = frozenset(
    {
        "conversations.create",
        "conversations.setTopic",
        "conversations.invite",
        "pins.add",
        "bookmarks.list",
        "bookmarks.add",
    }
)
"""The journey's calls that carry no outbox key."""
_STAMPS = re.compile(r"\b(?:[0-9a-f]{64}|[0-9a-f]{16})\b|\d{9,}")


@dataclass(frozen=True, slots=True)
class Site:
    """One place of the journey that calls Slack.

    Attributes:
        method: The call.
        name: Whose delivery it is: the beginning of the outbox key, without the reference; empty
            where the call carries no key.
    """

    method: str
    name: str = ""

    def __str__(self) -> str:
        return f"{self.method} {self.name}".rstrip()


@contextmanager
def running(
    url: str, *, pace: CourierPace = PACE, patience_s: float = PATIENT_S
) -> Iterator[tuple[LocalSlack, RunningBot]]:
    """Run a local Slack and a bot that knows everybody."""
    with (
        LocalSlack(MANIFEST) as slack,
        RunningBot(addresses_of(slack), url, pace=pace, patience_s=patience_s) as bot,
    ):
        slack.request_url = bot.events_url
        bot.wait_until_known()
        yield slack, bot


def play_together(incidents: Sequence[PlayedIncident]) -> None:
    """Run the stages of several incidents side by side, and wait until all has been told.

    Before time moves on, too: the drill's clock waits for a slow machine only so long, and what is
    told late is told in other words.
    """
    for stages in zip(*(incident.stages() for incident in incidents), strict=True):
        for stage in stages:
            stage()
        incidents[0].bot.settle()


def plain(key: str) -> str:
    """Return an outbox key without what differs from run to run: reference and stamps."""
    return _STAMPS.sub("#", key.partition("/")[2])


def told(bot: RunningBot, incident: PlayedIncident) -> frozenset[str]:
    """Return everything that had to arrive and has, by plain key."""
    with bot.database.read() as conn:
        rows = deliveries.of_ticket(conn, incident.reference)
    return frozenset(
        plain(row.key) for row in rows if row.state == "done" and row.surface == "must_arrive"
    )


def sites_of(slack: LocalSlack) -> dict[Site, set[str]]:
    """Return each distinct call site of what has been played, with the tickets that have it.

    What is asked at the start, who is who, is no part of the journey.
    """
    found: dict[Site, set[str]] = {}
    for call in slack.calls(applied=True):
        key = history.key_of({"args": call.args})
        if key:
            site = Site(call.method, _site_name(key))
            found.setdefault(site, set()).add(key.partition("/")[0])
        elif call.method in NO_KEY:
            found.setdefault(Site(call.method), set()).add("")
    return found


def _site_name(key: str) -> str:
    parts = plain(key).split("/")
    kept = [part for part in parts if "#" not in part]
    return "/".join(kept[:2]) if kept[0] in ("role", "role-taken", "called", "late") else kept[0]


def strike(slack: LocalSlack, site: Site, kind: str, reference: str) -> Fault:
    """Let the first call of a site go wrong for one ticket, or for any where no key tells."""
    only_if = f"{reference}/{site.name}" if site.name else ""
    return slack.fault(site.method, kind, count=1, only_if=only_if)


Expected = Mapping[str, frozenset[str]]
