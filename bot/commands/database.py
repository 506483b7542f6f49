"""`bridgewatch migrate` and `export`: the database's shape, its evidence."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from bot.commands import Commands
from bot.settings import Settings
from bot.wiring import make_database
from store.read import chains
from store.read.verification import verify


def add_to(commands: Commands) -> None:
    """Add the commands."""
    migrate_parser = commands.add_parser("migrate", help="bring the database up to date")
    migrate_parser.set_defaults(command=migrate)
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


def export(settings: Settings, chosen: argparse.Namespace) -> int:
    """Write a ticket's journal, with everything needed to check its chain elsewhere."""
    database = make_database(settings)
    with database.read() as conn:
        entries = chains.load(conn, chosen.reference)
        report = verify(conn, chosen.reference)
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
