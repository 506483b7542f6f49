"""The one way a Web API method says no."""

from __future__ import annotations

from typing import Any

Wire = dict[str, Any]


class SlackError(Exception):
    """An answer with ``ok: false`` and Slack's own error name."""

    def __init__(self, error: str, **extra: object) -> None:
        super().__init__(error)
        self.error = error
        self.extra: Wire = dict(extra)

    def answer(self) -> Wire:
        """Return the body Slack would send."""
        return {"ok": False, "error": self.error, **self.extra}


def invalid_arguments(*messages: str) -> SlackError:
    """Return the error for arguments that break a rule, with Slack's messages."""
    told = [f"[ERROR] {message}" for message in messages]
    return SlackError("invalid_arguments", response_metadata={"messages": told})


def invalid_blocks(*messages: str) -> SlackError:
    """Return the error for blocks that break a limit, with JSON pointers.

    Source: slack-contract 3.4.
    """
    told = [f"[ERROR] {message}" for message in messages]
    return SlackError("invalid_blocks", errors=list(messages), response_metadata={"messages": told})


class DrillRefusal(ValueError):
    """What a person or a test asked of the drill cannot be done; the sentence says why."""
