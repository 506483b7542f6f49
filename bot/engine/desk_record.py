"""The desk's own chain in the journal: which policy and directory were in force, and since when.

Written at start, and only when something changed; swaps of duties stand there too, and from time
to time the ends of all other chains.
Source: design, Engine, Journal; S59, S139.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Sequence
from dataclasses import asdict
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
NOTED = "HeadsNoted"
_NEWER = Newer((POLICY, DIRECTORY, SWAPPED, NOTED, ERASED), ())


def directory_digest(facts: Facts) -> str:
    """Return a digest of who is who, which changes with any entry of the directory."""
    body = json.dumps(
        {
            "people": [asdict(person) for person in facts.directory.people],
            "accounts": [asdict(account) for account in facts.directory.accounts],
        },
        default=str,
        sort_keys=True,
    )
    return hashlib.sha256(body.encode()).hexdigest()


def record_start(database: Database, facts: Facts, now: datetime, team_id: str) -> int:
    """Write what is in force where the chain says otherwise; return how many entries that took."""
    found: dict[str, dict[str, object]] = {
        POLICY: {"version": facts.policy.version},
        DIRECTORY: {
            "digest": directory_digest(facts),
            "people": len(facts.directory.people),
            "accounts": len(facts.directory.accounts),
        },
    }
    with database.write() as conn:
        known = {entry.kind: entry.payload for entry in chains.load(conn, DESK)}
        changed = [kind for kind, payload in found.items() if known.get(kind) != payload]
        policies.keep(conn, facts.policy.version, facts.policy.body, SCHEMA, now)
        freeze(conn, facts, now.date())
        newer = _NEWER.found(conn, DESK)
        if newer is not None:
            _log.info("what is in force is not recorded: the desk's chain has %s", newer)
            return 0
        entries = [Entry(kind, now, "bridgewatch", found[kind]) for kind in changed]
        append(conn, entries, team_id=team_id, drill=facts.drill)
    return len(changed)


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
