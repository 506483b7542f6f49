"""Why something was refused for good, in words. Source: S177; slack-contract 5."""

from __future__ import annotations

MOST = 100
"""So many letters of a reason that has no words of ours."""
_FORBIDDEN = "a setting of the Slack workspace forbids it"
_GONE = "Slack does not know them any more"
_NOT_LET_IN = "Slack does not let them be invited there"

_WHY = {
    "restricted_action": _FORBIDDEN,
    "restricted_action_read_only_channel": _FORBIDDEN,
    "restricted_action_thread_only_channel": _FORBIDDEN,
    "restricted_action_non_threadable_channel": _FORBIDDEN,
    "not_allowed": _FORBIDDEN,
    "missing_scope": "the app was not given the right to it",
    "user_not_found": _GONE,
    "users_not_found": _GONE,
    "user_disabled": _GONE,
    "account_inactive": _GONE,
    "cant_invite": _NOT_LET_IN,
    "user_is_restricted": _NOT_LET_IN,
    "user_is_ultra_restricted": _NOT_LET_IN,
    "channel_not_found": "the bot is not in that channel, or it is gone",
    "not_in_channel": "the bot is not in that channel",
    "is_archived": "the channel is archived",
    "Nothing is set up to send by mail.": "no mail server is set up",
}


def why(cause: str) -> str:
    """Return why something was refused, in words; Slack's own word where there is no other."""
    return _WHY.get(cause.partition(":")[0], cause.rstrip(".")[:MOST])
