"""A kept database of an earlier day: unpacked, opened, and described so that two can be compared.

A past is an archive with the database, the local Slack as it stood, presses of every button that
stood there, and as text what was so: certificates, due points, outbox rows. Its own folder under
`tests/contract/data` says how it was made.
"""

from __future__ import annotations

import itertools
import json
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg

from bot.engine import ledger
from bot.engine.facts import Facts
from bot.wiring import make_facts
from drill.ids import Ids
from drill.local import LocalSlack
from drill.world import Channel
from protocols.people.people import Actor
from store.db import Connection, Database
from store.read import deliveries, tickets, upcoming
from store.read.verification import verify
from store.ticket_rows import TicketRow
from templates.kit import render
from templates.kit.links import Links
from templates.ticket.certificate import certificate_facts
from tests.kit.bot import environment, settings_of
from tests.kit.slack_process import SlackAddresses

Wire = dict[str, Any]
EVERY = 10_000
NOWHERE = SlackAddresses("http://127.0.0.1:9/api/", "http://127.0.0.1:9", "smtp://127.0.0.1:9", "")
IDS_BEYOND = 1_000_000
"""Where a restored Slack goes on to number, well beyond what the kept one had numbered."""


class Past:
    """An unpacked past.

    Args:
        archive: The archive.
        folder: Where it is unpacked.
    """

    def __init__(self, archive: Path, folder: Path) -> None:
        with tarfile.open(archive, "r:xz") as packed:
            for entry in packed:
                content = packed.extractfile(entry)
                if content is not None:
                    (folder / entry.name).parent.mkdir(exist_ok=True)
                    (folder / entry.name).write_bytes(content.read())
        self._folder = folder
        about = json.loads(self.text("about.json"))
        self.ended_at = datetime.fromisoformat(about["ended_at"])
        self.revision = str(about["revision"])

    def text(self, name: str) -> str:
        """Return one of its texts."""
        return (self._folder / name).read_text(encoding="utf-8")

    @property
    def certificates(self) -> Mapping[str, str]:
        """Return the certificate of each ticket as it read then."""
        found = sorted((self._folder / "certificates").glob("*.json"))
        return {path.stem: path.read_text(encoding="utf-8") for path in found}

    @property
    def steps(self) -> list[list[str]]:
        """Each due point then: reference, key, state, kind, due."""
        return [line.split(" ") for line in self.text("steps.txt").splitlines()]

    @property
    def outbox(self) -> list[list[str]]:
        """Each outbox row then: key, state, gateway, method, surface."""
        return [line.split(" ") for line in self.text("outbox.txt").splitlines()]

    @property
    def presses(self) -> list[Wire]:
        """Return what Slack sends when one of the buttons that stood there is pressed."""
        found: list[Wire] = json.loads(self.text("presses.json"))
        return found

    def put(self, url: str) -> None:
        """Put its database where the URL says; there is none yet, or an empty one."""
        if url.startswith("sqlite:///"):
            kept = (self._folder / "bridgewatch.db").read_bytes()
            Path(url.removeprefix("sqlite:///")).write_bytes(kept)
            return
        plain = url.replace("postgresql+psycopg://", "postgresql://", 1)
        with psycopg.connect(plain, autocommit=True) as connection:
            connection.execute(self.text("bridgewatch.sql").encode())

    def put_slack(self, slack: LocalSlack) -> None:
        """Let a local Slack stand as it stood then."""
        kept = [Channel(**wire) for wire in json.loads(self.text("slack.json"))]

        def stand() -> None:
            world = slack.core.world
            world.ids = Ids()
            for _ in itertools.repeat(None, IDS_BEYOND):
                world.ids.number()
            world.channels = {channel.id: channel for channel in kept}

        slack.ask(stand)


def slack_text(slack: LocalSlack) -> str:
    """Return a local Slack's channels with all that was said, as text."""
    channels = slack.ask(lambda: [asdict(each) for each in slack.core.world.channels.values()])
    return json.dumps(channels, ensure_ascii=False)


@contextmanager
def opened(url: str) -> Iterator[Database]:
    """Open a database as it is, without bringing it up to date."""
    database = Database(url)
    try:
        yield database
    finally:
        database.dispose()


def verified(conn: Connection) -> str:
    """Return what ``bridgewatch verify`` finds: the chains, and that each makes its row."""
    report = verify(conn)
    differing = [
        row.reference for row in _every(conn) if ledger.refolded(conn, row) != ledger.reread(row)
    ]
    if not report.sound or differing:
        return f"{report.flaws}; rows that differ: {differing}"
    return f"{report.chains} chains with {report.entries} entries are intact."


def certificates(conn: Connection, now: datetime) -> dict[str, str]:
    """Return every ticket's certificate as it reads at an instant, each as one text."""
    facts = make_facts(settings_of(environment(NOWHERE, "sqlite:///nowhere.db")))
    return {row.reference: _certificate(conn, facts, row, now) for row in _every(conn)}


def _certificate(conn: Connection, facts: Facts, row: TicketRow, now: datetime) -> str:
    ticket = ledger.ticket_of(row)
    policy = facts.policy_of(conn, ticket.policy_version)
    ctx = facts.context(now, Actor(ticket.opened_by), policy, account_key=row.account_key)
    history = ledger.history(conn, row.reference)
    intact = verify(conn, row.reference).sound
    made = certificate_facts(ticket, history, ctx, Links(), intact=intact)
    message = render.message("certificate", made)
    wire = {"text": message.text, "blocks": message.blocks}
    return json.dumps(wire, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def step_lines(conn: Connection) -> list[str]:
    """Return every due point, a line each."""
    return [
        f"{step.reference} {step.key} {step.state} {step.kind} {step.due_at.isoformat()}"
        for row in _every(conn)
        for step in upcoming.of_ticket(conn, row.reference)
    ]


def outbox_lines(conn: Connection) -> list[str]:
    """Return every outbox row of every ticket, a line each."""
    return [
        f"{sent.key} {sent.state} {sent.gateway} {sent.method} {sent.surface}"
        for row in _every(conn)
        for sent in deliveries.of_ticket(conn, row.reference)
    ]


def _every(conn: Connection) -> list[TicketRow]:
    return sorted(tickets.recent(conn, limit=EVERY), key=lambda row: row.number)
