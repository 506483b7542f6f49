"""What statements compile to, kept once for all that speak to one kind of database here.

SQLAlchemy keeps it for each engine: the one that writes to a SQLite file and the one that reads
it compiled most statements twice, and each process of a test compiled all of them for each of its
databases.
"""

from __future__ import annotations

from typing import Any

KEPT_MOST = 1_000
"""More than there are statements here; a flood of new ones starts the keeping anew."""


class Statements(dict[Any, Any]):
    """Compiled statements, found by what they are and the kind of the database."""

    def get(self, key: Any, default: Any = None, /) -> Any:
        """Return what a statement compiles to, as the engine asks for it."""
        return super().get(_of_kind(key), default)

    def __setitem__(self, key: Any, compiled: Any, /) -> None:
        """Keep what a statement compiles to."""
        if len(self) >= KEPT_MOST:
            self.clear()
        super().__setitem__(_of_kind(key), compiled)


def _of_kind(key: Any) -> tuple[Any, ...]:
    """Return a key in which dialects that compile alike are one."""
    dialect, *rest = key
    return (type(dialect), dialect.server_version_info, *rest)


ALL = Statements()
