"""The list of everybody in the workspace: read page by page to its end, however long that takes.

A page that was read is kept at once; whatever fails afterwards, the reading goes on behind it. Who
is in the directory is asked for by name meanwhile, so that nobody who is on duty waits for the end
of a long list. Source: D29; slack-contract 5.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import datetime

from bot.engine.facts import Facts
from bot.slack.asking import Asking, SlackDidNotSay, TokenRefused
from bot.slack.users import person_of
from store.write.people import SlackUser

_log = logging.getLogger(__name__)

PAGE = 200
LOOKED_UP_MOST = 200
"""How many people of the directory are asked for by their address, before a long list ends."""


class Roll:
    """Reads everybody.

    Args:
        asking: Asks Slack.
        facts: Knows the directory.
        now: Machine time.
        keep: Keeps a page of people whom Slack named.
        meet: Keeps one, who is known at once.
    """

    def __init__(
        self,
        asking: Asking,
        facts: Facts,
        now: Callable[[], datetime],
        keep: Callable[[Iterable[SlackUser]], None],
        meet: Callable[[SlackUser], None],
    ) -> None:
        self._asking = asking
        self._facts = facts
        self._now = now
        self._keep = keep
        self._meet = meet
        self._cursor = ""

    def read(self, team_id: str) -> None:
        """Read on from where the last reading was broken off, to the end.

        Raises:
            SlackDidNotSay: A page was not given; those before it are kept.
        """
        pages = self._asking.pages("users.list", {"limit": PAGE}, "members", self._cursor)
        try:
            for page, after in pages:
                is_first = not self._cursor
                self._keep(person_of(user, team_id, self._now()) for user in page)
                self._cursor = after
                if is_first and after:
                    self._look_up(team_id)
        except SlackDidNotSay as silence:
            if silence.error == "invalid_cursor":
                self._cursor = ""  # Slack forgets a place in a list after a while
            raise

    def _look_up(self, team_id: str) -> None:
        """Ask for the directory's people by their addresses: the list may be long."""
        missing = [
            person
            for person in self._facts.directory.people
            if person.email and self._facts.slack_id(person.key) is None
        ]
        for person in missing[:LOOKED_UP_MOST]:
            try:
                answer = self._asking.call("users.lookupByEmail", {"email": person.email})
            except TokenRefused:
                raise
            except SlackDidNotSay as silence:
                if silence.error == "users_not_found":
                    continue
                _log.info("nobody else is looked up by their address: %s", silence)
                return
            self._meet(person_of(answer["user"], team_id, self._now()))
