"""Kept histories of the first form: plays many, and keeps the few that hold every shape of all.

It was run on the code of the commit that `tests/contract/data/format-1/commit` names:

    PYTHONPATH=<that commit's tree> .venv/bin/python -P tests/contract/newer/keep.py

`records.jsonl.xz` there is what that commit's own engine, ticker and courier wrote, and is never
made anew. Each line is a row: of which history, of which table, and its columns. Chains, tickets
and due points are whole; a finished delivery keeps what it said when it is the first of its shape.
When this module no longer fits the program it may go, and the records stay.
"""

from __future__ import annotations

import json
import logging
import lzma
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.histories import runner
from tests.histories.history import History

PLAYED = 400
STEPS = 40
TABLES = ("counter", "chain", "ticket", "journal", "step", "outbox", "policy", "swap")
OUT = Path(__file__).parents[1] / "data" / "format-1" / "records.jsonl.xz"
FINISHED = ("done", "replaced", "dropped")
KEY = "key"
"""Begins the shapes of keys; there are too many for a history to be kept for each."""
Row = dict[str, Any]
Rows = list[tuple[str, Row]]


def main() -> None:
    """Play, choose, and write."""
    logging.disable(logging.CRITICAL)
    shapes: dict[int, set[str]] = {}
    packed: dict[int, bytes] = {}

    def look(history: History) -> None:
        rows = list(_rows(history))
        shapes[len(shapes)] = {shape for shape in _shapes(rows) if not shape.startswith(KEY)}
        packed[len(packed)] = lzma.compress(json.dumps(rows).encode())

    for seed in range(PLAYED):
        runner.by_seed(seed, STEPS, look)
    chosen = _chosen(shapes, packed)
    lines = list(_lines({seed: json.loads(lzma.decompress(packed[seed])) for seed in chosen}))
    text = "".join(f"{line}\n" for line in lines)
    OUT.write_bytes(lzma.compress(text.encode("ascii"), preset=9 | lzma.PRESET_EXTREME))


def _chosen(shapes: dict[int, set[str]], packed: dict[int, bytes]) -> list[int]:
    """Return histories that together hold every shape: each time the one that adds most a byte."""
    wanted = set().union(*shapes.values())
    chosen: list[int] = []
    while wanted:
        best = max(shapes, key=lambda seed: (len(shapes[seed] & wanted) / len(packed[seed]), -seed))
        chosen.append(best)
        wanted -= shapes[best]
    return sorted(chosen)


def _lines(histories: dict[int, Rows]) -> Iterator[str]:
    said: set[tuple[str, ...]] = set()
    for history, rows in histories.items():
        for table, row in rows:
            shape = tuple(_shapes([(table, row)]))
            silent = table == "outbox" and row["state"] in FINISHED and shape in said
            kept = {**row, "payload": "{}"} if silent else row
            said.add(shape)
            yield json.dumps({"history": history, "table": table, "row": kept}, sort_keys=True)


def _rows(history: History) -> Iterator[tuple[str, Row]]:
    with history.machine.program.parts.database.read() as conn:
        for table in TABLES:
            for row in conn.exec_driver_sql(f"SELECT * FROM {table} ORDER BY rowid").mappings():
                yield table, dict(row)


def _shapes(rows: Rows) -> Iterator[str]:
    """Yield what is written: each field that is filled, each kind of key, row and state."""
    for table, row in rows:
        if table == "journal" and row["payload"] is not None:
            yield from (f"{row['kind']}{path}" for path in _paths(json.loads(row["payload"])))
        elif table == "ticket":
            yield from (f"ticket{path}" for path in _paths(json.loads(row["body"])))
            yield f"ticket is {row['status']} {row['tier']}"
        elif table == "step":
            yield f"step {row['kind']} {row['state']}"
            yield f"{KEY} {_plain(row['key'])}"
        elif table == "outbox":
            yield f"outbox {row['gateway']} {row['method']} {row['surface']} {row['state']}"
            yield f"{KEY} {_plain(row['key'])} slot {_plain(row['slot'] or '')}"
            yield f"{KEY} stream {_plain(row['stream'])} needs {_plain(row['needs'])}"
        elif table == "swap":
            yield f"swap {row['duty']}"


def _paths(value: Any, path: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _paths(inner, f"{path}.{name}")
    elif isinstance(value, list):
        for inner in value:
            yield from _paths(inner, f"{path}[]")
    elif value not in (None, "", False, 0):
        yield path


def _plain(key: str) -> str:
    """Return a key without the numbers, letters of a digest, and names that differ each time."""
    return re.sub(r"[A-Z]{1,2}[0-9A-Z]{8,}|[0-9a-f]{12,}|[0-9]+|\b[a-z]+(-[a-z]+)+\b", "#", key)


if __name__ == "__main__":
    main()
