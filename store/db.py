"""The way into the database: engines, transactions, and the dialects' differences.

SQLite: write-ahead log, every commit on the disk, writers of a process in order of arrival.
PostgreSQL: READ COMMITTED, and a server that fences a frozen process by itself.
Trying again is not done here.
"""

from __future__ import annotations

import logging
import select
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import DisconnectionError

from store import mishaps, statements
from store.errors import DatabaseRefused
from store.files import admit
from store.json_text import from_json, to_json
from store.writers import WriterQueue, queue_of

# The connection is named here too, because outside of this folder nobody imports SQLAlchemy.
__all__ = ["CommitPoint", "Connection", "Database", "after_commit", "is_sqlite"]

_log = logging.getLogger(__name__)

CommitPoint = Literal["before", "after"]
_HOOKS = "bridgewatch_after_commit"
_BUSY_TIMEOUT_S = 10
_TURN_TIMEOUT_S = 30.0
# jit off: compiling a claim's plan takes a hundred times as long as running it.
_POSTGRES_OPTIONS = (
    "-c idle_in_transaction_session_timeout=30000 -c lock_timeout=10000"
    " -c timezone=UTC -c jit=off -c application_name=bridgewatch"
)


class Database:
    """Be one database: where transactions are opened and nowhere else.

    Args:
        url: a SQLAlchemy address; `sqlite:///file` or `postgresql://...`.
        at_commit: called with "before" and "after" around every COMMIT of a write
            transaction, so that a crash test can end the process exactly there.
        create: make a missing SQLite file.
        connections: how many PostgreSQL connections this process may hold.

    Raises:
        DatabaseRefused: when the SQLite file is missing beside its log, damaged or foreign.
    """

    def __init__(
        self,
        url: str,
        *,
        at_commit: Callable[[CommitPoint], None] | None = None,
        create: bool = True,
        connections: int = 24,
    ) -> None:
        """Check the address and the file; connect on first use."""
        self.url = _normal(url)
        self.dialect: Literal["sqlite", "postgresql"]
        self._at_commit = at_commit
        self._queue: WriterQueue | None = None
        if self.url.get_backend_name() == "sqlite":
            self.dialect = "sqlite"
            path = Path(str(self.url.database)).resolve()
            admit(path, create=create)
            self._queue = queue_of(str(path))
            self._writer = _sqlite_writer(self.url)
            self._reader = _sqlite_reader(self.url)
        else:
            self.dialect = "postgresql"
            self._writer = _postgres(self.url, connections)
            self._reader = self._writer.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Yield a connection inside one transaction: all of the block is kept, or nothing.

        What `after_commit` noted runs when the commit stands, in this thread, with no lock held.
        """
        turn = self._queue.turn(timeout_s=_TURN_TIMEOUT_S) if self._queue else nullcontext()
        with turn, self._writer.connect() as conn:
            hooks: list[Callable[[], None]] = []
            # Taken now: a connection that was lost answers a look at its info with another error.
            info = conn.info
            info[_HOOKS] = hooks
            try:
                with conn.begin() as transaction:
                    yield conn
                    self._reach("before")
                    transaction.commit()
                    self._reach("after")
            finally:
                info.pop(_HOOKS, None)
        for hook in hooks:
            _run(hook)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Yield a connection that sees one moment of the database and can change nothing."""
        with self._reader.connect() as conn, conn.begin():
            yield conn

    def ping(self) -> None:
        """Ask the database for one row; its error is the answer when it does not work."""
        with self.read() as conn:
            conn.execute(text("SELECT 1"))

    def dispose(self) -> None:
        """Close every connection; the next use opens new ones."""
        self._reader.dispose()
        self._writer.dispose()

    def _reach(self, point: CommitPoint) -> None:
        if self._at_commit is not None:
            self._at_commit(point)


def after_commit(conn: Connection, callback: Callable[[], None]) -> None:
    """Note a call to make once this write transaction has been committed."""
    hooks = conn.info.get(_HOOKS)
    if hooks is None:
        raise RuntimeError("after_commit needs a connection of Database.write().")
    hooks.append(callback)


