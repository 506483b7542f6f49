"""What became of a call that somebody was asked to make. Source: D24."""

from __future__ import annotations

from datetime import datetime

from protocols.kernel.context import Context
from protocols.kernel.endings import Became
from protocols.kernel.tables import Events, ends
from protocols.notices.events import Reach
from protocols.notices.state import Notice, NoticeTelling
from protocols.people.people import Who

SETTLED = "notice_settled"
CALL = "call"
"""With this the key of a message begins that asks somebody to call an account."""


@ends(CALL)
def to_call(
    notice: Notice, parts: tuple[str, ...], _events: Events, _ctx: Context
) -> Became | None:
    """Return who called, that the words arrived, or that they do not stand any more."""
    number, account = int(parts[0]), parts[1]
    telling = notice.of(NoticeTelling)
    way, newest = telling.way(account, number), telling.text
    if way is None:
        return None
    if way.reached.reach is Reach.CALLED:
        return _became("called", account, way.reached.by, way.reached.at)
    if way.reached.reach is Reach.TOLD:
        return _became("told", account, None, way.reached.at)
    if number in telling.recalled:
        return _became("recalled", account)
    if newest is not None and newest.number != number and telling.way(account, newest.number):
        return _became("newer", account)
    return None


def _became(word: str, account: str, by: Who | None = None, at: datetime | None = None) -> Became:
    return Became(word, by=by, at=at, template=SETTLED, params={"account": account})
