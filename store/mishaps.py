"""What happens to every failed statement: it says no value, and a session that went is let go.

PostgreSQL repeats values in its messages, and its driver keeps them in the error: a finding would
stand in the log. What is left is what failed, and where.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext

# A standby that was a primary, or a server that an administrator made read-only: other sessions
# may be writable by now. 0A000 is a plan or a transaction of a server that has changed.
LOST_WITH_ITS_SESSION = frozenset({"25006", "0A000", "55000"})
# Data exceptions, broken constraints, and what triggers say: their messages hold values.
_WITH_VALUES = ("22", "23", "P0")
_PLACES = ("schema_name", "table_name", "column_name", "constraint_name", "datatype_name")


def attend(engine: Engine) -> None:
    """Attend to what fails on an engine."""
    event.listen(engine, "handle_error", _attend)


def _attend(context: ExceptionContext) -> None:
    error: Any = context.original_exception
    state = getattr(error, "sqlstate", None)
    if not isinstance(state, str):
        return
    said = _said(error, state)
    error.args = (said,)
    if context.sqlalchemy_exception is not None:
        context.sqlalchemy_exception.args = (f"({type(error).__name__}) {said}",)
    if state in LOST_WITH_ITS_SESSION:
        # SQLAlchemy gives up this session, and every other of the pool when it is next asked for.
        context.is_disconnect = True


def _said(error: Any, state: str) -> str:
    """Return what failed, and where, with nothing of what was written."""
    if not state.startswith(_WITH_VALUES):
        return f"{error.diag.message_primary} ({state})"
    places = [value for name in _PLACES if (value := getattr(error.diag, name))]
    return f"{type(error).__name__} {state}" + (f" of {', '.join(places)}" if places else "")
