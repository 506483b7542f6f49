"""Whether a command would work now, and why not: what /ready answers. Source: L7, L8.

Nothing here waits. The database is tried in a thread of its own, at most once a second, and only
when somebody asks; a trial that hangs is itself the answer.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime

from bot.clock import MachineClock
from bot.database_words import sentence_of
from bot.engine.facts import Facts
from bot.slack.reader import SlackReader
from bot.slack.socket_mode import SlackSocket
from bot.web.front import Readiness
from store.faults import DATABASE_ERRORS

_log = logging.getLogger(__name__)
OK = "ok"
FRESH_S = 1.0
# Slack gives up on a command after three seconds.
PATIENCE_S = 2.5


ENDING = "The process is ending."
NOT_TRIED = "The database has not answered yet."
NOBODY = "Slack has not told yet who is who."
NO_IDENTITY = "Slack has not told yet which app this is."


class Trial:
    """Tries the database beside whoever asks for the verdict.

    Args:
        work: What a command needs of the database; raises when it cannot be had.
        machine: Tells the time.
    """

    def __init__(self, work: Callable[[], None], machine: MachineClock) -> None:
        self._work = work
        self._machine = machine
        self._lock = threading.Lock()
        self._verdict = NOT_TRIED
        self._ended_s: float | None = None
        self._began_s: float | None = None

    def verdict(self) -> tuple[str, bool]:
        """Return what came of the last trial, and whether a newer one is under way."""
        with self._lock:
            now_s = self._machine.monotonic()
            is_old = self._ended_s is None or now_s - self._ended_s > FRESH_S
            if self._began_s is None and is_old:
                self._began_s = now_s
                threading.Thread(target=self._try, name="readiness", daemon=True).start()
            if self._began_s is None:
                return self._verdict, False
            waited_s = now_s - self._began_s
            if waited_s > PATIENCE_S:
                return f"The database has not taken a write for {waited_s:.0f} s.", False
            return self._verdict, True

    def _try(self) -> None:
        try:
            self._work()
        except DATABASE_ERRORS as error:
            verdict = sentence_of(error)
        except Exception as error:  # noqa: BLE001 - whatever it is, a command would meet it too
            _log.warning("the database could not be tried", exc_info=error)
            verdict = f"The database failed: {type(error).__name__}."
        else:
            verdict = OK
        with self._lock:
            self._verdict = verdict
            self._began_s, self._ended_s = None, self._machine.monotonic()


class Watch:
    """Answers whether a command would work now.

    While Slack does not answer our calls the bot stays ready: what is asked is recorded, and what
    must arrive waits for it. Over a socket nothing can be asked without it, and with a token that
    Slack refuses nobody would ever be answered: a process that was given one must not take over.

    Args:
        trial: Of the database.
        facts: Who is who.
        reader: Says why that is not known.
        socket: The way in, unless Slack calls us.
        slack_down: Since when Slack does not answer our calls.
        directory: Says when another directory is in force than this process was given.
        refused_blocks: Which newer blocks this Slack refuses; their words go in plain ones.
    """

    def __init__(
        self,
        trial: Trial,
        facts: Facts,
        reader: SlackReader,
        socket: SlackSocket | None,
        slack_down: Callable[[], datetime | None],
        directory: Callable[[], str | None],
        refused_blocks: Callable[[], frozenset[str]] = frozenset,
    ) -> None:
        self._trial = trial
        self._facts = facts
        self._reader = reader
        self._socket = socket
        self._slack_down = slack_down
        self._directory = directory
        self._refused_blocks = refused_blocks
        self._is_ending = False

    def end(self) -> None:
        """Say from now on that the process is ending."""
        self._is_ending = True

    def __call__(self) -> Readiness:
        """Return the state of all that a command needs; never waits."""
        database, is_being_checked = self._trial.verdict()
        needed = {
            "process": ENDING if self._is_ending else OK,
            "database": database,
            "people": self._people(),
        }
        if self._socket is not None:
            needed["socket"] = self._socket.trouble or OK
        calls = "down" if self._slack_down() else OK
        is_ready = all(state == OK for state in needed.values())
        told = {**needed, "slack": calls, "directory": self._directory() or OK}
        plain = ", ".join(sorted(self._refused_blocks()))
        told["blocks"] = f"Slack refuses {plain}: the plain form goes." if plain else OK
        return Readiness(is_ready, told, is_being_checked)

    def _people(self) -> str:
        known = self._facts.known
        if known.identity.team_id and known.people and not self._reader.is_refused:
            return OK
        return self._reader.trouble or (NO_IDENTITY if known.people else NOBODY)
