"""What is checked on a SQLite file before it is used.

A fresh empty database beside an existing one would lose every promise in silence, so that
whatever looks like a damaged or foreign database is refused with a sentence instead.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from store.errors import DatabaseRefused

# "BRWT": marks a file as ours in its header.
APPLICATION_ID = 0x42525754
_MAGIC = b"SQLite format 3\x00"
_CHECK_WHOLE_BELOW_BYTES = 64 * 1024 * 1024


def admit(path: Path, *, create: bool) -> None:
    """Refuse a file that is missing beside its log, foreign or damaged; create a missing one.

    Args:
        path: the database file.
        create: make an empty file, readable by its owner only, where there is none.

    Raises:
        DatabaseRefused: with a sentence that names the file and what to do.
    """
    log = path.with_name(path.name + "-wal")
    # The log first: another process may make both in between, and then nothing is missing.
    is_orphan = bool(_size_of(log))
    if not _size_of(path):
        if is_orphan:
            raise DatabaseRefused(
                f"The database file {path} is missing or empty, but its log {log.name} is there:"
                " bring the file back, or restore a backup, before starting."
            )
        if _size_of(path) is None:
            _create(path, create=create)
        return
    _check_header(path)
    _check_pages(path)


def _size_of(path: Path) -> int | None:
    """Return how many bytes a file has, None without one: a log goes with whoever used it last."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return None


def _create(path: Path, *, create: bool) -> None:
    if not create:
        raise DatabaseRefused(
            f"There is no database file at {path}: check DATABASE_URL. Nothing was made."
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def _check_header(path: Path) -> None:
    with path.open("rb") as file:
        start = file.read(len(_MAGIC))
    if start != _MAGIC:
        raise DatabaseRefused(
            f"{path} is not a SQLite database, or its first page is damaged:"
            " check DATABASE_URL, or restore a backup."
        )


def _check_pages(path: Path) -> None:
    try:
        with closing(sqlite3.connect(path, timeout=10)) as connection:
            (mark,) = connection.execute("PRAGMA application_id").fetchone()
            (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            verdict = "ok"
            if path.stat().st_size <= _CHECK_WHOLE_BELOW_BYTES:
                (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.OperationalError as error:
        raise DatabaseRefused(f"{path} cannot be opened: {error}.") from error
    except sqlite3.DatabaseError as error:
        raise DatabaseRefused(f"{path} is damaged ({error}): restore a backup.") from error
    if verdict != "ok":
        raise DatabaseRefused(f"{path} is damaged ({verdict}): restore a backup.")
    if tables and mark != APPLICATION_ID:
        raise DatabaseRefused(
            f"{path} is a SQLite database of another program: check DATABASE_URL."
        )
