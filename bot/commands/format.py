"""`bridgewatch format`: in which format records are kept, and raising it after a rolling deploy.

Source: design, Versions.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from bot.clock import MachineClock
from bot.commands import Commands
from bot.databases import open_database
from bot.settings import Settings
from store import newer
from store.db import Connection
from store.lease_clock import LeaseClock
from store.write import presence
from store.write.presence import Present

REFUSED = 1
UNSEEN = "Releases older than this command are not seen here."


def add_to(commands: Commands) -> None:
    """Add the commands."""
    parser = commands.add_parser("format", help="the format of records; `format raise` raises it")
    parser.set_defaults(command=show)
    actions = parser.add_subparsers(metavar="ACTION")
    raised = actions.add_parser("raise", help="raise it when no older process is seen")
    raised.set_defaults(command=raise_it)


def show(settings: Settings, chosen: argparse.Namespace) -> int:
    """Say which format is written, which this program knows, and who is at work."""
    del chosen
    database = open_database(settings)
    # The clock of an embedded database is anchored by whoever first asks it after a boot.
    with database.write() as conn:
        written, found = newer.written(conn), _present(conn)
    database.dispose()
    print(f"Records are in format {written}. This program knows format {newer.FORMAT}.")
    print(at_work(found))
    return 0


def raise_it(settings: Settings, chosen: argparse.Namespace) -> int:
    """Raise the format to the newest that this program knows; 1 when it is not raised."""
    del chosen
    database = open_database(settings)
    with database.write() as conn:
        written = newer.written(conn)
        why = refusal(written, newer.FORMAT, _present(conn))
        if not why:
            newer.put_format(conn, newer.FORMAT)
    database.dispose()
    if why:
        print(f"Nothing was raised. {why}", file=sys.stderr)
        return REFUSED
    print(
        f"Records are in format {newer.FORMAT} from now on, no longer in format {written}."
        " An older Bridgewatch that is started now answers that it is being updated."
    )
    return 0


def refusal(written: int, wanted: int, found: Sequence[Present]) -> str:
    """Return why the format is not raised; empty when nothing stands against it."""
    if written >= wanted:
        return f"Records are in format {written} already; this program knows format {wanted}."
    older = sorted(each.knows for each in found if each.knows < wanted)
    if not older:
        return ""
    return (
        f"{_processes(len(older))} at work that knows only format {older[0]}."
        if len(older) == 1
        else f"{_processes(len(older))} at work that know only format {older[-1]} or older."
    ) + " End what is older, wait a minute, and try again."


def at_work(found: Sequence[Present]) -> str:
    """Say which processes are at work."""
    if not found:
        return f"No process was seen at work in the last minute. {UNSEEN}"
    knows = ", ".join(str(number) for number in sorted({each.knows for each in found}))
    return f"{_processes(len(found))} at work; known: format {knows}. {UNSEEN}"


def _processes(count: int) -> str:
    return "One process is" if count == 1 else f"{count} processes are"


def _present(conn: Connection) -> list[Present]:
    return presence.present(conn, LeaseClock(MachineClock()).now(conn))
