"""What the account wrote and deleted while nobody listened.

Slack shows no deletion afterwards. What is on record of a channel, and does not stand there any
more, was deleted: when, nobody can say. Each is asked for by its own stamp before that is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from bot.slack.missed_events import Stamp, Wire, deleted, stamp_of

TOMBSTONE = "tombstone"
"""What stands in the place of a message that was deleted while others had answered it."""


class MissedDeletions:
    """Compares what stands in a channel with what was heard there.

    Args:
        heard: Returns the stamps of what is on record of a channel, each with its author's id.
        is_there: Asks Slack whether a message of a channel stands there still.
    """

    def __init__(
        self,
        heard: Callable[[str], dict[str, str]],
        is_there: Callable[[str, str], bool],
    ) -> None:
        self._heard = heard
        self._is_there = is_there

    def missed(
        self, channel_id: str, messages: Iterable[Wire], after: Stamp, at: Stamp
    ) -> Iterator[dict[str, Any]]:
        """Yield the events of what was deleted, of all that was written after a stamp.

        Args:
            channel_id: Where.
            messages: What was read there.
            after: Since when it was read.
            at: When.
        """
        stands = {str(each.get("ts")) for each in messages if each.get("subtype") != TOMBSTONE}
        gone = [
            (ts, user_id)
            for ts, user_id in sorted(self._heard(channel_id).items())
            if ts not in stands and stamp_of(ts) > after and not self._is_there(channel_id, ts)
        ]
        for number, (ts, user_id) in enumerate(gone):
            yield deleted(channel_id, ts, user_id, (at[0], at[1] + number))
