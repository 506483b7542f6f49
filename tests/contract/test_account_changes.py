"""An account that people of the desk change: kept, on the desk's chain, known to every process."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.commands import accounts
from bot.engine import desk_record
from bot.engine.account_changing import AccountChanging
from bot.engine.directories import Directories
from bot.engine.facts import Facts
from bot.files.directory import DirectoryFileRefused, load_file
from protocols.directory.edits import mark
from protocols.directory.refusals import AccountMoved, AccountOfFile, AccountWrong
from protocols.people.people import Actor, Who
from store.db import Database
from store.journal_rows import DESK
from store.read import chains
from store.read.verification import verify
from tests.contract.store.samples import NOON, TEAM
from tests.contract.test_accounts import facts_with, settings, table
from tests.kit.bot import DIRECTORY

MANAGER = Actor(Who("cs-manager-one", "CS Manager One"), duties=frozenset({"cs-manager"}))
CSM = Actor(Who("csm-two", "CSM Two"), duties=frozenset({"csm"}))
QUINCE = {"name": "Quince", "kind": "partner", "time_zone": "UTC", "csm": "csm-two"}


class Noon:
    """A clock that stands."""

    def now(self) -> object:
        return NOON


@dataclass
class Process:
    """One process: what it knows, and its way to change an account."""

    facts: Facts
    directories: Directories
    changing: AccountChanging


def process_on(database: Database) -> Process:
    facts = facts_with(load_file(DIRECTORY))
    directories = Directories(database, facts)
    directories.begin(NOON, TEAM)
    return Process(facts, directories, AccountChanging(database, facts, Noon(), directories))  # type: ignore[arg-type]


@pytest.fixture
def database(migrated_database_url: str) -> Iterator[Database]:
    found = Database(migrated_database_url)
    yield found
    found.dispose()


def test_a_change_stands_in_the_chain_with_who_when_from_and_to(database: Database) -> None:
    process = process_on(database)
    added = process.changing.change("quince", QUINCE, "", CSM)
    entries = {"tags": ["east"], "csm": "csm-one"}
    changed = process.changing.change("quince", entries, mark(added.after), CSM)
    assert changed.after.csm == "csm-one"
    assert process.facts.directory.account("quince") == changed.after
    with database.read() as conn:
        first, second = chains.load(conn, DESK)[-2:]
        assert verify(conn).sound
    assert (first.kind, second.kind) == (desk_record.ACCOUNT, desk_record.ACCOUNT)
    assert second.at == NOON
    payload = second.payload or {}
    assert payload["by"] == {"key": "csm-two", "name": "CSM Two"}
    assert payload["changed"] == [
        {"what": "csm", "from": "csm-two", "to": "csm-one"},
        {"what": "tags", "from": "", "to": "east"},
    ]


def test_the_same_change_twice_is_one(database: Database) -> None:
    process = process_on(database)
    for _ in range(2):
        process.changing.change("quince", QUINCE, "", CSM)
    with database.read() as conn:
        kinds = [each.kind for each in chains.load(conn, DESK)]
    assert kinds.count(desk_record.ACCOUNT) == 1


def test_another_process_knows_before_it_changes_the_same_account(database: Database) -> None:
    here, there = process_on(database), process_on(database)
    added = here.changing.change("quince", QUINCE, "", MANAGER)
    here.changing.change("quince", {"tags": ["east"]}, mark(added.after), MANAGER)
    with pytest.raises(AccountMoved):
        there.changing.change("quince", {"tags": ["west"]}, mark(added.after), MANAGER)
    quince = there.facts.directory.account("quince")
    assert quince is not None
    assert quince.tags == ("east",)


def test_two_who_add_the_same_account_at_once_add_it_once(database: Database) -> None:
    processes = [process_on(database) for _ in range(4)]

    def add(number: int) -> str:
        try:
            named = {**QUINCE, "tags": [str(number)]}
            processes[number].changing.change("quince", named, "", MANAGER)
        except AccountWrong:
            return "there already"
        return "added"

    with ThreadPoolExecutor(len(processes)) as together:
        said = list(together.map(add, range(len(processes))))
    assert said.count("added") == 1


def test_what_a_file_names_is_changed_in_the_file(database: Database) -> None:
    process = process_on(database)
    acme = process.facts.directory.account("acme")
    with pytest.raises(AccountOfFile) as refused:
        process.changing.change("acme", {"tags": ["east"]}, mark(acme), MANAGER)
    assert refused.value.facts["file"] == DIRECTORY.name
    assert process.facts.directory.account("acme") == acme


def test_a_file_that_names_it_later_wins(
    database: Database, migrated_database_url: str, tmp_path: Path
) -> None:
    process = process_on(database)
    process.changing.change("quince", QUINCE, "", CSM)
    file = table(tmp_path, "quince,Quince Group,customer,,UTC,csm-one,,,,,,,,,,,,,")
    accounts.take_in(settings(migrated_database_url), Namespace(file=file, apply=True))
    process.directories.recall()
    quince = process.facts.directory.account("quince")
    assert quince is not None
    assert quince.name == "Quince Group"
    with pytest.raises(AccountOfFile):
        process.changing.change("quince", {"tags": ["east"]}, mark(quince), MANAGER)


def test_what_its_file_no_longer_names_can_be_taken_up_again(
    database: Database, migrated_database_url: str, tmp_path: Path
) -> None:
    process = process_on(database)
    with_settings = settings(migrated_database_url)
    for row in (
        "quince,Quince,partner,,UTC,csm-one,,,,,,,,,,,,,",
        "rowan,R,customer,,UTC,,,,,,,,,,,,,,",
    ):
        file = table(tmp_path, row)
        accounts.take_in(with_settings, Namespace(file=file, apply=True))
    process.directories.recall()
    quince = process.facts.directory.account("quince")
    assert quince is not None
    assert not quince.active
    process.changing.change("quince", {"active": True}, mark(quince), MANAGER)
    assert process.facts.directory.search_accounts("quince")
    accounts.take_in(with_settings, Namespace(file=file, apply=True))
    process.directories.recall()
    assert process.facts.directory.search_accounts("quince")


def test_a_removed_account_stays_inactive_for_its_tickets(database: Database) -> None:
    process = process_on(database)
    added = process.changing.change("quince", QUINCE, "", MANAGER)
    process.changing.change("quince", {"active": False}, mark(added.after), MANAGER)
    assert process.facts.directory.search_accounts("quince") == ()
    assert process.facts.directory.account("quince") is not None


def test_processes_that_were_given_different_files_refuse_what_the_one_in_force_names(
    database: Database, tmp_path: Path
) -> None:
    process = process_on(database)
    other = tmp_path / "directory.example.yaml"
    text = DIRECTORY.read_text(encoding="utf-8")
    other.write_text(text.replace("  juniper:", "  juniper-two:"), encoding="utf-8")
    facts = facts_with(load_file(other))
    Directories(database, facts).begin(NOON, TEAM)
    with pytest.raises(AccountOfFile):
        process.changing.change("juniper-two", {"tags": ["east"]}, "", MANAGER)
    assert process.directories.trouble is not None


def test_two_files_that_name_one_account_are_refused_by_line(
    database: Database, migrated_database_url: str, tmp_path: Path
) -> None:
    process_on(database)
    with_settings = settings(migrated_database_url)
    row = "quince,Quince,customer,,UTC,csm-one,,,,,,,,,,,,,"
    first = Namespace(file=table(tmp_path, row), apply=True)
    second = Namespace(file=table(tmp_path, row, name="other.csv"), apply=True)
    accounts.take_in(with_settings, first)
    with pytest.raises(
        DirectoryFileRefused, match=r"other.csv line 2: .*more.csv names it already"
    ):
        accounts.take_in(with_settings, second)
