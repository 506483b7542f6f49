"""Bringing a database to the shape this program needs, once, by one process."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from store.db import Database, is_sqlite
from store.errors import DatabaseRefused, NotMigrated
from store.files import APPLICATION_ID

# Oldest first; the last one is the shape of `store.tables`. A test compares it with the folder.
REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0007", "0009", "0010", "0012", "0013", "0015")
HEAD = REVISIONS[-1]

_MIGRATIONS = Path(__file__).parent / "migrations"
# Any number serves as the lock's name, as long as every version of this program uses the same.
_LOCK = 0x42525754
_VERSION = text("SELECT version_num FROM alembic_version")


def migrate(database: Database) -> bool:
    """Bring the database to HEAD; of several processes one works and the others wait.

    Returns:
        Whether anything had to be done.

    Raises:
        DatabaseRefused: when the database belongs to another program or a newer version.
    """
    with database.read() as conn:
        if revision(conn) == HEAD:
            return False
    with database.write() as conn:
        if not is_sqlite(conn):
            # The wait for another's migration may be longer than any wait for a row.
            conn.execute(text("SET LOCAL lock_timeout = 0"))
            conn.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        if revision(conn) == HEAD:
            return False
        if is_sqlite(conn):
            conn.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        _upgrade(conn)
    return True


def require(database: Database) -> None:
    """Refuse a database that is not at HEAD; it is left as it is.

    Raises:
        DatabaseRefused: when it is empty, another program's, or newer than this program.
        NotMigrated: when it is older.
    """
    with database.read() as conn:
        found = revision(conn)
    if found is None:
        raise DatabaseRefused(
            "There is nothing in the database at this address: check DATABASE_URL, or begin one"
            " with bridgewatch migrate."
        )
    if found != HEAD:
        raise NotMigrated(
            f"The database is at revision {found}; this program needs {HEAD}:"
            " run bridgewatch migrate."
        )


def revision(conn: Connection) -> str | None:
    """Return the revision the database is at, or None for an empty database.

    Raises:
        DatabaseRefused: when it is another program's database, or newer than this program.
    """
    tables = set(inspect(conn).get_table_names())
    if not tables:
        return None
    if "alembic_version" not in tables or "journal" not in tables:
        raise DatabaseRefused("The database holds tables of another program: check DATABASE_URL.")
    found: str | None = conn.execute(_VERSION).scalar_one_or_none()
    if found not in REVISIONS:
        raise DatabaseRefused(
            f"The database is at revision {found}, which this version of the program does not"
            f" know (it knows up to {HEAD}): start the newer version."
        )
    return found


def _upgrade(conn: Connection) -> None:
    # Imported here: Alembic takes longer to load than a start at HEAD takes altogether.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = conn
    command.upgrade(config, HEAD)
