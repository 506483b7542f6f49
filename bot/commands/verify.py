"""`bridgewatch verify`: whether the records are what was written; it names all that is not."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.commands import Commands
from bot.databases import open_database
from bot.engine.proof import Proof, proof_in_slices, references
from bot.evidence import noting
from bot.evidence.anchors import Anchor, noted_ends
from bot.evidence.placing import make_anchors
from bot.settings import Settings
from protocols.counts import counted
from store.journal_rows import DESK
from store.read.flaws import Flaw
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
    anchors, broken = _anchors(settings)
    database = open_database(settings)
    with database.read() as conn:
        notes = noting.notes(conn)
        noted = (*noting.noted_ends(notes), *noted_ends(anchors))
        report = verify_chains(conn, reference, noted=noted)
        words = tuple(noting.changed_words(conn, notes, reference))
        is_known = reference in (None, DESK, *references(conn))
    found = Proof() if reference == DESK else proof_in_slices(database, reference)
    flaws = (*broken, *_lost(anchors, notes.at), *report.flaws, *found.flaws, *words)
    database.dispose()
    if not flaws and not is_known and not report.entries:
        print(f"There is no record {reference} here.", file=sys.stderr)
        return WRONG
    if flaws:
        sentences = list(_sentences(flaws))
        print("\n".join(sentences))
        are = "One thing is" if len(sentences) == 1 else f"{len(sentences)} things are"
        print(f"{are} wrong. {WHAT_TO_DO}")
        return WRONG
    _say_intact(report, found)
    print(_compared_with(anchors))
    if found.owed:
        print(
            f"Owed by the rules as they are now, and not waiting: {_listed(found.owed)}. They wait "
            "again when anything happens there; an earlier release may not have known them."
        )
    return 0


def _anchors(settings: Settings) -> tuple[tuple[Anchor, ...], tuple[Flaw, ...]]:
    kept = make_anchors(settings)
    return ((), ()) if kept is None else kept.read()


def _lost(anchors: Sequence[Anchor], noted_at: datetime) -> Iterator[Flaw]:
    """Find that the newest anchors are gone: the desk's chain notes the ends on the same day."""
    if anchors and anchors[-1].at < noted_at - timedelta(days=1):
        on = f"{noted_at:%d %B %Y}"
        reason = f"the anchors after it are missing: the desk noted the ends last on {on}"
        yield Flaw(f"the anchor {anchors[-1].name}", None, reason)


def _compared_with(anchors: Sequence[Anchor]) -> str:
    if not anchors:
        return (
            "No anchor was found to compare with: an end that was cut off with all that names it "
            "does not show."
        )
    last = f"{anchors[-1].at:%d %B %Y}"
    return f"They hold what {_counted(len(anchors), 'anchor')} noted, the last one on {last}."


def sentence_of(flaw: Flaw, *shown_by: str, alone: bool = True) -> str:
    """Return what is wrong as one sentence, and what was noted elsewhere that shows it.

    Args:
        flaw: What is wrong.
        shown_by: Where it was noted; nowhere when the database shows it by itself.
        alone: Whether nothing else shows that something is wrong with the record.
    """
    where = "" if flaw.seq is None else f" from entry {flaw.seq} on"
    said = f"The record of {flaw.chain} does not check out{where}: {flaw.reason}."
    if not shown_by:
        return said
    shows = "shows" if len(shown_by) == 1 else "show"
    named = " and ".join(shown_by)
    if alone:
        return f"{said} Only {named} {shows} it."
    return f"{said} {named[0].upper()}{named[1:]} {shows} it as well."


def _sentences(flaws: Sequence[Flaw]) -> Iterator[str]:
    by_itself = {each.chain for each in flaws if not each.noted}
    noted: dict[Flaw, list[str]] = {}
    for each in flaws:
        noted.setdefault(replace(each, noted=""), []).extend([each.noted] if each.noted else [])
    for each, where in noted.items():
        yield sentence_of(each, *where, alone=each.chain not in by_itself)


def _say_intact(report: Report, found: Proof) -> None:
    chains = f"{counted(report.chains, 'chain')} with {counted(report.entries, 'entry')}"
    print(f"{chains} {'is' if report.chains == 1 else 'are'} intact.")
    if found.erased:
        print(f"Checked by hashes alone, because something was erased: {_listed(found.erased)}.")
    if found.newer:
        newer = _listed(found.newer)
        print(f"Written by a newer Bridgewatch, so only their chains were checked: {newer}.")


def _counted(count: int, thing: str) -> str:
    return f"one {thing}" if count == 1 else f"{count} {thing}s"


def _listed(references: list[str]) -> str:
    return ", ".join(sorted(references))
