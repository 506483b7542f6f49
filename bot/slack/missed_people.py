"""Who came into a bridge and left it while nobody listened.

Slack says who is there now; the ticket says who was there. A difference counts once it was seen in
two readings: what Slack tells at this moment may be on its way, in both directions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from bot.slack.missed_events import Stamp, membership

Here = dict[str, str]
"""Slack user ids by the keys of people."""


class MissedPeople:
    """Compares who is in a bridge with who is known to be.

    Args:
        who_is_here: Returns the keys of those whom a bridge's ticket has there.
        key_of: Returns a person's key by Slack user id, empty for a bot and for nobody known.
        slack_id: Returns the Slack user id of a key.
    """

    def __init__(
        self,
        who_is_here: Callable[[str], frozenset[str]],
        key_of: Callable[[str], str],
        slack_id: Callable[[str], str | None],
    ) -> None:
        self._who_is_here = who_is_here
        self._key_of = key_of
        self._slack_id = slack_id
        self._seen: dict[str, frozenset[tuple[str, bool]]] = {}

    def here(self, channel_id: str) -> frozenset[str]:
        """Return the keys of those who are known to be in a bridge."""
        return self._who_is_here(channel_id)

    def missed(
        self, channel_id: str, before: frozenset[str], members: Iterable[str], at: Stamp
    ) -> list[dict[str, Any]]:
        """Return the events of those who came and left, seen at this reading and the one before.

        Args:
            channel_id: The bridge.
            before: Who was known to be there before Slack was asked.
            members: Whom Slack says to be there.
            at: When.
        """
        after = self.here(channel_id)
        there = {key: each for each in members if (key := self._key_of(each))}
        came = {(there[key], True) for key in there.keys() - before - after}
        left = {(self._slack_id(key) or "", False) for key in (before & after) - there.keys()}
        found = frozenset(each for each in came | left if each[0])
        known = self._seen.pop(channel_id, frozenset())
        if found - known:
            self._seen[channel_id] = found - known
        return [
            membership(channel_id, user_id, at, is_here=is_here)
            for user_id, is_here in sorted(found & known)
        ]
