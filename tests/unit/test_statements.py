"""What statements compile to is kept once for all databases of one kind."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

from store.db import Database
from store.schema import migrate
from store.statements import ALL, KEPT_MOST, Statements
from store.tables import counter


def _dialect(version: tuple[int, ...] = (3, 45)) -> SimpleNamespace:
    return SimpleNamespace(server_version_info=version)


def test_a_statement_is_compiled_once_for_the_reader_the_writer_and_another_database(
    tmp_path: Path,
) -> None:
    first, second = (Database(f"sqlite:///{tmp_path / name}.db") for name in ("one", "two"))
    for each in (first, second):
        migrate(each)
    wanted = counter.select().where(counter.c.name == "told once")
    with first.read() as conn:
        conn.execute(wanted)
    known = set(ALL)
    for each in (first, second):
        with each.write() as conn:
            assert conn.execute(wanted).all() == []
    assert set(ALL) == known
    for each in (first, second):
        each.dispose()


def test_databases_of_another_version_share_nothing() -> None:
    kept = Statements()
    kept[_dialect(), "select"] = "compiled"
    assert kept.get((_dialect(), "select")) == "compiled"
    assert kept.get((_dialect((3, 46)), "select")) is None


def test_a_flood_of_statements_starts_the_keeping_anew() -> None:
    kept = Statements()
    for number in range(KEPT_MOST + 1):
        kept[_dialect(), number] = number
    assert len(kept) == 1
