"""An edit of an earlier release is not said again, though its ending has another key today."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from sqlalchemy import update

from bot.clock import BusinessClock, MachineClock
from bot.engine.engine import Engine
from bot.engine.facts import Acquaintance, Facts
from bot.engine.outgoing import Roads
from protocols.closure.events import AnswerSolved, RateResolution, Reopen, Resolve
from protocols.kernel.command import Command
from protocols.people.people import Actor
from store.db import Database
from store.read import deliveries
from store.tables import outbox
from templates.kit.links import Links
from tests.kit.rules_incident import SHARED, actor, customer, opening, people, policy


@dataclass
class Closed:
    """A ticket that its account said is solved; the message of its opener says so."""

    database: Database
    engine: Engine
    reference: str = ""

    def does(self, who: Actor, command: Command) -> None:
        self.reference = self.engine.submit(command, who).ticket.reference

    def edits(self) -> list[str]:
        """Return the keys of the edits of what its opener was told."""
        with self.database.read() as conn:
            rows = deliveries.of_ticket(conn, self.reference)
        return [row.key for row in rows if row.slot == f"{self.reference}/opened/edit"]

    def blocks(self, key: str) -> list[dict[str, object]]:
        """Return what a message shows."""
        with self.database.read() as conn:
            found = deliveries.by_key(conn, key)
        assert found is not None
        return list(found.payload["blocks"])

    def words(self, key: str) -> list[dict[str, object]]:
        """Return what a message shows but for its buttons."""
        return [each for each in self.blocks(key) if each["type"] != "actions"]

    def arrives(self, key: str) -> None:
        """Have a message stand where it was sent to."""
        with self.database.write() as conn:
            conn.execute(update(outbox).where(outbox.c.key == key).values(state="done"))

    def was_written_as(self, **values: object) -> None:
        """Have the edit as an earlier release wrote it."""
        [key] = self.edits()
        with self.database.write() as conn:
            conn.execute(update(outbox).where(outbox.c.key == key).values(**values))


@pytest.fixture
def closed(migrated_database_url: str) -> Iterator[Closed]:
    database, facts = Database(migrated_database_url), Facts(policy(), people())
    facts.learn(Acquaintance(channels={"acme": SHARED}))
    engine = Engine(
        database,
        facts,
        clock=BusinessClock(MachineClock(), lambda: 0.0),
        machine=MachineClock(),
        links=Links,
        roads=Roads(mail=True),
        committed=lambda: None,
        changed=lambda _ticket: None,
    )
    ticket = Closed(database, engine)
    ticket.does(actor("csm-one"), opening(reference="", impacts=frozenset(), signal=None))
    done = Resolve(ticket.reference, "The export holds all rows.", "Compare with your list.")
    ticket.does(actor("csm-one"), done)
    ticket.does(customer(), AnswerSolved(ticket.reference, solved=True))
    yield ticket
    database.dispose()


def test_words_that_stand_there_are_not_edited_to_the_same(closed: Closed) -> None:
    closed.was_written_as(key=f"{closed.reference}/became/opened/of-before")
    closed.does(customer(), RateResolution(closed.reference, 4))
    assert closed.edits() == [f"{closed.reference}/became/opened/of-before"]


def test_words_that_are_others_now_are_said(closed: Closed) -> None:
    key = f"{closed.reference}/became/opened/of-before"
    closed.was_written_as(key=key, state="done", payload={"text": "another", "blocks": []})
    closed.does(customer(), RateResolution(closed.reference, 4))
    assert len(closed.edits()) == 2


def test_a_receipt_stays_as_it_was_sent_but_for_its_buttons(closed: Closed) -> None:
    ack = f"{closed.reference}/ack"
    closed.arrives(ack)
    assert closed.blocks(f"{closed.reference}/became/ack") == closed.words(ack)
    closed.does(actor("csm-one"), Reopen(closed.reference, "Two rows are missing."))
    [*words, buttons] = closed.blocks(f"{closed.reference}/became/ack/open-1")
    assert words == closed.words(ack)
    assert "account.blocked" in str(buttons)
