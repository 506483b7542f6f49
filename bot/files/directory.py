"""The directory file: read with its lines, and turned into a directory. Source: F24, D29."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.files.entries import SECTIONS, checked, checked_key
from bot.files.lines import FileRefused, Lined, content_of, parse_lined
from protocols.people.directory import Account, Directory, Person, channel_name
from protocols.policy.policy import Policy
from protocols.policy.sections import EntryRefused, shown

MOST_SAID = 50


class DirectoryFileRefused(FileRefused):
    """The directory file cannot be used; each line of the message names line and entry."""


@dataclass(frozen=True, slots=True)
class DirectoryFile:
    """A file that says who is who, as it was read.

    Attributes:
        name: how it is called, without its folder.
        digest: of its content.
        directory: what it says.
        lines: the line on which each entry begins, by its section and key.
    """

    name: str
    digest: str
    directory: Directory
    lines: Mapping[tuple[str, str], int]


def load_directory(path: Path) -> Directory:
    """Read a directory file.

    Raises:
        DirectoryFileRefused: the file or its entries are wrong; it names lines and entries.
    """
    return load_file(path).directory


def load_file(path: Path, staff: Collection[str] = ()) -> DirectoryFile:
    """Read a directory file, and keep what it is known by; see `file_of`."""
    try:
        content = content_of(path)
        return file_of(parse_lined(content, path.name), digest_of(content), staff)
    except DirectoryFileRefused:
        raise
    except FileRefused as refused:
        raise DirectoryFileRefused(str(refused)) from refused


def parse_directory(content: bytes, name: str = "directory.yaml") -> Directory:
    """Read the content of a directory file; see `load_directory`."""
    try:
        return file_of(parse_lined(content, name), digest_of(content)).directory
    except DirectoryFileRefused:
        raise
    except FileRefused as refused:
        raise DirectoryFileRefused(str(refused)) from refused


def directory_of(values: Mapping[str, object]) -> Directory:
    """Return the directory of entries that stand in no file; see `load_directory`."""
    return file_of(Lined("directory", values, {}), "").directory


def digest_of(content: bytes) -> str:
    """Return the digest by which a file is known."""
    return hashlib.sha256(content).hexdigest()


def file_of(
    lined: Lined,
    digest: str,
    staff: Collection[str] = (),
    wrong_form: Iterable[EntryRefused] = (),
) -> DirectoryFile:
    """Return what the entries of a file say.

    Args:
        lined: The entries with their lines.
        digest: Of its content.
        staff: Keys of people whom it may name without saying who they are.
        wrong_form: What was wrong with the form of the file already.

    Raises:
        DirectoryFileRefused: Everything that is wrong, a line each.
    """
    wrong = list(wrong_form)
    found = {section: dict(_read(section, lined.values, wrong)) for section in SECTIONS}
    wrong += [
        EntryRefused((name,), f"There is no such entry here. Known: {', '.join(SECTIONS)}.")
        for name in lined.values
        if name not in SECTIONS
    ]
    teams, people, accounts = (tuple(found[section].values()) for section in SECTIONS)
    wrong += _wrong_people(people, _keys(lined, "teams"))
    wrong += _wrong_accounts(accounts, {*_keys(lined, "people"), *staff})
    if wrong:
        raise DirectoryFileRefused(said(lined, wrong))
    lines = {
        (section, key): lined.line_of((section, key)) for section in found for key in found[section]
    }
    return DirectoryFile(lined.file_name, digest, Directory(people, teams, accounts), lines)


def need_calendars(file: DirectoryFile, policy: Policy) -> DirectoryFile:
    """Return the file, whose accounts name calendars of the policy alone.

    Raises:
        DirectoryFileRefused: Every account that names another one, a line each.
    """
    known = ", ".join(policy.calendars) or "none but the desk's own"
    wrong = [
        f"{file.name} line {file.lines['accounts', each.key]}: accounts.{each.key}.calendar: "
        f'The policy has no calendar "{each.calendar}". Known: {known}. '
        "Write one of them, or leave it out for the desk's own."
        for each in file.directory.accounts
        if each.calendar and each.calendar not in policy.calendars
    ]
    if wrong:
        raise DirectoryFileRefused("\n".join(wrong[:MOST_SAID]))
    return file


def said(lined: Lined, wrong: Iterable[EntryRefused]) -> str:
    """Return everything that is wrong with a file in the order of its lines, some fifty of it."""
    found = sorted(wrong, key=lambda each: lined.line_of(each.path))
    lines = [lined.sentence(each) for each in found[:MOST_SAID]]
    if len(found) > MOST_SAID:
        lines.append(f"{lined.file_name}: {len(found) - MOST_SAID} more entries are wrong.")
    return "\n".join(lines)


def _keys(lined: Lined, section: str) -> Collection[str]:
    entries = lined.values.get(section)
    return entries.keys() if isinstance(entries, Mapping) else ()


def _read(
    section: str, values: Mapping[str, object], wrong: list[EntryRefused]
) -> Iterator[tuple[str, Any]]:
    entries = values.get(section)
    if entries is None:
        return
    if not isinstance(entries, Mapping):
        why = f"Expected entries with names, got {shown(entries)}."
        wrong.append(EntryRefused((section,), why))
        return
    for key, entry in entries.items():
        wrong += checked_key(key, (section, key))
        found = checked(SECTIONS[section], entry, (section, key))
        if isinstance(found, list):
            wrong += found
        else:
            yield key, found.value(key)


def _wrong_people(people: Iterable[Person], teams: Collection[str]) -> Iterator[EntryRefused]:
    """Yield teams that are not there, and addresses that are somebody else's."""
    seen: dict[str, str] = {}
    for person in people:
        path = ("people", person.key)
        for team in person.teams:
            if team not in teams:
                yield EntryRefused((*path, "teams"), f'There is no team "{team}".')
        for address in person.addresses:
            other = seen.setdefault(address.casefold(), person.key)
            if other != person.key:
                entry = "email" if address == person.email else "other_emails"
                yield EntryRefused((*path, entry), f"{address} is {other}'s address already.")


def _wrong_accounts(accounts: Iterable[Account], people: Collection[str]) -> Iterator[EntryRefused]:
    """Yield people who are not there, and channels of two accounts.

    Words in a channel of two accounts could not be told apart. Source: D24.
    """
    seen: dict[str, Account] = {}
    for account in accounts:
        path = ("accounts", account.key)
        for entry, person in (
            ("csm", account.csm),
            ("executive_sponsor", account.executive_sponsor),
        ):
            if person is not None and person not in people:
                why = f'There is nobody with the key "{person}" under people.'
                yield EntryRefused((*path, entry), why)
        if not account.active or not account.shared_channel:
            continue
        other = seen.setdefault(channel_name(account.shared_channel), account)
        if other is not account:
            yield EntryRefused((*path, "shared_channel"), doubled_channel(account, other))


def doubled_channel(account: Account, other: Account) -> str:
    """Say that a channel is another account's."""
    return (
        f"{account.shared_channel} is {other.name}'s shared channel already: what is "
        f"written there could be of {other.name} or of {account.name}. Give each its own."
    )
