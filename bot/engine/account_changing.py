"""A change of an account by people of the desk, in one transaction: kept, and on the desk's chain.

Source: M25; design, Accounts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.clock import Clock
from bot.engine import desk_record
from bot.engine.directories import Directories
from bot.engine.facts import Facts
from bot.engine.saving import saved
from bot.files.directory import doubled_channel
from bot.files.entries import AccountEntry, checked, checked_key
from bot.files.written import account_entries
from protocols.directory.edits import AccountChange, need_changeable, need_unmoved
from protocols.directory.refusals import AccountWrong
from protocols.kernel.context import Context
from protocols.people.directory import Account, Directory
from protocols.people.people import Actor
from protocols.people.taking_in import Changes, Listed, TakingIn
from protocols.policy.sections import EntryRefused
from store.db import Connection, Database
from store.journal_rows import Entry
from store.write import directory as writing
from store.write import swaps

Entries = Mapping[str, object]
OF_THE_DESK = ""
"""The file of what no file names."""


@dataclass(frozen=True, slots=True)
class AccountChanging:
    """Changes accounts that no file names."""

    database: Database
    facts: Facts
    clock: Clock
    directories: Directories

    def change(self, key: str, entries: Entries, shown: str, actor: Actor) -> AccountChange:
        """Change what these entries name of an account, or add it; the same twice is one change.

        Args:
            key: The account's.
            entries: As a directory file has them; None takes one away.
            shown: The mark of the account as the form showed it; empty for one that is new.
            actor: Who asks.

        Raises:
            Refused: The rules say no; nothing was written.
            CommandNotSaved: The database did not take it.
        """
        change = saved(
            self.database,
            desk_record.ACCOUNT,
            lambda conn: self._changed(conn, key, entries, shown, actor),
        )
        self.directories.recall()
        return change

    def _changed(
        self, conn: Connection, key: str, entries: Entries, shown: str, actor: Actor
    ) -> AccountChange:
        writing.hold(conn)
        self.directories.recall_in(conn)
        now = self.clock.now()
        ctx = self.facts.context(now, actor, self.facts.policy, swaps=swaps.standing(conn, now))
        held = self.facts.kept.held.accounts.get(key)
        change = decided(key, held, entries, shown, ctx)
        if change.before != change.after:
            self._write(conn, change, held, ctx)
        return change

    def _write(
        self, conn: Connection, change: AccountChange, held: Listed[Account] | None, ctx: Context
    ) -> None:
        place = held.place if held is not None else 0
        after = Listed(change.after, OF_THE_DESK, place, change.after.active)
        written = Changes((after,)) if held is None else Changes(changed=((held, after),))
        revision = writing.next_revision(conn)
        writing.put(conn, TakingIn(written, Changes(), Changes()), revision)
        entry = Entry(desk_record.ACCOUNT, ctx.now, ctx.by.key, _payload(change, ctx))
        desk_record.append(conn, [entry], team_id=ctx.team_id, drill=self.facts.drill)


def file_of(held: Listed[Account] | None) -> str:
    """Return the file that names an account; empty when none does, or does no longer."""
    return held.source if held is not None and held.active else OF_THE_DESK


def decided(
    key: str, held: Listed[Account] | None, entries: Entries, shown: str, ctx: Context
) -> AccountChange:
    """Return what a change of an account comes to.

    Raises:
        Refused: The rules say no.
    """
    before = held.value if held is not None else None
    need_changeable(before, file_of(held), ctx)
    change = AccountChange(before, _meant(key, before, entries, ctx.directory))
    if change.before != change.after:
        need_unmoved(before, shown)
    return change


def _payload(change: AccountChange, ctx: Context) -> dict[str, object]:
    return {
        "account": {"key": change.after.key, "name": change.after.name},
        "by": {"key": ctx.by.key, "name": ctx.by.name},
        "is_new": change.before is None,
        "changed": [
            {"what": each.what, "from": each.before, "to": each.after}
            for each in change.differences
        ],
    }


def _meant(key: str, before: Account | None, entries: Entries, directory: Directory) -> Account:
    """Return the account that is meant.

    Raises:
        AccountWrong: It cannot be.
    """
    kept = account_entries(before) if before is not None else {}
    found = checked(AccountEntry, {**kept, **entries}, ())
    wrong = checked_key(key, ("name",))
    if isinstance(found, list):
        raise AccountWrong(_sentences([*wrong, *found]))
    after = found.value(key)
    wrong += _taken(after, directory)
    if wrong:
        raise AccountWrong(_sentences(wrong))
    return after


def _taken(after: Account, directory: Directory) -> list[EntryRefused]:
    """Return what is another account's already, and who is nobody."""
    wrong: list[EntryRefused] = []
    named = directory.named(after.name)
    if named is not None and named.key != after.key:
        why = f"{named.name} is another account's name already (key {named.key})."
        wrong.append(EntryRefused(("name",), why))
    other = directory.of_channel(after.shared_channel or "")
    if after.active and other is not None and other.key != after.key:
        wrong.append(EntryRefused(("shared_channel",), doubled_channel(after, other)))
    for entry, key in (("csm", after.csm), ("executive_sponsor", after.executive_sponsor)):
        if key is not None and directory.person(key) is None:
            why = "They are not in the directory. Pick somebody who is."
            wrong.append(EntryRefused((entry,), why))
    return wrong


def _sentences(wrong: list[EntryRefused]) -> dict[str, str]:
    """Return what is wrong by entry, in the order in which it was found."""
    found: dict[str, list[str]] = {}
    for each in wrong:
        entry, place = str(each.path[0]), each.path[1] if len(each.path) > 1 else None
        where = f"Line {place + 1}: " if isinstance(place, int) else ""
        found.setdefault(entry, []).append(f"{where}{each.why}")
    return {entry: " ".join(why) for entry, why in found.items()}
