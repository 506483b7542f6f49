"""What other systems know of accounts is taken in: all of what was given, or nothing.

Given twice it changes nothing, whichever process hears it. Source: S67, S90.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.clock import Clock
from bot.engine import desk_record, renewing
from bot.engine.facts import Facts
from bot.engine.saving import saved
from bot.files.record_entries import RecordBatch
from protocols.policy.sections import EntryRefused
from protocols.program_records.events import ProgramRecord
from protocols.program_records.taking import RecordsTaken, key_of, taken
from store.db import Connection, Database
from store.journal_rows import Entry
from store.read import program_records as reading
from store.write import meta
from store.write import program_records as writing

MOST_NAMED = 1_000
"""So many records stand by name in an entry of the chain; the digest stands for all."""


class RecordsWrong(Exception):
    """Some of the records cannot be; nothing was taken in.

    Attributes:
        wrong: What is wrong with which.
    """

    def __init__(self, wrong: list[EntryRefused]) -> None:
        super().__init__("; ".join(map(str, wrong[:5])))
        self.wrong = wrong


def planned(conn: Connection, batch: RecordBatch) -> RecordsTaken:
    """Return what records come to.

    Raises:
        RecordsWrong: They are of accounts that are not there.
    """
    unknown = reading.unknown_accounts(conn, {one.account_key for one in batch.records.values()})
    wrong = [
        EntryRefused((*path, "account"), f'There is no account "{record.account_key}".')
        for path, record in batch.records.items()
        if record.account_key in unknown
    ]
    if wrong:
        raise RecordsWrong(wrong)
    given = batch.records.values()
    return taken(reading.held(conn, {key_of(each) for each in given}), given)


def take_in(
    conn: Connection, batch: RecordBatch, now: datetime, *, by: str, drill: bool
) -> RecordsTaken:
    """Take records in: the table, and the desk's chain where something is new.

    Raises:
        RecordsWrong: They are of accounts that are not there.
        BeingUpdated: A newer process wrote to the desk's chain what is not known here.
    """
    turn = writing.hold(conn)
    found = planned(conn, batch)
    if found.written:
        writing.put(conn, found.written)
        renewing.post(conn, found.changed, turn, now)
        named = {"new": _named(found.new), "changed": _named(found.changed)}
        payload: dict[str, object] = {
            "source": batch.source,
            "digest": batch.digest,
            "records": len(found.written),
            **{what: names for what, names in named.items() if names},
        }
        team_id = (meta.get(conn, meta.IDENTITY) or {}).get("team_id", "")
        entry = Entry(desk_record.RECORDS, now, by, payload)
        desk_record.append(conn, [entry], team_id=team_id, drill=drill)
    return found


def _named(records: tuple[ProgramRecord, ...]) -> list[str]:
    return [f"{each.account_key} {each.kind} {each.number}" for each in records[:MOST_NAMED]]


@dataclass(frozen=True, slots=True)
class RecordTaking:
    """Takes in what other systems send while the program runs."""

    database: Database
    facts: Facts
    clock: Clock

    def now(self) -> datetime:
        """Return business time."""
        return self.clock.now()

    def take(self, batch: RecordBatch) -> RecordsTaken:
        """Take records in.

        Raises:
            RecordsWrong: They are of accounts that are not there.
            BeingUpdated: A newer process is at work on this database.
            CommandNotSaved: The database did not take it.
        """
        return saved(
            self.database,
            desk_record.RECORDS,
            lambda conn: take_in(
                conn, batch, self.clock.now(), by="bridgewatch", drill=self.facts.drill
            ),
        )
