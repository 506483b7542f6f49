"""A desk at any revision since the newest kept past is brought to the head with all that it holds.

Each is made by the migrations themselves, and filled with what of a played desk it has room for.
"""

from __future__ import annotations

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import MetaData, Table, select

from store import schema
from store.db import Connection
from store.schema import HEAD, REVISIONS, migrate, revision
from tests.kit import past as kept

pytestmark = pytest.mark.slow

KEPT = "0003"
LATER = REVISIONS[REVISIONS.index(KEPT) + 1 : -1]
ROWS_AT_LEAST = 100


@pytest.mark.parametrize("at", LATER)
def test_a_desk_of_an_earlier_revision_loses_nothing(
    sqlite_desk: str, sqlite_url: str, at: str
) -> None:
    loses_nothing(sqlite_desk, sqlite_url, at)


@pytest.mark.postgres
def test_nor_does_one_on_a_server(postgres_desk: str, postgres_url: str) -> None:
    loses_nothing(postgres_desk, postgres_url, LATER[0])


def loses_nothing(desk_url: str, url: str, at: str) -> None:
    """Fill a database of a revision from a desk, bring it to the head, and look at all of it."""
    with kept.opened(desk_url) as desk, kept.opened(url) as database:
        with desk.read() as whole, database.write() as conn:
            brought_to(conn, at)
            tables = tables_of(conn)
            filled(whole, conn, tables)
            before = held(conn, tables)
        assert sum(len(rows) for rows in before.values()) > ROWS_AT_LEAST
        assert migrate(database)
        with database.read() as conn:
            assert revision(conn) == HEAD
            assert held(conn, tables) == before
            assert kept.verified(conn).endswith("are intact.")


def brought_to(conn: Connection, at: str) -> None:
    """Make the tables of a revision in an empty database."""
    config = Config()
    config.set_main_option("script_location", str(schema._MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = conn
    command.upgrade(config, at)


def tables_of(conn: Connection) -> list[Table]:
    """Return the tables that stand in a database, those that others point to first."""
    found = MetaData()
    found.reflect(conn)
    return [table for table in found.sorted_tables if table.name != "alembic_version"]


def filled(whole: Connection, conn: Connection, tables: list[Table]) -> None:
    """Write what a desk at the head holds, as far as there is room for it."""
    newest = {table.name: table for table in tables_of(whole)}
    for table in tables:
        columns = [newest[table.name].c[column.name] for column in table.columns]
        rows = [dict(row) for row in whole.execute(select(*columns)).mappings()]
        if rows:
            conn.execute(table.insert(), rows)


def held(conn: Connection, tables: list[Table]) -> dict[str, list[str]]:
    """Return what the tables hold in the columns that they had."""
    return {
        table.name: sorted(repr(tuple(row)) for row in conn.execute(select(table)))
        for table in tables
    }
