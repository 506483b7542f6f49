"""The whole bot in this process, against a local Slack: for journeys, faults and crashes."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any, Self
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from bot.courier.claims import CourierPace
from bot.edges import Edges
from bot.settings import Settings, load
from bot.slack.missed import MissedPace
from bot.wiring import make
from handlers.kit.ports import Seen
from protocols.kernel.command import Command
from protocols.people.people import Actor
from protocols.ticket import Ticket
from store.db import CommitPoint, Database
from store.read import deliveries, upcoming
from store.write import meta
from tests.kit.signing import RECORDS_KEY
from tests.kit.slack_process import SlackAddresses
from tests.kit.waiting import until

ROOT = Path(__file__).parents[2]
DIRECTORY = ROOT / "directory.example.yaml"
BOT_TOKEN = "xoxb-drill"
SIGNING_SECRET = "drill-signing-secret"
KNOWN_LIMIT_S = 60.0
CLOCK_LIMIT_S = 180.0
SETTLE_LIMIT_S = 90.0
PATIENT_S = 20.0

QUICK = CourierPace(
    workers=32,
    deadline_s=2.0,
    settling_s=0.3,
    watch_s=0.05,
    back_off_s=0.05,
    back_off_most_s=0.4,
)
"""The courier's pace in tests: the same rules, in a fraction of the time."""
QUICK_MISSED = MissedPace(settling=timedelta())
"""In tests nothing is on its way while channels are read back."""


def environment(slack: SlackAddresses, url: str, **more: str) -> dict[str, str]:
    """Return the settings of a drill bot: a free port, the sample directory, every road out."""
    return {
        "SLACK_BOT_TOKEN": BOT_TOKEN,
        "SLACK_SIGNING_SECRET": SIGNING_SECRET,
        "SLACK_API_URL": slack.api_url,
        "DATABASE_URL": url,
        "BRIDGEWATCH_HOST": "127.0.0.1",
        "BRIDGEWATCH_PORT": "0",
        "BRIDGEWATCH_DIRECTORY": str(DIRECTORY),
        "BRIDGEWATCH_DRILL": "1",
        "SMTP_URL": slack.smtp_url,
        "BRIDGEWATCH_PAGER_URL": slack.pager_url,
        "BRIDGEWATCH_RECORDS_KEY": RECORDS_KEY,
        **more,
    }


def settings_of(environ: Mapping[str, str]) -> Settings:
    """Return settings, judged together as at a real start."""
    settings = load(environ, env_file=None)
    settings.check_to_run()
    return settings


