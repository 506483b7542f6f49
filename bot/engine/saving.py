"""One piece of work, one transaction; again from its start while another is in the way."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

from store.db import Connection, Database
from store.faults import DATABASE_ERRORS, is_passing

_log = logging.getLogger(__name__)
MOST_TRIES = 5
T = TypeVar("T")


class CommandNotSaved(Exception):
    """The database did not take a command: nothing was saved, nothing will be sent."""


def saved(database: Database, name: str, work: Callable[[Connection], T]) -> T:
    """Do a piece of work in one transaction and return what came of it.

    Raises:
        CommandNotSaved: The database did not take it.
    """
    for attempt in range(1, MOST_TRIES + 1):
        try:
            with database.write() as conn:
                return work(conn)
        except DATABASE_ERRORS as error:
            if attempt == MOST_TRIES or not is_passing(error):
                _log.error("%s was not saved: %s", name, error)
                raise CommandNotSaved(type(error).__name__) from error
            _log.info("%s is decided again: %s", name, error)
    raise CommandNotSaved("no try was made")
