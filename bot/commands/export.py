"""`bridgewatch export`: a record in one file, to be checked where no Bridgewatch is."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bot.clock import MachineClock
from bot.commands import Commands
from bot.commands.verify import sentence_of
from bot.databases import open_database
from bot.evidence.exporting import files_of, written
from bot.evidence.placing import make_anchors
from bot.settings import Settings
from store.errors import PolicyUnknown
from store.read.raw_rows import UNREADABLE
from store.read.verification import verify

REFUSED = 2
WRONG = 1


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("export", help="write a record into one file, to be checked")
    parser.add_argument("reference", help="a record, such as BW-1001")
    parser.add_argument(
        "--to", type=Path, default=Path(), metavar="DIR", help="the working folder by default"
    )
    parser.set_defaults(command=export)


def export(settings: Settings, chosen: argparse.Namespace) -> int:
    """Write a record's evidence; 1 when it does not check out, 2 when nothing was written."""
    reference: str = chosen.reference
    kept = make_anchors(settings)
    anchors = () if kept is None else kept.read()[0]
    database = open_database(settings)
    try:
        with database.read() as conn:
            files = files_of(conn, reference, anchors, MachineClock().now())
            report = verify(conn, reference)
    except (PolicyUnknown, *UNREADABLE):
        why = f"`bridgewatch verify {reference}` says what"
        print(f"Something of {reference} cannot be read: {why}.", file=sys.stderr)
        return REFUSED
    finally:
        database.dispose()
    if files is None:
        print(f"There is no record {reference} here.", file=sys.stderr)
        return REFUSED
    try:
        path = written(files, reference, chosen.to)
    except OSError as error:
        print(f"{chosen.to} takes no file: {error.strerror}.", file=sys.stderr)
        return REFUSED
    print(f"The record of {reference} is in {path}. Unpacked, `python check.py` checks it.")
    for each in report.flaws:
        print(sentence_of(each))
    return WRONG if report.flaws else 0
