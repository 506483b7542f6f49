"""Identifiers in Slack's shapes; the only source of chance in the drill."""

from __future__ import annotations

import itertools
import secrets
import uuid


class Ids:
    """Make identifiers: a letter and at least nine more characters, as Slack's own."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)

    def make(self, prefix: str) -> str:
        """Return a new identifier with this prefix."""
        return f"{prefix}0{next(self._numbers):08X}"

    def number(self) -> int:
        """Return the next plain number."""
        return next(self._numbers)

    def short(self) -> str:
        """Return a few characters, as Slack fills in for an absent block_id or action_id."""
        return secrets.token_urlsafe(4)[:5]

    def secret(self) -> str:
        """Return 24 unguessable hexadecimal characters."""
        return secrets.token_hex(12)

    def envelope(self) -> str:
        """Return the id of one Socket Mode envelope."""
        return str(uuid.uuid4())
