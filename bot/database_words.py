"""What to say of a database that does not work, to whoever runs the program."""

from __future__ import annotations

import logging

from store.errors import DatabaseRefused, NotMigrated
from store.faults import Fault, fault_of, is_passing

_SENTENCES = {
    Fault.FULL: "The database takes no writes: its disk is full.",
    Fault.READ_ONLY: "The database takes no writes: it is read-only.",
    Fault.UNREACHABLE: "The database (DATABASE_URL) cannot be reached.",
    Fault.BUSY: "The database is locked by another program, or busy.",
    Fault.DAMAGED: "The database is damaged: restore a backup.",
}


def sentence_of(error: BaseException) -> str:
    """Return one sentence about an error of the database; it shows no address and no password."""
    if isinstance(error, DatabaseRefused | NotMigrated):
        return str(error)
    return _SENTENCES.get(fault_of(error)) or _other(error)


def say_again(log: logging.Logger, what: str, error: Exception, level: int = logging.ERROR) -> None:
    """Write that something is tried again: one calm line for what passes by itself.

    Args:
        log: Where it goes.
        what: What did not work, the beginning of a sentence.
        error: Why.
        level: Of any other fault, which is written with its traceback.
    """
    if is_passing(error):
        log.warning("%s and is tried again: %s", what, sentence_of(error))
    else:
        log.log(level, "%s and is tried again", what, exc_info=error)


def server_said(error: BaseException) -> str:
    """Return why PostgreSQL turned a connection away, in its words; empty when it said nothing."""
    _, was_fatal, said = str(getattr(error, "orig", "")).partition("FATAL:")
    return said.strip().splitlines()[0] if was_fatal else ""


def _other(error: BaseException) -> str:
    cause = getattr(error, "orig", None) or error
    return f"The database failed: {type(cause).__name__}."
