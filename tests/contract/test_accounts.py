"""`bridgewatch accounts`: a file is shown before it is taken in, all of it or nothing."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.commands import accounts
from bot.engine import desk_record
from bot.engine.directories import Directories
from bot.engine.facts import Facts
from bot.files.account_table import load_table
from bot.files.directory import DirectoryFile, DirectoryFileRefused, load_file
from bot.settings import Settings
from protocols.people.directory import Directory
from store.db import Database
from store.journal_rows import DESK
from store.read import chains
from store.read import directory as reading
from store.read.verification import verify
from tests.contract.store.samples import NOON, TEAM
from tests.kit.bot import DIRECTORY, environment, settings_of
from tests.kit.rules_incident import policy
from tests.kit.slack_process import SlackAddresses

NOWHERE = SlackAddresses("http://127.0.0.1:9/api/", "", "smtp://127.0.0.1:9", "http://127.0.0.1:9")
ROWS = 20_000
HEAD = (
    "key,name,kind,program_level,time_zone,csm,executive_sponsor,shared_channel,call_url,intake,"
    "sox_relevant,active,tags,records,contact_name,contact_email,contact_slack,contact_role,"
    "contact_security"
)
TAIL = ",UTC,csm-one,,,,,,,,,,,,,"
WRONG = (
    (",A,customer," + TAIL, "key: It is missing"),
    ("Not A Key,A,customer," + TAIL, '"Not A Key" is no key'),
    ("e2,,customer," + TAIL, "accounts.e2.name: It is missing"),
    ("e3,A,," + TAIL, "accounts.e3.kind: It is missing"),
    ("e4,A,friend," + TAIL, "accounts.e4.kind: 'friend' is none of: customer, partner"),
    ("e5,A,partner,brass" + TAIL, "accounts.e5.program_level: 'brass' is none of"),
    ("e6,A,customer,gold" + TAIL, "accounts.e6.program_level: Only a partner has"),
    ("e7,A,customer,,,csm-one,,,,,,,,,,,,,", "accounts.e7.time_zone: It is missing"),
    ("e8,A,customer,,Gotham,csm-one,,,,,,,,,,,,,", "accounts.e8.time_zone: 'Gotham' is no time"),
    ("e9,A,customer,,UTC,nobody,,,,,,,,,,,,,", 'accounts.e9.csm: There is nobody with the key "n'),
    ("e10,A,customer,,UTC,,nobody,,,,,,,,,,,,", "accounts.e10.executive_sponsor: There is nobody"),
    ("e11,A,customer,,UTC,,,acme-support,,,,,,,,,,,", "is Acme's shared channel already"),
    ("e12,A,customer,,UTC,,,,http://x,,,,,,,,,,", "accounts.e12.call_url: 'http://x' is no link"),
    ("e23,A,customer,,UTC,,,,,portal,,,,,,,,,", "e23.intake: 'portal' is none of: on, nudge, off"),
    ("e13,A,customer,,UTC,,,,,,maybe,,,,,,,,", "e13.sox_relevant: Write true or false, not 'may"),
    ("e14,A,customer,,UTC,,,,,,,no,,,,,,,", "accounts.e14.active: Write true or false, not 'no'"),
    (
        "e15,A,customer,,UTC,,,,,,,,,Contract,,,,,",
        "accounts.e15.records.0.url: Expected a text, got ''",
    ),
    ("e16,A,customer,,UTC,,,,,,,,,,,a@b.example,,,", "e16.contacts.0.name: It is missing"),
    ("e17,A,customer,,UTC,,,,,,,,,,A,a at b,,,", '"a at b" is no mail address'),
    ("e18,A,customer,,UTC,,,,,,,,,,A,,@ap,,", '"@ap" is no Slack user id'),
    ("e19,A,customer,,UTC,,,,,,,,,,A,,,boss,", "'boss' is none of: contact, admin, executive"),
    ("e20,A,customer,,UTC,,,,,,,,,,A,,,,yes", "e20.contacts.0.security: Write true or false"),
    ("e21,A,customer,,UTC,csm-one", "It has 6 cells, and the first line names 19 columns"),
    (f"e22,{'A' * 501},customer,{TAIL}", "e22.name: Expected one line of at most 500"),
    ("a1,Another,customer," + TAIL, "a1 stands on line 2 already, with another name there"),
    ("a2,,,,,,,,,,,,,,,,,,", "a2 stands on line 3 already. Leave this row out"),
    ("acme,Acme,customer," + TAIL, "directory.example.yaml names it already"),
)
"""Rows that cannot be, each of its own kind, and what is said of it."""


def settings(url: str) -> Settings:
    return settings_of(environment(NOWHERE, url))


def facts_with(file: DirectoryFile | None) -> Facts:
    directory = file.directory if file is not None else Directory()
    return Facts(policy(), directory, drill=True, file=file)


def begun(url: str) -> Iterator[tuple[Settings, Database]]:
    """Have a process with the sample directory begin on a database."""
    database = Database(url)
    Directories(database, facts_with(load_file(DIRECTORY))).begin(NOON, TEAM)
    yield settings(url), database
    database.dispose()


@pytest.fixture
def started(migrated_sqlite_url: str) -> Iterator[tuple[Settings, Database]]:
    """Give a database that a process with the sample directory has begun with."""
    yield from begun(migrated_sqlite_url)


@pytest.fixture
def started_on_each(migrated_database_url: str) -> Iterator[tuple[Settings, Database]]:
    """Give the same on each engine in turn."""
    yield from begun(migrated_database_url)


def run(settings: Settings, file: Path, *, apply: bool = False) -> int:
    return accounts.take_in(settings, Namespace(file=file, apply=apply))


def count(database: Database) -> int:
    with database.read() as conn:
        return len(reading.whole(conn).accounts)


def table(tmp_path: Path, *rows: str, name: str = "more.csv") -> Path:
    path = tmp_path / name
    path.write_text("\n".join((HEAD, *rows)) + "\n", encoding="utf-8")
    return path


def test_a_file_is_shown_first_and_changes_nothing(
    started: tuple[Settings, Database], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with_settings, database = started
    before = count(database)
    file = table(tmp_path, "quince,Quince,customer," + TAIL)
    assert run(with_settings, file) == 0
    said = capsys.readouterr().out
    assert "+ account quince: Quince" in said
    assert "accounts: 1 new, 0 changed, 0 inactive" in said
    assert "Nothing was changed" in said
    assert count(database) == before


def test_a_file_is_taken_in_once_and_stands_in_the_desks_chain(
    started_on_each: tuple[Settings, Database], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with_settings, database = started_on_each
    file = table(tmp_path, "quince,Quince,customer," + TAIL)
    run(with_settings, file, apply=True)
    with database.read() as conn:
        chain = chains.load(conn, DESK)
    payload = chain[-1].payload or {}
    assert chain[-1].kind == desk_record.DIRECTORY
    assert payload["file"] == "more.csv"
    assert payload["changed_accounts"] == {"added": ["quince"]}
    capsys.readouterr()
    run(with_settings, file, apply=True)
    assert "more.csv is in force as it is." in capsys.readouterr().out
    with database.read() as conn:
        assert len(chains.load(conn, DESK)) == len(chain)
        assert verify(conn).sound


def test_what_a_table_no_longer_names_is_inactive_and_a_running_process_knows(
    started: tuple[Settings, Database], tmp_path: Path
) -> None:
    with_settings, database = started
    facts = facts_with(load_file(DIRECTORY))
    told: list[str] = []
    running = Directories(database, facts, changed=lambda: told.append("changed"))
    running.begin(NOON, TEAM)
    run(with_settings, table(tmp_path, "quince,Quince,customer," + TAIL), apply=True)
    running.recall()
    assert [each.name for each in facts.directory.search_accounts("quince")] == ["Quince"]
    run(with_settings, table(tmp_path, "rowan,Rowan,customer," + TAIL), apply=True)
    running.recall()
    quince = facts.directory.account("quince")
    assert quince is not None
    assert not quince.active
    assert facts.directory.account("acme") is not None
    assert told == ["changed", "changed"]


def test_twenty_thousand_rows_with_every_kind_of_mistake_are_named_by_line_and_nothing_is_done(
    started: tuple[Settings, Database], tmp_path: Path
) -> None:
    with_settings, database = started
    before = count(database)
    rows = [f"a{n},Account {n},customer,{TAIL}" for n in range(1, ROWS + 1 - len(WRONG))]
    file = table(tmp_path, *rows, *(row for row, _ in WRONG[:-1]))
    with pytest.raises(DirectoryFileRefused) as refused:
        run(with_settings, file, apply=True)
    said = str(refused.value).splitlines()
    # A channel that another file's account has is seen once the file itself is right.
    own = [(n, why) for n, (_, why) in enumerate(WRONG[:-1], len(rows) + 2) if "Acme's" not in why]
    assert len(said) == len(own)
    for line, (number, why) in zip(said, own, strict=True):
        assert line.startswith(f"more.csv line {number}: ")
        assert why in line
    assert count(database) == before


@pytest.mark.parametrize(("row", "why"), [WRONG[11], WRONG[-1]], ids=["channel", "named"])
def test_what_does_not_go_with_another_file_is_named_by_line(
    started: tuple[Settings, Database], tmp_path: Path, row: str, why: str
) -> None:
    with_settings, database = started
    before = count(database)
    with pytest.raises(DirectoryFileRefused) as refused:
        run(with_settings, table(tmp_path, "quince,Q,customer," + TAIL, row), apply=True)
    assert str(refused.value).startswith("more.csv line 3: ")
    assert why in str(refused.value)
    assert count(database) == before


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda head: head.replace("kind", "sort"), 'line 1: There is no column "sort"'),
        (lambda head: head.replace("kind", "name"), 'line 1: The column "name" stands here twice'),
        (lambda head: head.replace("key,", "", 1), "line 1: The column key is missing"),
        (lambda _head: "", "The file is empty"),
        (lambda head: f'{head}\n"a', "line 2: It is no table"),
    ],
)
def test_what_is_no_table_of_accounts_is_refused(
    started: tuple[Settings, Database], tmp_path: Path, change: Callable[[str], str], why: str
) -> None:
    file = tmp_path / "more.csv"
    file.write_text(change(HEAD), encoding="utf-8")
    with pytest.raises(DirectoryFileRefused, match=why):
        run(started[0], file)


@pytest.mark.parametrize("csv", [False, True])
def test_what_is_written_out_changes_nothing_when_it_is_read_again(
    started: tuple[Settings, Database], tmp_path: Path, csv: bool
) -> None:
    with_settings, database = started
    further = "quince,,,,,,,,,,,,,,Clerk Two,clerk.two@quince.example,U0CLERK2,admin,true"
    rows = ("quince,Quince,customer," + TAIL, further, further.replace("Two", "Three"))
    run(with_settings, table(tmp_path, *rows), apply=True)
    out = tmp_path / ("who.csv" if csv else "who.yaml")
    accounts.give_out(with_settings, Namespace(csv=csv, out=out))
    if csv:
        content = out.read_bytes()
        again = load_table(out, {"csm-one", "csm-two", "sponsor-one"}).directory.accounts
        assert content.count(b"quince,") == 2
    else:
        again = load_file(out).directory.accounts
    with database.read() as conn:
        assert again == reading.whole(conn).directory.accounts


def test_a_process_with_another_file_works_by_the_one_in_force_and_says_so(
    started: tuple[Settings, Database], tmp_path: Path
) -> None:
    _settings, database = started
    first = Directories(database, facts_with(load_file(DIRECTORY)))
    first.begin(NOON, TEAM)
    assert first.trouble is None
    other = tmp_path / "directory.example.yaml"
    other.write_text(DIRECTORY.read_text(encoding="utf-8").replace("Birch", "Birch Group"))
    facts = facts_with(load_file(other))
    second = Directories(database, facts)
    second.begin(NOON, TEAM)
    first.recall()
    assert second.trouble is None
    assert str(first.trouble).startswith("This process read another directory.example.yaml")
    assert len(facts.directory.search_accounts("birch group")) == 1


def test_processes_that_begin_together_take_the_same_file_in_once(
    migrated_database_url: str,
) -> None:
    database = Database(migrated_database_url)
    file = load_file(DIRECTORY)
    beginning = [Directories(database, facts_with(file)) for _ in range(4)]
    with ThreadPoolExecutor(len(beginning)) as together:
        list(together.map(lambda each: each.begin(NOON, TEAM), beginning))
    with database.read() as conn:
        taken = [each for each in chains.load(conn, DESK) if each.kind == desk_record.DIRECTORY]
    database.dispose()
    assert len(taken) == 1
    assert [each.trouble for each in beginning] == [None] * len(beginning)


def test_without_a_file_what_is_kept_stands(started: tuple[Settings, Database]) -> None:
    _settings, database = started
    facts = facts_with(None)
    Directories(database, facts).begin(NOON, TEAM)
    assert facts.directory == load_file(DIRECTORY).directory


def test_a_file_with_another_name_goes_on_with_what_the_first_one_named(
    started: tuple[Settings, Database], tmp_path: Path
) -> None:
    _settings, database = started
    renamed = tmp_path / "who.yaml"
    text = DIRECTORY.read_text(encoding="utf-8")
    renamed.write_text(text.replace("  juniper:", "  juniper-two:"), encoding="utf-8")
    facts = facts_with(load_file(renamed))
    Directories(database, facts).begin(NOON, TEAM)
    juniper = facts.directory.account("juniper")
    assert juniper is not None
    assert not juniper.active
    assert {each.source for each in facts.kept.held.accounts.values() if each.active} == {
        "who.yaml"
    }
