"""Many tickets that speak to one person in the same instant speak once; the rest waits. D8."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import func, select

from bot.engine.digests import told_now
from protocols.kernel.roads import dm
from protocols.people.people import Staff, Who
from store.db import Database
from store.outbox_rows import NewRow
from store.tables import posted
from tests.kit.rules_incident import Incident

AT_ONCE = 6
WHO = Staff(Who("csm-one", "CSM One"))


def speaks(database: Database, name: str) -> int:
    """Tell the person something in a transaction of its own; return how much went out."""
    incident = Incident.open(impacts=frozenset(), signal=None)
    effect = dm(incident.ticket, f"heard/{name}", WHO, "account_wrote", unasked=True)
    row = NewRow(
        key=effect.key,
        team_id="T1",
        gateway="slack",
        method=effect.method,
        stream=effect.stream,
        payload={"text": "BW-1001: Acme wrote."},
        created_at=incident.ctx.now,
        reference="BW-1001",
    )
    with database.write() as conn:
        return len(told_now(conn, [row], [effect], incident.ticket, incident.ctx))


def waiting(database: Database) -> int:
    with database.read() as conn:
        return conn.execute(select(func.count()).select_from(posted)).scalar_one()


def test_of_many_that_speak_in_the_same_instant_one_does_and_the_others_wait(
    database: Database,
) -> None:
    together = Barrier(AT_ONCE)

    def speak(name: str) -> int:
        together.wait(30)
        return speaks(database, name)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        told = sum(pool.map(speak, map(str, range(AT_ONCE))))
    assert told == 1
    assert waiting(database) == 2 * (AT_ONCE - 1)
