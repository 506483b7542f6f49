"""Tables as Slack accepts them, row by row and cell by cell.

Source: slack-contract 3.2, slack-today.
"""

from __future__ import annotations

from typing import Any

from drill.findings import Findings, Node
from drill.rich import check_rich_text, words

COLUMNS_MOST = 20
_PLAIN_CELLS = ("raw_text", "raw_number")


def check_table(found: Findings, node: Node, pointer: str) -> None:
    """Check a table: its rows may differ in length."""
    for place, row in enumerate(_rows(found, node, pointer, 100, 1)):
        _row(found, row, f"{pointer}/rows/{place}", (*_PLAIN_CELLS, "rich_text"))


def check_data_table(found: Findings, node: Node, pointer: str) -> None:
    """Check a data table: its first row is the header, and all rows are of one length."""
    found.required(node, pointer, "caption")
    found.length(node.get("caption"), f"{pointer}/caption", 3000)
    found.whole(node, pointer, "page_size", 1, 100)
    rows = _rows(found, node, pointer, 101, 2)
    columns = len(rows[0]) if rows and isinstance(rows[0], list) else COLUMNS_MOST
    found.whole(node, pointer, "row_header_column_index", 0, max(0, columns - 1))
    for place, row in enumerate(rows):
        here = f"{pointer}/rows/{place}"
        _row(found, row, here, (*_PLAIN_CELLS, "rich_text") if place else _PLAIN_CELLS)
        if isinstance(row, list) and len(row) != columns:
            found.add(here, f"must have {columns} cells as the header has")


def _rows(found: Findings, node: Node, pointer: str, most: int, least: int) -> list[Any]:
    rows = node.get("rows")
    found.count(rows, f"{pointer}/rows", most, least)
    return rows if isinstance(rows, list) else []


def _row(found: Findings, row: object, pointer: str, allowed: tuple[str, ...]) -> None:
    if found.count(row, pointer, COLUMNS_MOST) and isinstance(row, list):
        for place, cell in enumerate(row):
            _cell(found, cell, f"{pointer}/{place}", allowed)


def _cell(found: Findings, cell: object, pointer: str, allowed: tuple[str, ...]) -> None:
    kind = cell.get("type") if isinstance(cell, dict) else None
    if not isinstance(cell, dict) or kind not in allowed:
        found.add(f"{pointer}/type", f"unsupported type: {kind}")
        return
    if kind == "rich_text":
        check_rich_text(found, cell, pointer)
        found.cell(words(cell), pointer)
        return
    found.known(
        cell, pointer, ("type", "text", "value") if kind == "raw_number" else ("type", "text")
    )
    value = cell.get("value", 0)
    if not isinstance(value, (int, float)) or (kind == "raw_number" and "value" not in cell):
        found.add(f"{pointer}/value", "must be a number")
    found.cell(cell.get("text"), f"{pointer}/text")
