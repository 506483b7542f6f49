"""Who is who is kept in tables: read as it was written, and afterwards only what changed."""

from __future__ import annotations

from dataclasses import replace

from protocols.people.directory import (
    Account,
    AccountContact,
    AccountKind,
    ContactRole,
    Directory,
    Person,
    RecordLink,
    Team,
)
from protocols.people.duties import Duty, Hours
from protocols.people.taking_in import WhoIsWho, taking_in
from protocols.scales import ProgramLevel
from store.db import Database
from store.read import directory as reading
from store.write import directory as writing
from tests.contract.store.samples import NOON

ADMIN = AccountContact("Admin One", "admin@acme.example", "1", True, "U0ADMIN01", ContactRole.ADMIN)
ACME = Account(
    "acme",
    "Acme",
    AccountKind.PARTNER,
    "Europe/Berlin",
    program_level=ProgramLevel.GOLD,
    csm="csm-one",
    contacts=(ADMIN, AccountContact("Clerk Two")),
    vendor_poc=AccountContact("Processor One"),
    tags=("erp",),
    intake="portal",
    records=(RecordLink("Contract", "https://records.vendor.example"),),
)
ELM = Account("elm", "Elm", AccountKind.CUSTOMER, "UTC", contacts=(AccountContact("Elm One"),))
ONE = Person("csm-one", "CSM One", "one@vendor.example", duties=(Duty("csm"),), teams=("desk",))
TWO = Person("csm-two", "CSM Two", "two@vendor.example",
             duties=(Duty("csm", Hours(60, 120), "UTC"),))  # fmt: skip
ALL = Directory((TWO, ONE), (Team("desk", "Desk"),), (ELM, ACME))
FILE = "directory.yaml"


def take_in(database: Database, named: Directory, file: str = FILE) -> int:
    with database.write() as conn:
        taken = taking_in(reading.whole(conn), named, file)
        revision = writing.next_revision(conn)
        writing.put(conn, taken, revision)
        writing.note_import(conn, file, "digest", NOON, {"accounts": 2})
        return revision


def kept(database: Database, since: int = 0) -> WhoIsWho:
    with database.read() as conn:
        return reading.whole(conn, since)


def test_everybody_and_every_account_is_read_as_written_in_the_files_order(
    database: Database,
) -> None:
    take_in(database, ALL)
    assert kept(database).directory == ALL


def test_what_was_taken_in_once_changes_nothing_the_second_time(database: Database) -> None:
    take_in(database, ALL)
    assert taking_in(kept(database), ALL, FILE).is_nothing


def test_only_what_changed_since_a_revision_is_read_again(database: Database) -> None:
    first = take_in(database, ALL)
    assert kept(database, first).accounts == {}
    renamed = replace(ACME, name="Acme Group", contacts=(ADMIN,))
    second = take_in(database, replace(ALL, accounts=(ELM, renamed)))
    changed = kept(database, first)
    assert [each.value for each in changed.accounts.values()] == [renamed]
    assert changed.people == {}
    with database.read() as conn:
        assert reading.revision(conn) == second


def test_whom_a_file_no_longer_names_is_inactive_and_nothing_is_lost(database: Database) -> None:
    take_in(database, ALL)
    take_in(database, Directory((TWO,), (), (ELM,)))
    directory = kept(database).directory
    assert directory.people == (TWO,)
    assert directory.teams == ()
    assert directory.account("acme") == replace(ACME, active=False)


def test_two_files_leave_each_other_alone(database: Database) -> None:
    take_in(database, ALL)
    birch = Account("birch", "Birch", AccountKind.CUSTOMER, "UTC")
    take_in(database, Directory(accounts=(birch,)), "birches.csv")
    found = kept(database)
    assert set(found.accounts) == {"acme", "elm", "birch"}
    assert found.accounts["birch"].source == "birches.csv"
    assert found.directory.people == ALL.people


def test_it_is_known_when_a_file_was_taken_in_last(database: Database) -> None:
    with database.read() as conn:
        assert reading.last_import(conn, FILE) is None
        assert reading.revision(conn) == 0
    take_in(database, ALL)
    with database.read() as conn:
        last = reading.last_import(conn, FILE)
        assert last is not None
        assert (last.digest, last.at) == ("digest", NOON)
