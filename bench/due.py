"""How soon steps that fall due are decided: many at one instant, and one alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select

from bench import seeding
from bench.declares import Amounts
from bench.figures import Measured, median, percentile
from bench.processes import bot, free_port, pause
from store.db import Database
from store.tables import journal, outbox

HEAD_START_S = 6.0
LONGEST_S = 60.0
GAP_S = 0.37


def crowd(
    database: Database,
    of: seeding.Pattern,
    environments: Sequence[Mapping[str, str]],
    log: Path,
    amounts: Amounts,
    *,
    prefix: str,
) -> list[float]:
    """Let a crowd of steps fall due at one instant; return how late each was decided, in s."""
    count = amounts.crowd // of.steps_at_first
    due_at = datetime.now(UTC) + timedelta(seconds=HEAD_START_S + count / 100)
    references = seeding.crowd(database, of, prefix, [due_at] * count)
    with ExitStack() as running:
        for environment in environments:
            running.enter_context(bot(environment, log))
        assert datetime.now(UTC) < due_at, "The bot was not ready when the crowd fell due."
        _wait_for(database, prefix, count)
        return _late(database, prefix, dict.fromkeys(references, due_at))


def singles(
    database: Database,
    of: seeding.Pattern,
    environment: Mapping[str, str],
    log: Path,
    amounts: Amounts,
    found: Measured,
) -> None:
    """Let steps fall due one at a time."""
    begin = datetime.now(UTC) + timedelta(seconds=HEAD_START_S)
    due = [begin + timedelta(seconds=GAP_S * number) for number in range(amounts.singles)]
    references = seeding.crowd(database, of, "ONE", due)
    with bot(environment, log):
        _wait_for(database, "ONE", len(references))
        instants = dict(zip(references, due, strict=True))
        late = [each * 1000 for each in _late(database, "ONE", instants)]
        sent = _first_sent(database, instants)
    found.put("due_alone_p99", percentile(late, 99), len(late))
    found.note("due_alone_p50", median(late))
    if sent:
        found.note("due_alone_to_first_send_p99", percentile(sent, 99))
    found.keep("due_alone", late)


def _wait_for(database: Database, prefix: str, count: int) -> None:
    """Wait until every ticket has been decided; the look is cheap and seldom."""
    query = select(func.count(func.distinct(journal.c.chain))).where(
        journal.c.chain.startswith(f"{prefix}-"), journal.c.kind == "DuePassed"
    )
    for _ in range(int(LONGEST_S / 0.5)):
        pause(0.5)
        with database.read() as conn:
            if conn.execute(query).scalar_one() >= count:
                return
    raise AssertionError(f"Not every step of {prefix} was decided within {LONGEST_S:g} s.")


def _late(database: Database, prefix: str, due: Mapping[str, datetime]) -> list[float]:
    """Return how long after its instant each step was decided, as the journal has it."""
    query = select(journal.c.chain, journal.c.at).where(
        journal.c.chain.startswith(f"{prefix}-"), journal.c.kind == "DuePassed"
    )
    with database.read() as conn:
        rows = conn.execute(query).all()
    return [(at - due[chain]).total_seconds() for chain, at in rows]


def _first_sent(database: Database, due: Mapping[str, datetime]) -> list[float]:
    """Return how long after each instant the first of its messages was sent, in ms."""
    query = (
        select(outbox.c.reference, func.min(outbox.c.first_sent_at))
        .where(outbox.c.reference.startswith("ONE-"), outbox.c.created_at >= min(due.values()))
        .group_by(outbox.c.reference)
    )
    with database.read() as conn:
        rows = conn.execute(query).all()
    return [(at - due[reference]).total_seconds() * 1000 for reference, at in rows if at]


def other_port(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the settings of a second process on the same database."""
    return {**environment, "BRIDGEWATCH_PORT": str(free_port())}
