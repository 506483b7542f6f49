"""Words whose parent in a thread never came, or is gone: at the top, or where the thread is.

One thread a ticket: whichever words of a ticket stand first in the channel are its parent. D24.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.courier.references import keys_in
from bot.gateways.lookback import Absent, Call, Search
from bot.gateways.outcomes import Outcome, Refused, Taken
from protocols.deliveries.events import THREAD_GONE

_BESIDE = ("thread_ts", "reply_broadcast")


def is_orphan(payload: Mapping[str, object], results: Mapping[str, object]) -> bool:
    """Say whether a reply's parent never came: it was refused, withdrawn, or went by mail."""
    return any(key not in results for key in keys_in(payload.get("thread_ts")))


def at_top_level(payload: Mapping[str, object]) -> dict[str, object]:
    """Return a reply as a post of its own."""
    return {name: value for name, value in payload.items() if name not in _BESIDE}


def threaded(
    wanted: Mapping[str, object], payload: dict[str, object], thread_ts: str
) -> dict[str, object]:
    """Return an orphan's payload in the ticket's thread, if that has another parent by now.

    Args:
        wanted: the payload as it was planned.
        payload: what is about to be sent.
        thread_ts: the parent of the ticket's thread, empty when nothing stands there yet.
    """
    if not thread_ts or "thread_ts" in payload or "thread_ts" not in wanted:
        return payload
    shown = wanted.get("reply_broadcast")
    return {**payload, "thread_ts": thread_ts, **({"reply_broadcast": shown} if shown else {})}


_GONE = frozenset({"cannot_reply_to_message", "thread_not_found"})
"""What Slack says of a thread whose first message was deleted before anybody answered it."""


def has_no_thread(search: Search) -> bool:
    """Say whether a thread was looked for in which nothing can stand: it is gone."""
    return isinstance(search, Absent) and search.reason in _GONE


def posted(call: Call, words: dict[str, object]) -> Outcome:
    """Post words; where their thread is gone they are a post of their own, and say so."""
    outcome = call("chat.postMessage", words)
    if not (isinstance(outcome, Refused) and outcome.error in _GONE and words.get("thread_ts")):
        return outcome
    outcome = call("chat.postMessage", at_top_level(words))
    if not isinstance(outcome, Taken):
        return outcome
    return Taken({**outcome.result, "note": THREAD_GONE})