def is_sqlite(conn: Connection) -> bool:
    """Say whether this connection speaks to SQLite, where a writer is always alone."""
    return conn.dialect.name == "sqlite"


def _run(hook: Callable[[], None]) -> None:
    try:
        hook()
    except Exception:  # noqa: BLE001
        # The commit stands whatever a hook does; raising would tell the caller the opposite.
        _log.exception("A call noted for after the commit failed.")


def _normal(url: str) -> URL:
    parsed = make_url(url)
    if parsed.drivername in {"postgres", "postgresql"}:
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() not in {"sqlite", "postgresql"}:
        raise DatabaseRefused("DATABASE_URL must begin with sqlite:/// or postgresql://.")
    if parsed.get_backend_name() == "sqlite" and parsed.database in {None, "", ":memory:"}:
        raise DatabaseRefused("DATABASE_URL must name a SQLite file: memory forgets promises.")
    return parsed


def _engine(url: URL, **options: object) -> Engine:
    engine = create_engine(
        url,
        hide_parameters=True,
        json_serializer=to_json,
        json_deserializer=from_json,
        execution_options={"compiled_cache": statements.ALL},
        **options,
    )
    mishaps.attend(engine)
    return engine


def _sqlite_writer(url: URL) -> Engine:
    # The queue lets one writer in at a time, so that one connection is all it can use.
    engine = _engine(url, pool_size=1, max_overflow=1)
    _prepare(engine, "BEGIN IMMEDIATE", "journal_mode=WAL", "synchronous=FULL")
    return engine


def _sqlite_reader(url: URL) -> Engine:
    engine = _engine(url, pool_size=8, max_overflow=24)
    # Eight pools of 2 MB each would remember what the system's own cache holds anyway.
    _prepare(engine, "BEGIN", "query_only=ON", "cache_size=-256")
    return engine


def _prepare(engine: Engine, begin: str, *pragmas: str) -> None:
    settings = (
        f"busy_timeout={_BUSY_TIMEOUT_S * 1000}",
        *pragmas,
        "foreign_keys=ON",
        # Without it a REPLACE would delete a journal row behind the trigger's back.
        "recursive_triggers=ON",
        "temp_store=MEMORY",
        "journal_size_limit=67108864",
    )

    def on_connect(raw: sqlite3.Connection, _record: object) -> None:
        raw.isolation_level = None
        cursor = raw.cursor()
        for setting in settings:
            cursor.execute(f"PRAGMA {setting}")
        cursor.close()

    def on_begin(conn: Connection) -> None:
        conn.exec_driver_sql(begin)

    event.listen(engine, "connect", on_connect)
    event.listen(engine, "begin", on_begin)


def _postgres(url: URL, connections: int) -> Engine:
    engine = _engine(
        url,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=10,
        isolation_level="READ COMMITTED",
        connect_args={
            "options": _POSTGRES_OPTIONS,
            "connect_timeout": 5,
            "keepalives": 1,
            "keepalives_idle": 10,
            "keepalives_interval": 5,
            "keepalives_count": 3,
        },
    )
    _ask_when_something_came(engine)
    event.listen(engine, "checkout", _as_the_server_says)
    return engine


def _as_the_server_says(raw: Any, _record: object, _fairy: object) -> None:
    """Let the server say whether a transaction may write.

    A reader leaves its connection asking to write, even where an administrator, or a provider
    whose disk is full, has made the database read-only: then some connections wrote and some not.
    """
    if raw.read_only is False:
        raw.read_only = None


def _ask_when_something_came(engine: Engine) -> None:
    """Ask a connection whether it lives when its server said something while it rested.

    A server that ends, or is killed, closes its connections, and that shows without a question;
    one question a transaction would cost as much as a statement.
    """

    def on_checkout(raw: Any, _record: object, _fairy: object) -> None:
        if not _has_news(raw.fileno()):
            return
        try:
            engine.dialect.do_ping(raw)
        except engine.dialect.loaded_dbapi.Error as error:
            raise DisconnectionError(str(error)) from error

    event.listen(engine, "checkout", on_checkout)


def _has_news(descriptor: int) -> bool:
    waiting = select.poll()
    waiting.register(descriptor, select.POLLIN)
    return bool(waiting.poll(0))
