"""What to tell whoever runs the program when Slack does not take one of its tokens."""

from __future__ import annotations

from bot.gateways.outcomes import NotSent, Outcome, RateLimited, Refused, Taken, Unknown

_APP_TOKEN_ERRORS = frozenset({"missing_scope", "not_allowed_token_type", "invalid_app_token"})


def why(outcome: Outcome) -> str:
    """Return what kept a call from being taken, in a few words."""
    match outcome:
        case Refused(error=error):
            return f"it says {error}"
        case RateLimited():
            return "it limits how often it may be asked"
        case NotSent(reason=reason) | Unknown(reason=reason):
            return reason
        case Taken():
            return "it did"


def refused_bot_token(outcome: Outcome) -> str | None:
    """Return the sentence about a bot token that Slack refuses; None when it is not that."""
    if not isinstance(outcome, Refused):
        return None
    if outcome.permanent and outcome.error != "not_allowed_token_type":
        return None
    return (
        f"Slack refuses SLACK_BOT_TOKEN ({outcome.error}): put in the Bot User OAuth Token of "
        "this app (OAuth & Permissions) and start again. Until then nothing goes to Slack; "
        "timers run and mail leaves."
    )


def refused_app_token(outcome: Outcome) -> str | None:
    """Return the sentence about an app-level token that Slack refuses; None when not that."""
    if not isinstance(outcome, Refused):
        return None
    if outcome.permanent and outcome.error not in _APP_TOKEN_ERRORS:
        return None
    return (
        f"Slack refuses SLACK_APP_TOKEN ({outcome.error}): put in an app-level token of this app "
        "with the scope connections:write (Basic Information, App-Level Tokens) and start again. "
        "Until then no command reaches Bridgewatch; timers run and mail leaves."
    )
