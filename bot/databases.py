"""The database as a command needs it: made and brought up to date, or taken as it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from bot.settings import Settings
from store.db import CommitPoint, Database
from store.errors import DatabaseRefused
from store.schema import migrate, require


def make_database(
    settings: Settings, at_commit: Callable[[CommitPoint], None] | None = None
) -> Database:
    """Open the database and bring it up to date.

    Raises:
        DatabaseRefused: The database cannot be used.
    """
    url = settings.database.url.get_secret_value()
    try:
        if url.startswith("sqlite:///"):
            Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
        database = Database(url, at_commit=at_commit)
    except OSError as error:
        raise DatabaseRefused(
            f"The database file (DATABASE_URL) cannot be used: {error.strerror}."
        ) from error
    migrate(database)
    return database


def open_database(settings: Settings) -> Database:
    """Open the database as it is, for a command that asks or mends: nothing is made or migrated.

    Raises:
        DatabaseRefused: There is none at this address, or it is another program's.
        NotMigrated: It has not the shape that this program needs.
    """
    database = Database(settings.database.url.get_secret_value(), create=False)
    try:
        require(database)
    except BaseException:
        database.dispose()
        raise
    return database
