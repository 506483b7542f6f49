"""What a commit is for: who writes, and what is decided, claimed or recorded, read off the stack.

Each such point is worth one kill before it and one after it; a further commit of it is not. Before
a report, or a record, of a call is also after the call: it was sent, and nobody knows.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import FrameType
from typing import Any

from sqlalchemy import select

from bot.engine import ledger
from bot.engine.kinds import COMMANDS
from protocols.clock.events import DuePassed
from store.db import Connection
from store.tables import posted
from store.write.posted import WAITING

ROOT = Path(__file__).parents[2]
FOLDERS = ("bot", "handlers", "store")
BETWEEN = ("protocols.relations.events", "protocols.problems.events")
"""Whose events one ticket posts to another."""
Locals = Mapping[str, Any]


def whose() -> str:
    """Return the function of ours whose transaction is at its commit in this thread."""
    return _name_of(_frames()[1])


def points() -> frozenset[str]:
    """Return the points of the transaction that is about to be committed in this thread."""
    inner, writer = _frames()
    name = _name_of(writer)
    more = DETAILS.get(name, _nothing)(writer.f_locals, inner.f_locals)
    return frozenset(f"{name} {each}" for each in more) or frozenset({name})


def _frames() -> tuple[FrameType, FrameType]:
    """Return where the transaction is, and the function of ours that opened it."""
    frame = sys._getframe(1)
    while frame.f_code.co_name != "write" or not frame.f_code.co_filename.endswith("store/db.py"):
        frame = _out(frame)
    inner = frame
    while (frame := _out(frame)).f_code.co_filename.endswith("contextlib.py"):
        pass
    return inner, frame


def _out(frame: FrameType) -> FrameType:
    if frame.f_back is None:
        raise LookupError("No transaction is open in this thread.")
    return frame.f_back


def _name_of(frame: FrameType) -> str:
    return f"{Path(frame.f_code.co_filename).stem}.{frame.f_code.co_qualname}"


def _nothing(_writer: Locals, _inner: Locals) -> set[str]:
    return set()


def _command(writer: Locals, _inner: Locals) -> set[str]:
    return {f"asks {writer['name']}"}


def _due(writer: Locals, inner: Locals) -> set[str]:
    """Return the due points that are decided: what the ticket's journal has here, and not yet.

    Where none is, it is what another record posted: what is decided of that, or what opens by it.
    """
    reference, conn, database = writer["reference"], inner["conn"], inner["self"]
    if reference is None:
        return set()
    with database.read() as others:
        seen, known = passed(others, reference), len(ledger.history(others, reference))
    new = ledger.history(conn, reference)[known:]
    if any(isinstance(event, DuePassed) for event in new):
        return passed(conn, reference) - seen
    if new:
        return {f"hears {type(each).__name__}" for each in new if type(each).__module__ in BETWEEN}
    with database.read() as others:
        return opening(others, reference)


def opening(conn: Connection, reference: str) -> set[str]:
    """Return what is decided that was posted to a record, and does not change it."""
    oldest = select(posted.c.command).where(posted.c.target == reference, WAITING)
    found = conn.execute(oldest.order_by(posted.c.id).limit(1)).scalar()
    return set() if found is None else {f"decides {type(COMMANDS.decode(found)).__name__}"}


def passed(conn: Connection, reference: str) -> set[str]:
    """Return the names of a ticket's due points that were decided: their keys without numbers."""
    events = ledger.history(conn, reference)
    keys = (event.key.split(":") for event in events if isinstance(event, DuePassed))
    return {"due " + ":".join(part for part in key if not part.isdigit()) for key in keys}


def _round(writer: Locals, _inner: Locals) -> set[str]:
    waiting = list(writer["self"]._settlement._quiet)[: writer["written"]]
    claims = {
        f"claims {'what another sent, ' if row.taken_over else ''}{row.method}"
        for row in writer["rows"]
    }
    return claims | {f"records {held.row.method}" for held, _ in waiting}


def _batch(writer: Locals, _inner: Locals) -> set[str]:
    return {f"taken {ended.held.row.method}" for ended in writer["batch"]}


def _aloud(writer: Locals, _inner: Locals) -> set[str]:
    report = writer["report"]
    kind = getattr(report, "__qualname__", "Settlement._tell").split(".")[1]
    return {f"{'taken' if kind == '_tell' else kind[1:]} {writer['held'].row.method}"}


DETAILS: Mapping[str, Callable[[Locals, Locals], set[str]]] = {
    "saving.saved": _command,
    "turns.Turns.next": _due,
    "courier.Courier._round": _round,
    "settlement.Settlement._report_all": _batch,
    "settlement.Settlement._aloud": _aloud,
}


def writers() -> frozenset[str]:
    """Return every function of the product that opens a transaction to write."""
    return frozenset(
        f"{path.stem}.{name}"
        for folder in FOLDERS
        for path in (ROOT / folder).rglob("*.py")
        for name in _writers_in(ast.parse(path.read_text()), "")
    )


def _writers_in(tree: ast.AST, within: str) -> Iterator[str]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            yield from _writers_in(node, f"{within}.{node.name}".removeprefix("."))
        elif isinstance(node, ast.With) and any(map(_opens, node.items)):
            yield within
        else:
            yield from _writers_in(node, within)


def _opens(item: ast.withitem) -> bool:
    return ast.unparse(item.context_expr).endswith(".write()")
