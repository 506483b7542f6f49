"""Records of accounts come in by a table: shown first, taken in once, all of them or none. S67."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.commands import records
from bot.engine import desk_record
from bot.engine.record_taking import take_in
from bot.files.record_table import RecordsRefused, parse_records
from bot.settings import Settings
from protocols.program_records.events import DealingKind, ProgramRecord, RecordField
from protocols.program_records.taking import RecordsTaken
from store.db import CommitPoint, Database
from store.journal_rows import DESK
from store.read import chains
from store.read import program_records as reading
from store.read.verification import verify
from tests.contract.store.samples import NOON
from tests.contract.test_accounts import begun

HEAD = "account,type,id,address,as_of,Stage,Amount"
DEAL = "acme,deal_registration,DR-1,https://crm.vendor.example/1,2025-11-20,Approved,USD 12"
CLAIM = "acme,mdf_claim,C-9,https://mdf.vendor.example/9,2025-11-21T09:30:00+01:00,,"
WRONG = (
    (",contract,K-1,https://x.example/1,2025-11-20,,", "account: It is missing"),
    ("acme,friend,K-2,https://x.example/1,2025-11-20,,", "type: 'friend' is none of: deal_"),
    ("acme,contract,,https://x.example/1,2025-11-20,,", "id: It is missing"),
    ("acme,contract,K-4,http://x.example/1,2025-11-20,,", "is no link"),
    ("acme,contract,K-5,https://x.example/<a>,2025-11-20,,", "is no address"),
    ("acme,contract,K-6,https://x.example/1,yesterday,,", "is no instant"),
    ("acme,contract,K-7,https://x.example/1,2025-11-20T09:30:00,,", "is no instant"),
    ("acme,contract,K-8,https://x.example/1,2999-11-20,,", "That day is still to come"),
    ("acme,contract,4111111111111111,https://x.example/1,2025-11-20,,", "reads as a card"),
    (f"acme,contract,K-9,https://x.example/1,2025-11-20,{'a' * 201},", "at most 200"),
    ("acme,contract,K-10,https://x.example/1,2025-11-20", "It has 5 cells"),
    (DEAL, "This record was given before"),
)
"""Rows that cannot be, each of its own kind, and what is said of it."""


class Died(Exception):
    """A process that ends at a commit."""


@pytest.fixture
def desk(migrated_database_url: str) -> Iterator[tuple[Settings, Database]]:
    """Give a database that a process with the sample directory has begun with."""
    yield from begun(migrated_database_url)


@pytest.fixture
def small_desk(migrated_sqlite_url: str) -> Iterator[tuple[Settings, Database]]:
    """Give the same on SQLite, for what the database has no say in."""
    yield from begun(migrated_sqlite_url)


def run(settings: Settings, file: Path, *, apply: bool = False) -> int:
    return records.take(settings, Namespace(file=file, apply=apply))


def table(folder: Path, *rows: str, head: str = HEAD) -> Path:
    path = folder / "deals.csv"
    path.write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")
    return path


def known(database: Database, account: str = "acme") -> list[ProgramRecord]:
    with database.read() as conn:
        return list(reading.recent(conn, account, limit=10))


def taken(database: Database) -> list[object]:
    """Return what the desk's chain says of records that were taken in."""
    with database.read() as conn:
        assert verify(conn).sound
        return [e.payload for e in chains.load(conn, DESK) if e.kind == desk_record.RECORDS]


