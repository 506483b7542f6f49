"""What became of a call that somebody was asked to make. Source: D24."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from protocols.kernel.context import Context
from protocols.kernel.endings import Became, Key
from protocols.kernel.tables import Events, ends
from protocols.notices.events import NoticeReplyAnswered, Reach
from protocols.notices.state import Notice, NoticeReplies, NoticeTelling
from protocols.people.people import Who

SETTLED = "notice_settled"
CALL = "call"
"""With this the key of a message begins that asks somebody to call an account."""
ANSWER = "answer"
"""And of one that asks somebody to answer one."""
OVER = "over"
"""And of one that asks for last words, where the matter is over and its notice recalled."""
OF_A_PROMISE = 2
"""So many parts has the key of a message about what was promised: the text, and who is asked."""


@ends(CALL)
def to_call(notice: Notice, key: Key, _events: Events, _ctx: Context) -> Became | None:
    """Return who called, that the words arrived, or that they do not stand any more."""
    number, account = key.number(), key[1]
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


@ends(ANSWER)
def to_answer(notice: Notice, key: Key, events: Events, _ctx: Context) -> Became | None:
    """Return who answered the account whose words a message holds."""
    if any(reply.message_ts == key[1] for reply in notice.of(NoticeReplies).waiting):
        return None
    found = (event for event in events if isinstance(event, NoticeReplyAnswered))
    answered = next(found, None)
    if answered is None:
        return None
    became = _became("answered", answered.account, answered.by, answered.at)
    return replace(became, keeps=True)


@ends(OVER)
def last_asked(notice: Notice, _key: Key, _events: Events, _ctx: Context) -> Became | None:
    """Return that last words were released to whoever has recalled ones."""
    newest = notice.of(NoticeTelling).text
    if newest is None:
        return None
    return Became("last" if newest.last else "said", at=newest.released_at, template="notice_said")


@ends("near")
def promise_near(notice: Notice, key: Key, _events: Events, _ctx: Context) -> Became | None:
    """Return that the words that a message asked for were released, or the last ones."""
    newest = notice.of(NoticeTelling).promising
    if newest is None or newest.number <= key.number():
        return None
    word = "last" if newest.last else "said"
    return Became(word, at=newest.released_at, template="notice_said")


@ends("missed")
def promise_missed(notice: Notice, key: Key, events: Events, ctx: Context) -> Became | None:
    """Return the same where their time had passed; what missed an address asks nothing."""
    of_a_promise = len(key) == OF_A_PROMISE
    return promise_near(notice, key, events, ctx) if of_a_promise else None


def _became(word: str, account: str, by: Who | None = None, at: datetime | None = None) -> Became:
    return Became(word, by=by, at=at, template=SETTLED, params={"account": account})
