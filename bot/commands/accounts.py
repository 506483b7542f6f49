"""`bridgewatch accounts`: accounts, contacts and people from a file, and written as one again.

Source: design, Accounts.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from bot.clock import MachineClock
from bot.commands import Commands
from bot.databases import open_database
from bot.engine.directories import Plan, apply, planned
from bot.files.account_table import load_table, table_of
from bot.files.directory import DirectoryFile, DirectoryFileRefused, load_file, need_calendars
from bot.files.policy import load_policy
from bot.files.written import written
from bot.settings import Settings
from protocols.kernel.refusals import BeingUpdated
from protocols.people.directory import Account, Person, Team
from protocols.people.taking_in import Changes, difference
from store.db import Connection, Database
from store.read import directory as reading
from store.write import directory as writing
from store.write import meta

MOST_SHOWN = 50
TABLE = ".csv"
T = TypeVar("T", bound=Account | Person | Team)


def add_to(commands: Commands) -> None:
    """Add the commands."""
    parser = commands.add_parser("accounts", help="accounts and people from a file, or as one")
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    taken = actions.add_parser("import", help="show what a file would change; --apply to do it")
    taken.add_argument("file", type=Path, help="a directory file, or a table of accounts in CSV")
    taken.add_argument("--apply", action="store_true", help="do it, all or nothing")
    taken.set_defaults(command=take_in)
    given = actions.add_parser("export", help="write who is who as a directory file, or as CSV")
    given.add_argument("--csv", action="store_true", help="the accounts alone, as a table")
    given.add_argument("--out", type=Path, help="a file; standard output by default")
    given.set_defaults(command=give_out)


def take_in(settings: Settings, chosen: argparse.Namespace) -> int:
    """Say what a file changes, and with --apply have it changed in one transaction."""
    database = open_database(settings)
    try:
        made = _applied if chosen.apply else _read
        plan = made(settings, database, chosen.file)
    finally:
        database.dispose()
    for line in said(plan):
        print(line)
    if plan.is_known:
        print(f"{plan.file.name} is in force as it is.")
    elif chosen.apply:
        print(f"{plan.file.name} is in force. A running Bridgewatch knows within a second.")
    else:
        print("Nothing was changed. Run it again with --apply to have it so.")
    return 0


def _read(settings: Settings, database: Database, path: Path) -> Plan:
    with database.read() as conn:
        return planned(conn, _file(settings, conn, path))


def _applied(settings: Settings, database: Database, path: Path) -> Plan:
    with database.write() as conn:
        writing.hold(conn)
        plan = planned(conn, _file(settings, conn, path))
        if plan.is_known:
            return plan
        team_id = (meta.get(conn, meta.IDENTITY) or {}).get("team_id", "")
        now, drill = MachineClock().now(), settings.desk.drill
        try:
            apply(conn, plan, now, by="bridgewatch", team_id=team_id, drill=drill)
        except BeingUpdated as newer:
            raise DirectoryFileRefused(
                "A newer Bridgewatch is at work on this database: import with that one."
            ) from newer
    return plan


def _file(settings: Settings, conn: Connection, path: Path) -> DirectoryFile:
    staff = {key for key, each in reading.whole(conn).people.items() if each.active}
    file = load_table(path, staff) if path.suffix.lower() == TABLE else load_file(path, staff)
    return need_calendars(file, load_policy(settings.desk.policy))


def said(plan: Plan) -> Iterator[str]:
    """Yield what a file changes, a line each, and how much more there is of it."""
    taken = plan.taken
    lines = [*_said("account", taken.accounts), *_said("person", taken.people)]
    lines += _said("team", taken.teams)
    yield from lines[:MOST_SHOWN]
    if len(lines) > MOST_SHOWN:
        yield f"... and {len(lines) - MOST_SHOWN} more."
    counted = (("accounts", taken.accounts), ("people", taken.people), ("teams", taken.teams))
    yield "; ".join(
        f"{name}: {len(each.added)} new, {len(each.changed)} changed, {len(each.ended)} inactive"
        for name, each in counted
    )  # fmt: skip


def _said(what: str, changes: Changes[T]) -> Iterator[str]:
    yield from (f"+ {what} {each.value.key}: {each.value.name}" for each in changes.added)
    for before, after in changes.changed:
        names = list(difference(before.value, after.value))
        if before.source != after.source:
            names.append(f"named by {after.source}")
        yield f"~ {what} {after.value.key}: {', '.join(names) or 'its place in the order'}"
    yield from (f"- {what} {each.value.key}: {each.value.name}" for each in changes.ended)


def give_out(settings: Settings, chosen: argparse.Namespace) -> int:
    """Write everybody and every account, so that an import of it changes nothing."""
    database = open_database(settings)
    with database.read() as conn:
        directory = reading.whole(conn).directory
    database.dispose()
    text = table_of(directory.accounts) if chosen.csv else written(directory)
    if chosen.out is None:
        print(text, end="")
        return 0
    chosen.out.write_text(text, encoding="utf-8")
    people = "" if chosen.csv else f"{len(directory.people)} people and "
    print(f"{people}{len(directory.accounts)} accounts are in {chosen.out}.")
    return 0
