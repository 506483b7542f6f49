"""Kept records of the first form: the rows of a few histories, as its own commit wrote them.

`tests/contract/newer/keep.py` says how they were made. They are values of SQLite: instants
are numbers, JSON is text.
"""

from __future__ import annotations

import json
import lzma
import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

KEPT = Path(__file__).parents[1] / "data" / "format-1" / "records.jsonl.xz"
Row = dict[str, Any]
Record = tuple[str, Row]


@cache
def histories() -> Mapping[int, Sequence[Record]]:
    """Return every kept history: its rows in the order in which they were written, by table."""
    found: dict[int, list[Record]] = defaultdict(list)
    with lzma.open(KEPT, "rt", encoding="ascii") as lines:
        for line in lines:
            said = json.loads(line)
            found[said["history"]].append((said["table"], said["row"]))
    return found


def put(history: int, path: Path) -> None:
    """Put a history into a migrated, empty SQLite file, naming only the columns of its day."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for table, row in histories()[history]:
            columns, marks = ", ".join(row), ", ".join("?" * len(row))
            statement = f"INSERT INTO {table} ({columns}) VALUES ({marks})"
            connection.execute(statement, list(row.values()))


def sampled_events() -> set[str]:
    """Return the kinds of events of which there is a sample."""
    samples = KEPT.parent / "settled" / "events_full.json"
    return {event["type"] for event in json.loads(samples.read_text(encoding="ascii"))}
