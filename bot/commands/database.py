"""`bridgewatch migrate`, `verify` and `export`: the database's shape, its proof, its evidence."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path

from bot.commands import Commands
from bot.engine import kinds, ledger
from bot.engine.kinds import Row
from bot.settings import Settings
from bot.wiring import make_database, open_database
from protocols.kernel.refusals import BeingUpdated
from store.db import Connection
from store.read import chains, others, tickets
from store.read.verification import verify as verify_chains

EVERY = 10_000_000


def add_to(commands: Commands) -> None:
    """Add the commands."""
    migrate_parser = commands.add_parser("migrate", help="bring the database up to date")
    migrate_parser.set_defaults(command=migrate)
    verify_parser = commands.add_parser("verify", help="check every chain of the journal")
    verify_parser.add_argument("reference", nargs="?", help="one ticket, such as BW-1001")
    verify_parser.set_defaults(command=verify)
    export_parser = commands.add_parser("export", help="write a ticket's record as JSON")
    export_parser.add_argument("reference")
    export_parser.add_argument("--out", type=Path, help="a file; standard output by default")
    export_parser.set_defaults(command=export)


def migrate(settings: Settings, chosen: argparse.Namespace) -> int:
    """Bring the database up to date."""
    del chosen
    make_database(settings).dispose()
    print("The database is up to date.")
    return 0


def verify(settings: Settings, chosen: argparse.Namespace) -> int:
    """Check the chains, and that each ticket's journal makes its row; 1 when something is off.

    A journal of which something was erased proves by its hashes alone.
    """
    database = open_database(settings)
    reference: str | None = chosen.reference
    with database.read() as conn:
        report = verify_chains(conn, reference)
        rows: list[Row] = (
            [row]
            if reference and (row := kinds.found(conn, reference))
            else [*tickets.recent(conn, limit=EVERY), *others.every(conn)]
        )
        whole = [row for row in rows if ledger.is_whole(conn, row.reference)]
        differing, newer = _compared(conn, whole)
    database.dispose()
    if not report.sound:
        print(
            f"The record of {report.chain} does not check out from entry {report.seq} on: "
            f"{report.reason} Nothing has been changed by this check. Tell Compliance; do not "
            "edit the database."
        )
        return 1
    if differing:
        print(f"The journal makes another row than the one kept for: {', '.join(differing)}.")
        return 1
    print(f"{report.chains} chains with {report.entries} entries are intact.")
    if erased := sorted({row.reference for row in rows} - {row.reference for row in whole}):
        print(f"Checked by hashes alone, because something was erased: {', '.join(erased)}.")
    if newer:
        print(f"Written by a newer Bridgewatch, so only their chains were checked: {newer}.")
    return 0


def _compared(conn: Connection, rows: Iterable[Row]) -> tuple[list[str], str]:
    """Return whose journal makes another row, and who cannot be read by this program."""
    differing: list[str] = []
    newer: list[str] = []
    for row in rows:
        try:
            if ledger.refolded(conn, row) != ledger.reread(row):
                differing.append(row.reference)
        except BeingUpdated:
            newer.append(row.reference)
    return differing, ", ".join(newer)


def export(settings: Settings, chosen: argparse.Namespace) -> int:
    """Write a ticket's journal, with everything needed to check its chain elsewhere."""
    database = open_database(settings)
    with database.read() as conn:
        entries = chains.load(conn, chosen.reference)
        report = verify_chains(conn, chosen.reference)
    database.dispose()
    if not entries:
        print(f"No record {chosen.reference}.", file=sys.stderr)
        return 2
    body = {
        "reference": chosen.reference,
        "chain_intact": report.sound,
        "entries": [
            {
                "seq": entry.seq,
                "kind": entry.kind,
                "at": entry.at.isoformat(),
                "actor": entry.actor,
                "drill": entry.drill,
                "payload": entry.payload,
                "payload_digest": entry.payload_digest,
                "previous_hash": entry.previous_hash,
                "hash": entry.hash,
            }
            for entry in entries
        ],
    }
    text = json.dumps(body, ensure_ascii=False, indent=2)
    if chosen.out is None:
        print(text)
    else:
        chosen.out.write_text(text + "\n", encoding="utf-8")
        print(f"{len(entries)} entries of {chosen.reference} are in {chosen.out}.")
    return 0
