"""Who is who in the database: files are taken in, and each process keeps up with what changed.

Source: design, Accounts; S59.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.engine import desk_record
from bot.engine.facts import Facts, Kept
from bot.files.directory import DirectoryFile, DirectoryFileRefused, doubled_channel
from protocols.kernel.refusals import BeingUpdated
from protocols.people.directory import Account, Person, Team
from protocols.people.taking_in import (
    Changes,
    TakingIn,
    WhoIsWho,
    doubled_channels,
    foreign,
    taking_in,
)
from store.codec_errors import CodecError
from store.db import Connection, Database
from store.journal_rows import Entry
from store.read import directory as reading
from store.write import directory as writing
from store.write import meta

_log = logging.getLogger(__name__)
MOST_KEYS = 1_000
"""So many keys of one kind stand in an entry of the chain; the file's digest stands for all."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a file would change.

    Attributes:
        file: The file.
        taken: What changes.
        after: Who is who then.
        is_known: Whether the file is in force as it is.
        is_of_starts: Whether it is the file that is taken in at starts.
    """

    file: DirectoryFile
    taken: TakingIn
    after: WhoIsWho
    is_known: bool
    is_of_starts: bool


def planned(conn: Connection, file: DirectoryFile, *, at_start: bool = False) -> Plan:
    """Return what a file would change.

    Raises:
        DirectoryFileRefused: It names what another file names, or a channel of another account.
    """
    held = reading.whole(conn)
    of_starts = meta.get(conn, meta.DIRECTORY_FILE) or {}
    is_of_starts = at_start or of_starts.get("file") == file.name
    before = {of_starts["file"]} if is_of_starts and of_starts else set()
    taken = taking_in(held, file.directory, file.name, before)
    after = taken.on(held)
    ours = (
        {file.name, *before} if not at_start else {each.source for each in held.accounts.values()}
    )
    refused = [*_named_elsewhere(held, file, ours), *_channels_of_others(after, taken, file)]
    if refused:
        raise DirectoryFileRefused("\n".join(refused))
    last = reading.last_import(conn, file.name)
    is_known = last is not None and last.digest == file.digest and taken.is_nothing
    return Plan(file, taken, after, is_known, is_of_starts)


def _named_elsewhere(held: WhoIsWho, file: DirectoryFile, ours: set[str]) -> Iterator[str]:
    for section, key, source in foreign(held, file.directory, ours):
        yield (
            f"{file.name} line {file.lines[section, key]}: {section}.{key}: {source} names it "
            "already. Change it there, or take it out there first."
        )


def _channels_of_others(after: WhoIsWho, taken: TakingIn, file: DirectoryFile) -> Iterator[str]:
    keys = {each.value.key for each in taken.accounts.written}
    for account, other in doubled_channels(after, keys):
        line = file.lines["accounts", account.key]
        why = doubled_channel(account, other)
        yield f"{file.name} line {line}: accounts.{account.key}.shared_channel: {why}"


def after_start(conn: Connection, file: DirectoryFile | None) -> Kept:
    """Return who is who as it will be once a process has started with a file.

    Raises:
        DirectoryFileRefused: The file does not go with what is kept of other files.
    """
    revision = reading.revision(conn)
    if file is None:
        return Kept(revision, reading.whole(conn))
    return Kept(revision, planned(conn, file, at_start=True).after)


def apply(
    conn: Connection, plan: Plan, now: datetime, *, by: str, team_id: str, drill: bool
) -> None:
    """Take a file in: tables, the desk's chain, and that it is in force now.

    Raises:
        BeingUpdated: A newer process wrote to the desk's chain what is not known here.
    """
    revision = writing.next_revision(conn)
    writing.put(conn, plan.taken, revision)
    directory = plan.after.directory
    counts: dict[str, object] = {
        "digest": plan.file.digest,
        "people": len(directory.people),
        "accounts": len(directory.accounts),
        "file": plan.file.name,
    }
    payload = counts | {
        "changed_accounts": _keys(plan.taken.accounts),
        "changed_people": _keys(plan.taken.people),
    }
    entry = Entry(desk_record.DIRECTORY, now, by, payload)
    desk_record.append(conn, [entry], team_id=team_id, drill=drill)
    writing.note_import(conn, plan.file.name, plan.file.digest, now, counts)
    if plan.is_of_starts:
        in_force = {"file": plan.file.name, "digest": plan.file.digest, "at": now.isoformat()}
        meta.put(conn, meta.DIRECTORY_FILE, in_force)


def _keys(changes: Changes[Account] | Changes[Person] | Changes[Team]) -> dict[str, object]:
    named = {
        "added": [each.value.key for each in changes.added],
        "changed": [after.value.key for _, after in changes.changed],
        "inactive": [each.value.key for each in changes.ended],
    }
    return {name: keys[:MOST_KEYS] for name, keys in named.items() if keys}


class Directories:
    """Keeps what a process knows of who is who like the database.

    Args:
        database: Where it is kept.
        facts: Are told; they name the file that this process read at its start.
        changed: Called after something has changed while the process ran.
    """

    def __init__(
        self,
        database: Database,
        facts: Facts,
        changed: Callable[[], None] = lambda: None,
    ) -> None:
        self._database = database
        self._facts = facts
        self._changed = changed
        self._turn = threading.Lock()
        self._left = 0

    def begin(self, now: datetime, team_id: str) -> None:
        """Take in the file of this start, unless it is in force, and know who is who.

        Raises:
            DirectoryFileRefused: It does not go with what is kept of other files.
        """
        if self._facts.file is not None:
            self._take_in(self._facts.file, now, team_id)
        self.recall()
        if not self._facts.directory.people:
            _log.warning(
                "No directory (BRIDGEWATCH_DIRECTORY): every full member may open tickets and take "
                "roles, and nobody is asked by duty."
            )

    def _take_in(self, file: DirectoryFile, now: datetime, team_id: str) -> None:
        with self._database.write() as conn:
            # Before the look: a process that starts beside this one takes the same file in.
            writing.hold(conn)
            in_force = meta.get(conn, meta.DIRECTORY_FILE) or {}
            if in_force.get("digest") == file.digest and in_force.get("file") == file.name:
                return
            if desk_record.left_to_newer(conn):
                return
            plan = planned(conn, file, at_start=True)
            drill = self._facts.drill
            apply(conn, plan, now, by="bridgewatch", team_id=team_id, drill=drill)

    def recall(self) -> None:
        """Know who is who as it stands now; one small question while nothing has changed."""
        with self._database.read() as conn, self._turn:
            had, is_changed = self._facts.kept.revision, self._recalled(conn)
        if had and is_changed:
            self._changed()

    def recall_in(self, conn: Connection) -> None:
        """Know who is who as it stands for a caller who holds it and is about to change it.

        Raises:
            BeingUpdated: A newer process keeps of somebody what is not known here.
        """
        with self._turn:
            self._recalled(conn)
            if self._facts.kept.revision != reading.revision(conn):
                raise BeingUpdated(found="who is who was changed by a newer process")

    def _recalled(self, conn: Connection) -> bool:
        before, revision = self._facts.kept, reading.revision(conn)
        if revision <= before.revision:
            return False
        try:
            changed = reading.whole(conn, before.revision)
        except CodecError as newer:
            self._leave(revision, str(newer))
            return False
        held = WhoIsWho(
            {**before.held.accounts, **changed.accounts},
            {**before.held.people, **changed.people},
            changed.teams,
        )
        in_force = meta.get(conn, meta.DIRECTORY_FILE) or {}
        self._facts.take(Kept(revision, held, in_force))
        return True

    def _leave(self, revision: int, newer: str) -> None:
        """Go on with what is known, and say so once a change."""
        if self._left != revision:
            _log.warning("who is who was changed by a newer Bridgewatch: %s", newer)
        self._left = revision

    @property
    def trouble(self) -> str | None:
        """Return that another file is in force than this process was given; None when it is not."""
        in_force, file = self._facts.kept.file, self._facts.file
        if file is None or not in_force or in_force["digest"] == file.digest:
            return None
        return (
            f"This process read another {file.name} at its start than the "
            f"{in_force['file']} in force since {in_force['at'][:16]} UTC, by which it works: "
            "give every process the same file."
        )
