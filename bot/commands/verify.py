"""`bridgewatch verify`: whether the records are what was written; it names all that is not."""

from __future__ import annotations

import argparse
import sys

from bot.commands import Commands
from bot.engine import kinds
from bot.engine.proof import Proof, proof
from bot.settings import Settings
from bot.wiring import make_database
from store.journal_rows import DESK
from store.read.findings import Finding
from store.read.verification import Report
from store.read.verification import verify as verify_chains

WRONG = 1
WHAT_TO_DO = "Nothing has been changed by this check. Tell Compliance; do not edit the database."


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("verify", help="check every record against its journal")
    parser.add_argument("reference", nargs="?", help="one record, such as BW-1001")
    parser.set_defaults(command=verify)


def verify(settings: Settings, chosen: argparse.Namespace) -> int:
    """Check the chains and what must agree with them; 1 when anything is off."""
    reference: str | None = chosen.reference
    database = make_database(settings)
    with database.read() as conn:
        report = verify_chains(conn, reference)
        found = Proof() if reference == DESK else proof(conn, reference)
        is_known = reference in (None, DESK) or kinds.found(conn, reference) is not None
    database.dispose()
    findings = (*report.findings, *found.findings)
    if not findings and not is_known and not report.entries:
        print(f"There is no record {reference} here.", file=sys.stderr)
        return WRONG
    for each in findings:
        print(sentence_of(each))
    if findings:
        print(f"{_counted(len(findings), 'finding')}. {WHAT_TO_DO}")
        return WRONG
    _say_intact(report, found)
    return 0


def sentence_of(finding: Finding) -> str:
    """Return what is wrong as one sentence."""
    where = "" if finding.seq is None else f" from entry {finding.seq} on"
    return f"The record of {finding.chain} does not check out{where}: {finding.reason}."


def _say_intact(report: Report, found: Proof) -> None:
    print(f"{report.chains} chains with {report.entries} entries are intact.")
    if found.erased:
        print(f"Checked by hashes alone, because something was erased: {_listed(found.erased)}.")
    if found.newer:
        newer = _listed(found.newer)
        print(f"Written by a newer Bridgewatch, so only their chains were checked: {newer}.")


def _counted(count: int, thing: str) -> str:
    return f"One {thing}" if count == 1 else f"{count} {thing}s"


def _listed(references: list[str]) -> str:
    return ", ".join(sorted(references))
