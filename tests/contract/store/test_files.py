"""What is found of a SQLite file before it is used, while other processes use it."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.db import Database
from store.errors import DatabaseRefused
from store.files import admit


class LogThatGoes(type(Path())):  # type: ignore[misc]
    """A file whose log goes between two looks at it, as with the last process that closes it."""

    def exists(self) -> bool:
        return self.name.endswith("-wal") or bool(super().exists())


def test_a_log_that_goes_while_it_is_looked_at_is_no_fault(migrated_sqlite_url: str) -> None:
    Database(migrated_sqlite_url).dispose()
    admit(LogThatGoes(migrated_sqlite_url.removeprefix("sqlite:///")), create=False)


def test_a_log_beside_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "lost.db-wal").write_bytes(b"what was written last")
    with pytest.raises(DatabaseRefused, match="missing or empty"):
        admit(tmp_path / "lost.db", create=True)
    assert not (tmp_path / "lost.db").exists()
