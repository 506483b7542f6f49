"""The shape of the database: made once, refused when it is not ours, and guarded against loss.

Proves: F15, F26.
"""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

import store.migrations
from store.db import Database
from store.errors import DatabaseRefused
from store.metadata import metadata
from store.schema import HEAD, REVISIONS, migrate
from store.write import meta

TRIES = 20
"""The best of them was not interrupted, however busy the machine."""


def test_an_empty_database_is_brought_to_the_head_once(database_url: str) -> None:
    database = Database(database_url)
    assert migrate(database) is True
    assert migrate(database) is False
    database.dispose()


def test_the_migrations_make_exactly_the_tables_the_program_knows(database: Database) -> None:
    with database.write() as conn:
        context = MigrationContext.configure(conn, opts={"compare_type": False})
        found = compare_metadata(context, metadata)
    assert [one for one in found if "ix_outbox_work" not in str(one)] == []


def test_every_index_the_program_knows_is_there(database: Database) -> None:
    wanted = {str(index.name) for table in metadata.tables.values() for index in table.indexes}
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'index'"
        if database.dialect == "sqlite"
        else "SELECT indexname FROM pg_indexes"
    )
    with database.read() as conn:
        there = set(conn.execute(text(query)).scalars())
    assert wanted <= there


def test_the_revisions_listed_are_the_revisions_in_the_folder() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(store.migrations.__file__).parent))
    walked = ScriptDirectory.from_config(config).walk_revisions()
    assert tuple(reversed([one.revision for one in walked])) == REVISIONS


def test_a_database_at_the_head_is_recognised_in_under_30_ms(database: Database) -> None:
    migrate(database)

    def took_s() -> float:
        asked = time.perf_counter()
        assert migrate(database) is False
        return time.perf_counter() - asked

    assert min(took_s() for _ in range(TRIES)) < 0.03


def test_a_start_at_the_head_does_not_load_alembic(database: Database) -> None:
    url = database.url.render_as_string(hide_password=False)
    code = (
        "import sys; from store.db import Database; from store.schema import migrate;"
        f"migrate(Database({url!r})); sys.exit('alembic' in sys.modules)"
    )
    root = Path(store.migrations.__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode == 0


def test_of_four_that_migrate_at_once_one_does(database_url: str) -> None:
    ready, done = threading.Barrier(4), []

    def start() -> None:
        database = Database(database_url)
        ready.wait()
        done.append(migrate(database))
        database.dispose()

    starters = [threading.Thread(target=start) for _ in range(4)]
    for starter in starters:
        starter.start()
    for starter in starters:
        starter.join()
    assert sorted(done) == [False, False, False, True]


def test_a_newer_database_is_refused_by_an_older_program(database: Database) -> None:
    with database.write() as conn:
        conn.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseRefused, match=f"9999.*up to {HEAD}"):
        migrate(database)


def test_another_programs_database_is_refused(database_url: str) -> None:
    database = Database(database_url)
    with database.write() as conn:
        conn.execute(text("CREATE TABLE accounts (id integer)"))
    with pytest.raises(DatabaseRefused, match="another program"):
        migrate(database)
    with database.read() as conn:
        assert inspect(conn).get_table_names() == ["accounts"]
    database.dispose()


def test_a_migration_that_fails_leaves_nothing_behind(database_url: str) -> None:
    def fail(_point: str) -> None:
        raise KeyboardInterrupt

    database = Database(database_url, at_commit=fail)
    with pytest.raises(KeyboardInterrupt):
        migrate(database)
    with database.read() as conn:
        assert inspect(conn).get_table_names() == []
    database.dispose()


def path_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


def filled(url: str) -> Path:
    """Make a database with some pages in it, closed."""
    database = Database(url)
    migrate(database)
    with database.write() as conn:
        for number in range(200):
            meta.put(conn, f"name {number}", "value " * 40)
    database.dispose()
    return path_of(url)


def test_a_new_database_file_is_for_its_owner_only(sqlite_url: str) -> None:
    Database(sqlite_url).dispose()
    assert path_of(sqlite_url).stat().st_mode & 0o777 == 0o600


def test_the_folder_of_a_new_database_is_made(tmp_path: Path) -> None:
    Database(f"sqlite:///{tmp_path / 'var' / 'x.db'}").dispose()
    assert (tmp_path / "var" / "x.db").exists()


def test_a_reader_of_records_does_not_make_a_database(sqlite_url: str) -> None:
    with pytest.raises(DatabaseRefused, match="no database file"):
        Database(sqlite_url, create=False)
    assert not path_of(sqlite_url).exists()


@pytest.mark.parametrize("left", [None, b""])
def test_a_lost_file_beside_its_log_is_refused_and_not_made_anew(
    sqlite_url: str, left: bytes | None
) -> None:
    path = filled(sqlite_url)
    path.with_name(path.name + "-wal").write_bytes(b"something was here")
    path.unlink()
    if left is not None:
        path.write_bytes(left)
    with pytest.raises(DatabaseRefused, match="its log"):
        Database(sqlite_url)
    assert not path.exists() or path.read_bytes() == left


def test_a_file_that_is_no_database_is_refused_and_left_as_it_is(sqlite_url: str) -> None:
    path_of(sqlite_url).write_text("name,amount\n" * 99)
    with pytest.raises(DatabaseRefused, match="not a SQLite database"):
        Database(sqlite_url)
    assert path_of(sqlite_url).read_text().startswith("name,amount")


def test_a_file_of_another_program_is_refused(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    with database.write() as conn:
        conn.execute(text("CREATE TABLE accounts (id integer)"))
    database.dispose()
    with pytest.raises(DatabaseRefused, match="another program"):
        Database(sqlite_url)


@pytest.mark.parametrize("share", [0.3, 0.5, 0.9])
def test_a_truncated_file_is_refused(sqlite_url: str, share: float) -> None:
    path = filled(sqlite_url)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(DatabaseRefused, match="damaged"):
        Database(sqlite_url)


def test_a_file_with_a_broken_page_is_refused(sqlite_url: str) -> None:
    path = filled(sqlite_url)
    whole = bytearray(path.read_bytes())
    page = len(whole) // 4096 // 2 * 4096
    whole[page : page + 64] = b"\xff" * 64
    path.write_bytes(whole)
    with pytest.raises(DatabaseRefused, match="damaged"):
        Database(sqlite_url)