def test_a_table_is_shown_first_then_taken_in_once_and_stands_in_the_desks_chain(
    desk: tuple[Settings, Database], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings, database = desk
    file = table(tmp_path, DEAL, CLAIM)
    run(settings, file)
    said = capsys.readouterr().out
    assert "+ line 2: acme deal_registration DR-1" in said
    assert "Nothing was changed" in said
    assert known(database) == []
    run(settings, file, apply=True)
    run(settings, file, apply=True)
    assert "Everything in deals.csv is known as it is." in capsys.readouterr().out
    claim, deal = known(database)
    assert claim.kind is DealingKind.MDF_CLAIM
    assert deal.fields == (RecordField("Stage", "Approved"), RecordField("Amount", "USD 12"))
    (entry,) = taken(database)
    assert isinstance(entry, dict)
    assert entry["source"] == "deals.csv"
    assert entry["new"] == ["acme deal_registration DR-1", "acme mdf_claim C-9"]


def test_every_mistake_is_named_by_line_and_nothing_is_taken_in(
    small_desk: tuple[Settings, Database], tmp_path: Path
) -> None:
    settings, database = small_desk
    file = table(tmp_path, DEAL, *(row for row, _ in WRONG))
    with pytest.raises(RecordsRefused) as refused:
        run(settings, file, apply=True)
    said = str(refused.value).splitlines()
    assert len(said) == len(WRONG)
    for number, ((_, why), line) in enumerate(zip(WRONG, said, strict=True), 3):
        assert line.startswith(f"deals.csv line {number}: ")
        assert why in line
    assert known(database) == []


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("account,type,id,as_of\n", "The column address is missing"),
        (f"{HEAD},Stage\n", 'The column "Stage" stands here twice'),
        (f"{HEAD},\n", "A column has no name"),
        (f'{HEAD}\n"acme', "It is no table"),
        (f"{HEAD},C,D,E,F,G,H,I\n{DEAL}{',x' * 7}\n", "at most 8 fields, got 9"),
    ],
    ids=["lacking", "twice", "nameless", "no table", "too much"],
)
def test_what_is_no_table_of_records_is_refused(content: str, why: str) -> None:
    with pytest.raises(RecordsRefused, match=why):
        parse_records(content.encode(), "deals.csv", NOON)


def test_a_record_of_an_account_that_is_not_there_is_named_by_line(
    small_desk: tuple[Settings, Database], tmp_path: Path
) -> None:
    settings, database = small_desk
    file = table(tmp_path, DEAL, DEAL.replace("acme", "nobody"))
    with pytest.raises(RecordsRefused, match=r"line 3: account: There is no account .nobody"):
        run(settings, file, apply=True)
    assert known(database) == []


def test_what_was_known_later_stands_and_what_is_said_later_is_taken(
    small_desk: tuple[Settings, Database], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings, database = small_desk
    run(settings, table(tmp_path, DEAL), apply=True)
    run(settings, table(tmp_path, DEAL.replace("11-20", "11-19")), apply=True)
    assert "1 older than what is known" in capsys.readouterr().out
    run(settings, table(tmp_path, DEAL.replace("11-20,Approved", "11-21,Won")), apply=True)
    assert [each.fields[0].text for each in known(database)] == ["Won"]
    assert len(taken(database)) == 2


def test_a_number_of_a_card_or_an_account_is_kept_nowhere(
    small_desk: tuple[Settings, Database], tmp_path: Path
) -> None:
    settings, database = small_desk
    run(settings, table(tmp_path, DEAL.replace("USD 12", "4111111111111111")), apply=True)
    assert known(database)[0].fields[1].text == "[card number ending 1111 masked]"


def test_processes_that_are_given_the_same_records_at_once_take_them_in_once(
    desk: tuple[Settings, Database],
) -> None:
    _settings, database = desk
    batch, _ = parse_records(f"{HEAD}\n{DEAL}\n{CLAIM}\n".encode(), "deals.csv", NOON)
    others = [Database(database.url.render_as_string(hide_password=False)) for _ in range(3)]

    def one(mine: Database) -> RecordsTaken:
        with mine.write() as conn:
            return take_in(conn, batch, NOON, by="bridgewatch", drill=True)

    with ThreadPoolExecutor(len(others)) as pool:
        came = list(pool.map(one, others))
    for each in others:
        each.dispose()
    assert sorted((len(each.new), each.same) for each in came) == [(0, 2), (0, 2), (2, 0)]
    assert len(taken(database)) == 1


@pytest.mark.parametrize(("point", "kept"), [("before", 0), ("after", 1)])
def test_whoever_dies_at_the_commit_has_taken_in_all_or_nothing_and_it_is_given_again(
    desk: tuple[Settings, Database], point: CommitPoint, kept: int
) -> None:
    _settings, database = desk
    batch, _ = parse_records(f"{HEAD}\n{DEAL}\n".encode(), "deals.csv", NOON)

    def dies(at: CommitPoint) -> None:
        if at == point:
            raise Died

    dying = Database(database.url.render_as_string(hide_password=False), at_commit=dies)
    with pytest.raises(Died), dying.write() as conn:
        take_in(conn, batch, NOON, by="bridgewatch", drill=True)
    dying.dispose()
    assert (len(known(database)), len(taken(database))) == (kept, kept)
    with database.write() as conn:
        again = take_in(conn, batch, NOON, by="bridgewatch", drill=True)
    assert (len(again.new), again.same) == (1 - kept, kept)
    assert (len(known(database)), len(taken(database))) == (1, 1)
