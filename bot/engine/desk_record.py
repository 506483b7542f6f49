"""The desk's own chain in the journal: which policy and directory were in force, and since when.

Written when something changed, at start or by command; swaps of duties, changes of accounts and
what other systems say of them stand there too, and at times the ends of all other chains.
Source: design, Engine, Journal; S59, S139.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime

from bot.engine.facts import Facts
from bot.engine.frozen_calendars import freeze
from protocols.kernel.refusals import BeingUpdated
from protocols.policy.schema import SCHEMA
from store.db import Connection, Database
from store.journal_rows import DESK, ERASED, Entry
from store.newer import Newer
from store.read import chains
from store.write import journal, policies

_log = logging.getLogger(__name__)
POLICY = "PolicyInForce"
DIRECTORY = "DirectoryInForce"
SWAPPED = "DutySwapped"
ACCOUNT = "AccountChanged"
NOTED = "HeadsNoted"
RECORDS = "RecordsTaken"
_NEWER = Newer((POLICY, DIRECTORY, SWAPPED, ACCOUNT, NOTED, RECORDS, ERASED), ())


def record_start(database: Database, facts: Facts, now: datetime, team_id: str) -> int:
    """Write which policy is in force where the chain says otherwise; return how many entries."""
    with database.write() as conn:
        policies.keep(conn, facts.policy.version, facts.policy.body, SCHEMA, now)
        freeze(conn, facts, now.date())
        if left_to_newer(conn):
            return 0
        known = [each.payload for each in chains.load(conn, DESK) if each.kind == POLICY]
        payload: dict[str, object] = {"version": facts.policy.version}
        if known and known[-1] == payload:
            return 0
        entry = Entry(POLICY, now, "bridgewatch", payload)
        append(conn, [entry], team_id=team_id, drill=facts.drill)
    return 1


def left_to_newer(conn: Connection) -> bool:
    """Say whether a newer process wrote to the chain, which is left to it then."""
    newer = _NEWER.found(conn, DESK)
    if newer is not None:
        _log.info("what is in force is not recorded: the desk's chain has %s", newer)
    return newer is not None


def append(conn: Connection, entries: Sequence[Entry], *, team_id: str, drill: bool) -> None:
    """Write facts of the desk, in the team in which its chain began.

    At its first start the program does not know its team yet; a chain stays in one team.

    Raises:
        BeingUpdated: A newer process wrote to the chain what is not known here.
    """
    newer = _NEWER.found(conn, DESK)
    if newer is not None:
        raise BeingUpdated(found=newer)
    began_in = chains.team_of(conn, DESK)
    team = team_id if began_in is None else began_in
    journal.append(conn, DESK, entries, team_id=team, drill=drill)
