"""`bridgewatch records`: what other systems know of accounts, from a table in CSV. Source: S67."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from bot.clock import MachineClock
from bot.commands import Commands
from bot.databases import open_database
from bot.engine.record_taking import RecordsWrong, planned, take_in
from bot.files.lines import Lined
from bot.files.record_entries import RecordBatch
from bot.files.record_table import RecordsRefused, load_records, refused_in
from bot.settings import Settings
from protocols.kernel.refusals import BeingUpdated
from protocols.program_records.taking import RecordsTaken
from store.db import Database

MOST_SHOWN = 50


def add_to(commands: Commands) -> None:
    """Add the commands."""
    parser = commands.add_parser("records", help="deals, statements, claims of accounts, from CSV")
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    given = actions.add_parser("import", help="show what a table would change; --apply to do it")
    given.add_argument("file", type=Path, help="a table of records in CSV")
    given.add_argument("--apply", action="store_true", help="do it, all or nothing")
    given.set_defaults(command=take)


def take(settings: Settings, chosen: argparse.Namespace) -> int:
    """Say what a table changes, and with --apply have it changed in one transaction."""
    batch, lined = load_records(chosen.file, MachineClock().now())
    database = open_database(settings)
    try:
        found = (_applied if chosen.apply else _read)(settings, database, batch)
    except RecordsWrong as refused:
        raise refused_in(lined, refused.wrong) from refused
    finally:
        database.dispose()
    for line in lines(found, batch, lined):
        print(line)
    if not found.written:
        print(f"Everything in {batch.source} is known as it is.")
    elif chosen.apply:
        print(f"{batch.source} is in force.")
    else:
        print("Nothing was changed. Run it again with --apply to have it so.")
    return 0


def _read(_settings: Settings, database: Database, batch: RecordBatch) -> RecordsTaken:
    with database.read() as conn:
        return planned(conn, batch)


def _applied(settings: Settings, database: Database, batch: RecordBatch) -> RecordsTaken:
    with database.write() as conn:
        try:
            now, drill = MachineClock().now(), settings.desk.drill
            return take_in(conn, batch, now, by="bridgewatch", drill=drill)
        except BeingUpdated as newer:
            raise RecordsRefused(
                "A newer Bridgewatch is at work on this database: import with that one."
            ) from newer


def lines(found: RecordsTaken, batch: RecordBatch, lined: Lined) -> Iterator[str]:
    """Yield what a table changes, a line each, and how much there is of it."""
    paths = {id(record): path for path, record in batch.records.items()}
    marks = {"+": found.new, "~": found.changed}
    each = [(mark, record) for mark, records in marks.items() for record in records]
    for mark, record in each[:MOST_SHOWN]:
        line = lined.line_of(paths[id(record)])
        yield f"{mark} line {line}: {record.account_key} {record.kind} {record.number}"
    if len(each) > MOST_SHOWN:
        yield f"... and {len(each) - MOST_SHOWN} more."
    yield (
        f"records: {len(found.new)} new, {len(found.changed)} changed, {found.same} as known, "
        f"{found.older} older than what is known"
    )
