"""Records as a table, in CSV: one row a record; every further column is a label. Source: S67."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from bot.files.account_table import RowRefused
from bot.files.directory import digest_of, said
from bot.files.lines import FileRefused, Lined, content_of, decoded
from bot.files.record_entries import RecordBatch, read_records
from protocols.policy.sections import EntryPath, EntryRefused

LARGEST_BYTES = 64_000_000
COLUMNS = ("account", "type", "id", "address", "as_of")
"""Those that a table has; what is said under any other is a field of the record."""


class RecordsRefused(FileRefused):
    """Records cannot be taken in; each line says which one and why."""


def load_records(path: Path, now: datetime) -> tuple[RecordBatch, Lined]:
    """Read a table of records; see `parse_records`."""
    return parse_records(content_of(path, LARGEST_BYTES), path.name, now)


def parse_records(content: bytes, name: str, now: datetime) -> tuple[RecordBatch, Lined]:
    """Read the content of a table of records, and the line of each.

    Raises:
        RecordsRefused: Everything that is wrong, a line each.
    """
    try:
        text = decoded(content, name, LARGEST_BYTES)
    except FileRefused as refused:
        raise RecordsRefused(str(refused)) from refused
    lines: dict[EntryPath, int] = {}
    wrong: list[EntryRefused] = []
    records, refused_rows = read_records(_rows(text, name, lines, wrong), now)
    lined = Lined(name, {}, lines)
    if wrong or refused_rows:
        raise refused_in(lined, [*wrong, *refused_rows])
    return RecordBatch(name, digest_of(content), records), lined


def refused_in(lined: Lined, wrong: Iterable[EntryRefused]) -> RecordsRefused:
    """Return what is wrong with a table, a line each: which line says which row."""
    rows = [RowRefused(one.path, str(EntryRefused(one.path[1:], one.why))) for one in wrong]
    return RecordsRefused(said(lined, rows))


def _rows(
    text: str, name: str, lines: dict[EntryPath, int], wrong: list[EntryRefused]
) -> Iterator[tuple[EntryPath, object]]:
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        columns = [column.strip() for column in next(rows, [])]
        wrong += _wrong_columns(columns)
        if wrong:
            return
        for cells in rows:
            if not any(cell.strip() for cell in cells):
                continue
            path: EntryPath = (rows.line_num,)
            lines[path] = rows.line_num
            if len(cells) == len(columns):
                yield path, _entry(dict(zip(columns, cells, strict=True)))
            else:
                why = f"It has {len(cells)} cells, the first line names {len(columns)} columns."
                wrong.append(EntryRefused(path, f"{why} Put quotes around a cell with a comma."))
    except csv.Error as broken:
        raise RecordsRefused(f"{name} line {rows.line_num}: It is no table ({broken}).") from broken


def _wrong_columns(columns: list[str]) -> Iterator[EntryRefused]:
    for column in COLUMNS:
        if column not in columns:
            yield EntryRefused((), f"The column {column} is missing.")
    for column in sorted({one for one in columns if columns.count(one) > 1}):
        yield EntryRefused((), f'The column "{column}" stands here twice.')
    if "" in columns:
        yield EntryRefused((), "A column has no name.")


def _entry(row: dict[str, str]) -> dict[str, object]:
    entry: dict[str, object] = {name: row[name].strip() or None for name in COLUMNS}
    fields = {label: text for label, text in row.items() if label not in COLUMNS and text.strip()}
    return {**entry, "fields": fields}
