"""Fixtures: the older release's code, and both releases on one PostgreSQL database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kit.journey import STARTS_AT
from tests.rolling.two import HistoryMissing, Two, two_releases, unpack_older


@pytest.fixture(scope="session")
def older_tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with the older release's code; fail where the history does not hold it."""
    folder = tmp_path_factory.mktemp("older")
    try:
        unpack_older(folder)
    except HistoryMissing as missing:
        pytest.fail(str(missing), pytrace=False)
    return folder


@pytest.fixture
def two(older_tree: Path, postgres_url: str, tmp_path: Path) -> Iterator[Two]:
    """Give both releases side by side."""
    with two_releases(older_tree, postgres_url, tmp_path) as running:
        yield running


@pytest.fixture
def on_a_monday(older_tree: Path, postgres_url: str, tmp_path: Path) -> Iterator[Two]:
    """Give both releases side by side, on the morning on which the journeys begin."""
    with two_releases(older_tree, postgres_url, tmp_path, starts_at=STARTS_AT) as running:
        yield running