class RunningBot:
    """A bot that runs in this process; `with RunningBot(slack, url) as bot` starts and ends it.

    Args:
        slack: Where the local Slack is.
        url: The database; any engine, migrated at start.
        pace: The courier's.
        at_commit: Called around every commit.
        patience_s: How long a person waits: longer than theirs, on a machine that is busy.
        more: Further settings.
    """

    def __init__(
        self,
        slack: SlackAddresses,
        url: str,
        *,
        pace: CourierPace = QUICK,
        at_commit: Callable[[CommitPoint], None] | None = None,
        patience_s: float = PATIENT_S,
        **more: str,
    ) -> None:
        settings = settings_of(environment(slack, url, **more))
        self.program = make(
            settings,
            pace=pace,
            missed_pace=QUICK_MISSED,
            at_commit=at_commit,
            edges=Edges(patience_s=patience_s),
        )

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start everything."""
        self.program.start()

    def stop(self) -> bool:
        """Drain and end; say whether all that had begun was recorded."""
        return self.program.stop()

    @property
    def database(self) -> Database:
        """Return the bot's database."""
        return self.program.parts.database

    @property
    def url(self) -> str:
        """Say where the bot listens."""
        return self.program.web.url

    @property
    def events_url(self) -> str:
        """Say where Slack should send its requests."""
        return f"{self.url}/slack/events"

    def now(self) -> datetime:
        """Return business time."""
        return self.program.parts.clock.now()

    def wait_until_known(self) -> None:
        """Wait until Slack has told who is who."""
        facts = self.program.parts.facts
        until(lambda: facts.known.complete, KNOWN_LIMIT_S, what="knowing who is who")

    def is_ready(self) -> bool:
        """Say whether the bot calls itself ready: a command would work now."""
        try:
            with urlopen(f"{self.url}/ready", timeout=CLOCK_LIMIT_S) as answer:
                return bool(answer.status == HTTPStatus.OK)
        except HTTPError as refused:
            refused.close()
            return False

    def metrics(self) -> str:
        """Return what the bot measures of itself."""
        with urlopen(f"{self.url}/metrics", timeout=CLOCK_LIMIT_S) as answer:
            text: str = answer.read().decode()
        return text

    def actor(self, person: str) -> Actor:
        """Return one of the directory's people as an actor.

        Raises:
            LookupError: Slack does not know them.
        """
        facts = self.program.parts.facts
        user_id = facts.slack_id(person)
        if user_id is None:
            raise LookupError(person)
        return facts.actor(facts.known.identity.team_id, user_id)

    def does(self, person: str, command: Command, *, delivery: str | None = None) -> Seen:
        """Have one of us ask for something."""
        with self.program.parts.desk.gesture() as desk:
            return desk.submit(command, self.actor(person), delivery=delivery)

    def meet(self, person: str) -> None:
        """Ask Slack about one of the directory's people, and keep what it says."""
        user_id = self.program.parts.facts.slack_id(person)
        assert user_id is not None
        self.program.parts.reader.meet(user_id)

    def ticket(self, reference: str) -> Ticket:
        """Return a ticket as it stands.

        Raises:
            LookupError: There is none.
        """
        with self.program.parts.desk.gesture() as desk:
            ticket = desk.ticket(reference)
        if ticket is None:
            raise LookupError(reference)
        return ticket

    def walk(self, wish: Mapping[str, object]) -> dict[str, Any]:
        """Move business time through ``PUT /drill/clock``."""
        body = json.dumps(dict(wish))
        request = Request(  # of http alone, unlike a client that reads the machine's certificates
            f"{self.url}/drill/clock",
            data=body.encode(),
            headers={"content-type": "application/json"},
            method="PUT",
        )
        try:
            with urlopen(request, timeout=CLOCK_LIMIT_S) as answer:
                state: dict[str, Any] = json.load(answer)
        except HTTPError as refused:
            with refused:
                told = refused.read().decode()
            raise AssertionError(f"The clock refused {body}: {told}") from refused
        return state

    def walk_to(self, at: datetime) -> None:
        """Move business time to an instant, unless it has passed."""
        if at > self.now():
            self.walk({"to": at.isoformat()})

    def put_clock(self, at: datetime) -> None:
        """Set business time for every process on the database, without waiting for anything.

        Unlike the drill's own clock this neither ticks nor waits until all has been told.
        """
        lead = (at - self.program.parts.machine.now()).total_seconds()
        with self.database.write() as conn:
            meta.put(conn, meta.CLOCK_OFFSET_S, lead)
        until(lambda: self.now() >= at, SETTLE_LIMIT_S, what="the new business time")

    def next_due_at(self) -> datetime | None:
        """Return when the next step falls due."""
        with self.database.read() as conn:
            return upcoming.coming(conn).due_at

    def walk_without_waiting(self, at: datetime) -> None:
        """Walk from due to due, deciding each, whether or not Slack takes what is told."""
        while (due_at := self.next_due_at()) is not None and due_at <= at:
            self._pass(due_at)
        self.put_clock(at)

    def _pass(self, due_at: datetime) -> None:
        self.put_clock(max(due_at, self.now()))

        def is_decided() -> bool:
            self.program.parts.ticker.tick()
            coming = self.next_due_at()
            return coming is None or coming > due_at

        until(is_decided, SETTLE_LIMIT_S, every_s=0.05, what=f"what is due at {due_at}")

    def settle(self, timeout_s: float = SETTLE_LIMIT_S) -> None:
        """Wait until nothing is due and everything that should be told has been."""
        looks = [False]

        def rests() -> bool:
            # Between two statements of one look others commit: only a second look is a proof.
            looks.append(self.is_idle())
            return all(looks[-2:])

        until(rests, timeout_s, every_s=0.01, what="the end of all deliveries")

    def is_idle(self) -> bool:
        """Say whether nothing is due, nothing waits and nothing is under way."""
        with self.database.read() as conn:
            due_at = upcoming.coming(conn).due_at
            waiting = deliveries.pending_count(conn) or upcoming.posts_waiting(conn)
        idle = not waiting and (due_at is None or due_at > self.now())
        return idle and not self.program.parts.courier.in_flight
