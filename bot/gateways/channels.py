"""Making a channel exactly once, although the answer may be lost and the name may be taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from bot.gateways.lookback import EARLIER, Call
from bot.gateways.outcomes import Outcome, Refused, Taken

_MOST_NAMES = 9
_MOST_PAGES = 50
_NAME_LENGTH = 80


def create(
    call: Call,
    payload: Mapping[str, object],
    *,
    first_sent_at: datetime,
    bot_user: Callable[[], str],
) -> Outcome:
    """Create a channel under its derived name, or adopt the one an earlier try created.

    A name that is taken by a channel which our bot created since the first try is ours: the
    answer was lost. Any other channel of that name is foreign, so the name gets `-2`, `-3`.

    Args:
        call: calls Slack within what is left of the attempt's deadline.
        payload: arguments of conversations.create.
        first_sent_at: when the first try began.
        bot_user: returns our bot's user id.

    Returns:
        The outcome of the call that decided.
    """
    base = str(payload.get("name", ""))
    ours: dict[str, Mapping[str, object]] | None = None
    outcome: Outcome = Refused("name_taken")
    for number in range(1, _MOST_NAMES + 1):
        name = base if number == 1 else f"{base[: _NAME_LENGTH - 2]}-{number}"
        if ours is not None and name in ours:
            return Taken({"ok": True, "channel": ours[name], "note": "adopted"})
        outcome = call("conversations.create", {**payload, "name": name})
        if not (isinstance(outcome, Refused) and outcome.error == "name_taken"):
            return outcome
        if ours is None:
            found = _created_by_us(call, bot_user(), since=first_sent_at - EARLIER)
            if not isinstance(found, dict):
                return found
            ours = found
            if name in ours:
                return Taken({"ok": True, "channel": ours[name], "note": "adopted"})
    return outcome


def _created_by_us(
    call: Call, bot_user: str, *, since: datetime
) -> dict[str, Mapping[str, object]] | Outcome:
    asked: dict[str, object] = {"types": "public_channel,private_channel", "limit": 999}
    found: dict[str, Mapping[str, object]] = {}
    for _ in range(_MOST_PAGES):
        answer = call("users.conversations", asked)
        if not isinstance(answer, Taken):
            return answer
        channels = answer.result.get("channels")
        for channel in channels if isinstance(channels, list) else []:
            if channel.get("creator") == bot_user and _is_fresh(channel.get("created"), since):
                found[str(channel.get("name"))] = channel
        about = answer.result.get("response_metadata")
        cursor = about.get("next_cursor") if isinstance(about, Mapping) else None
        if not cursor:
            break
        asked = {**asked, "cursor": cursor}
    return found


def _is_fresh(created: object, since: datetime) -> bool:
    return isinstance(created, int | float) and created >= since.timestamp()
