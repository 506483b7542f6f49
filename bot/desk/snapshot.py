"""One moment of the database: opened at the first question, and every question asked once.

A write must not wait beside an open reading, so whoever writes ends the moment first.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Hashable
from contextlib import ExitStack
from typing import TypeVar, cast

from handlers.kit.ports import NotSaved
from store.db import Connection, Database
from store.faults import DATABASE_ERRORS, is_passing

_log = logging.getLogger(__name__)
T = TypeVar("T")


class Snapshot:
    """Answers questions about one moment, in one reading transaction at most."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._open = ExitStack()
        self._conn: Connection | None = None
        self._known: dict[Hashable, object] = {}

    def ask(self, question: Hashable, query: Callable[[Connection], T]) -> T:
        """Return what the query found; the same question is not put twice.

        Raises:
            NotSaved: The database did not answer.
        """
        if question not in self._known:
            self._known[question] = self._answer(query)
        return cast("T", self._known[question])

    def know(self, question: Hashable, answer: object) -> None:
        """Take an answer that is known already."""
        self._known[question] = answer

    def end(self, keeps: Hashable = None) -> None:
        """Let go of the moment, and of all that was seen in it but the answer to one question."""
        self._known = {each: at for each, at in self._known.items() if each == keeps}
        self._conn = None
        try:
            self._open.close()
        except DATABASE_ERRORS as error:
            _log.info("the end of a reading was not heard, and changes nothing: %s", error)

    def _answer(self, query: Callable[[Connection], T]) -> T:
        try:
            if self._conn is None:
                self._conn = self._open.enter_context(self._database.read())
            return query(self._conn)
        except DATABASE_ERRORS as error:
            self._broken(error)
            if not is_passing(error):
                raise
            _log.warning("a gesture met a database that is away: %s", error)
            raise NotSaved(type(error).__name__) from error

    def _broken(self, error: Exception) -> None:
        """Let go of a moment that ended by itself: there is nothing to be committed."""
        self._known, self._conn = {}, None
        self._open.__exit__(type(error), error, error.__traceback__)
