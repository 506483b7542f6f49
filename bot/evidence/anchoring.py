"""Notes the ends of all chains once a day: in the desk's chain, and in a file outside."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from bot.evidence.anchors import Anchors
from bot.evidence.noting import note, notes
from bot.rounds import Rounds
from protocols.kernel.refusals import BeingUpdated
from store.db import Database
from store.read import chains
from store.read.raw_rows import UNREADABLE

_log = logging.getLogger(__name__)
LOOK_S = 600.0


class Anchoring:
    """Looks now and then whether a day has begun that has no anchor yet.

    Args:
        database: Where the chains are.
        anchors: Where their ends are noted outside; None for nowhere.
        now: Business time.
        team_id: Gives the team that the desk is of.
        drill: Whether this installation rehearses.
    """

    def __init__(
        self,
        database: Database,
        anchors: Anchors | None,
        *,
        now: Callable[[], datetime],
        team_id: Callable[[], str],
        drill: bool,
    ) -> None:
        self._database = database
        self._anchors = anchors
        self._now = now
        self._team_id = team_id
        self._drill = drill

    def rounds(self) -> Rounds:
        """Return what looks at the start and now and then."""
        return Rounds(
            self._tries,
            name="anchoring",
            trouble="The ends of the chains could not be noted",
            every_s=LOOK_S,
        )

    def _tries(self) -> None:
        try:
            self.look()
        except BeingUpdated as newer:
            _log.info("the ends of the chains are left to a newer process: %s", newer)
        except (OSError, *UNREADABLE) as error:
            _log.warning("no anchor can be written: %s", error)

    def look(self) -> bool:
        """Note the ends if they are due; say whether an anchor was written."""
        now = self._now()
        if not self._is_due(now):
            return False
        with self._database.write() as conn:
            note(conn, now, team_id=self._team_id(), drill=self._drill)
        if self._anchors is None:
            return False
        with self._database.read() as conn:
            heads = chains.heads(conn)
        return self._anchors.write(heads, now) is not None

    def _is_due(self, now: datetime) -> bool:
        if self._anchors is not None:
            return self._anchors.is_due(now)
        with self._database.read() as conn:
            return notes(conn).at.date() < now.date()
