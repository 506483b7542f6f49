"""Fixtures of every test: a fresh database on both engines, and no unexpected ERROR line."""

from __future__ import annotations

import gc
import itertools
import logging
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from bot import interpreter
from store.db import Database
from store.schema import migrate
from tests.kit import postgres as pg
from tests.kit.clones import Clones
from tests.kit.errors import ErrorLines
from tests.kit.staged import may_hold

Fresh = Callable[[], AbstractContextManager[str]]
"""Gives the URL of a migrated, empty database for as long as the context lasts, in any thread.

A suite plays hundreds of incidents: kept until its end, their databases would be gigabytes.
"""

ENGINES = [
    pytest.param("sqlite_url", id="sqlite"),
    pytest.param("postgres_url", id="postgresql", marks=pytest.mark.postgres),
]
# The same examples in every run, however busy the machine: a change fails by what it does alone.
# BRIDGEWATCH_EXAMPLES=new looks for new ones.
settings.register_profile(
    "house",
    deadline=None,
    derandomize=os.environ.get("BRIDGEWATCH_EXAMPLES") != "new",
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("house")
MIGRATED_ENGINES = [
    pytest.param("migrated_sqlite_url", id="sqlite"),
    pytest.param("migrated_postgres_url", id="postgresql", marks=pytest.mark.postgres),
]


LONGEST_FIRST = (
    "tests/histories/",
    "tests/crash/test_kills.py",
    "tests/contract/test_past.py",
    "tests/crash/",
    "tests/faults/",
    "tests/journeys/test_delivery.py",
    "tests/property/",
    "tests/replicas/",
    "tests/rolling/",
    "tests/example/",
    "tests/journeys/",
)
"""What takes minutes: begun last, it would be waited for by one worker alone."""


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave a file unread that holds none of the tests asked for: each worker reads every other."""
    asked = config.getoption("markexpr")
    named = {Path(each.split("::")[0]).resolve() for each in config.args}
    if not asked or not collection_path.name.startswith("test_") or collection_path in named:
        return None
    return None if may_hold(asked, collection_path.read_text("utf-8")) else True


gc.set_threshold(interpreter.COLLECT_AFTER, interpreter.COLLECT_OLDER, interpreter.COLLECT_OLDER)


def pytest_collection_finish() -> None:
    """Have Python set as the product has it: thousands of tests are gone through only once."""
    interpreter.after_start()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest."""
    items.sort(key=lambda item: _turn(item.nodeid))


def _turn(nodeid: str) -> int:
    begins = (number for number, name in enumerate(LONGEST_FIRST) if nodeid.startswith(name))
    return next(begins, len(LONGEST_FIRST))


@pytest.fixture(scope="session")
def postgres() -> Iterator[pg.Postgres]:
    """Give the session's PostgreSQL; skip without one, fail where one is required (CI)."""
    try:
        with pg.session() as server:
            yield server
    except pg.PostgresMissing as missing:
        if pg.required():
            pytest.fail(str(missing), pytrace=False)
        pytest.skip(str(missing))


@pytest.fixture
def postgres_url(postgres: pg.Postgres) -> Iterator[str]:
    """Give the URL of an empty database on PostgreSQL, gone after the test."""
    name = postgres.create()
    yield postgres.url(name)
    postgres.drop(name)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """Give the URL of a SQLite file that does not exist yet."""
    return f"sqlite:///{tmp_path / 'bridgewatch.db'}"


@pytest.fixture(params=ENGINES)
def database_url(request: pytest.FixtureRequest) -> str:
    """Give the URL of an empty database, once on each engine: one suite proves both."""
    url: str = request.getfixturevalue(request.param)
    return url


@pytest.fixture(scope="session")
def postgres_template(postgres: pg.Postgres) -> str:
    """Give the name of a migrated database that others are cloned from."""
    name = postgres.create()
    migrated(postgres.url(name))
    return name


@pytest.fixture(scope="session")
def postgres_clones(postgres: pg.Postgres, postgres_template: str) -> Clones:
    """Give migrated databases that are emptied and taken again."""
    return Clones(postgres, postgres_template)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a migrated SQLite file that others are copied from."""
    path = tmp_path_factory.mktemp("template") / "bridgewatch.db"
    migrated(f"sqlite:///{path}")
    return path


@pytest.fixture
def migrated_postgres_url(postgres_clones: Clones) -> Iterator[str]:
    """Give the URL of a migrated, empty database on PostgreSQL."""
    with postgres_clones.taken() as url:
        yield url


@pytest.fixture
def migrated_sqlite_url(sqlite_template: Path, sqlite_url: str, tmp_path: Path) -> str:
    """Give the URL of a migrated, empty SQLite file."""
    shutil.copy(sqlite_template, tmp_path / "bridgewatch.db")
    return sqlite_url


@pytest.fixture(params=MIGRATED_ENGINES)
def migrated_database_url(request: pytest.FixtureRequest) -> str:
    """Give the URL of a migrated, empty database, once on each engine; a copy, so it is quick."""
    url: str = request.getfixturevalue(request.param)
    return url


@pytest.fixture
def fresh_sqlite(sqlite_template: Path, tmp_path: Path) -> Fresh:
    """Give migrated SQLite files."""
    numbers = itertools.count(1)

    @contextmanager
    def fresh() -> Iterator[str]:
        path = tmp_path / f"incident-{next(numbers)}.db"
        shutil.copy(sqlite_template, path)
        try:
            yield f"sqlite:///{path}"
        finally:
            for left in tmp_path.glob(f"{path.name}*"):
                left.unlink()

    return fresh


@pytest.fixture
def fresh_postgres(postgres_clones: Clones) -> Fresh:
    """Give migrated databases on PostgreSQL."""
    return postgres_clones.taken


@pytest.fixture(
    params=[
        pytest.param("fresh_sqlite", id="sqlite"),
        pytest.param("fresh_postgres", id="postgresql", marks=pytest.mark.postgres),
    ]
)
def fresh_database(request: pytest.FixtureRequest) -> Fresh:
    """Give migrated databases, once on each engine."""
    found: Fresh = request.getfixturevalue(request.param)
    return found


def migrated(url: str) -> None:
    """Bring the database at a URL up to date, and let go of it."""
    database = Database(url)
    migrate(database)
    database.dispose()


@pytest.fixture
def error_lines() -> Iterator[ErrorLines]:
    """Collect the ERROR lines of the running test; `error_lines.expect(text)` allows one."""
    lines = ErrorLines()
    logging.getLogger().addHandler(lines)
    yield lines
    logging.getLogger().removeHandler(lines)


@pytest.fixture(autouse=True)
def no_unexpected_error_line(
    request: pytest.FixtureRequest, error_lines: ErrorLines
) -> Iterator[None]:
    """Fail a test that passed while the program wrote ERROR."""
    yield
    if request.node.get_closest_marker("expects_errors") is None:
        assert error_lines.unexpected() == []
