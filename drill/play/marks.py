"""The marks that a rehearsal can come to: the plain facts that a scenario's file may wait for."""

from __future__ import annotations

import re

KNOWN = (
    *("started", "opened", "acknowledged", "bridge", "card", "scope", "call", "leads_here"),
    *("holding", "draft_asked", "review", "stopped", "asked_solved", "resolved", "confirmed"),
    *("roles_taken", "tier_4", "tier_4_manned", "commander", "commander_asked"),
    *("home", "taken", "tier_asked", "classified", "to_read", "handed"),
    *("outreach", "outreach_released", "past_review"),
)
_NUMBERED = re.compile(r"update_\d+|form_\w+|sent_\w+|seat_\w+|late_.+")


def is_mark(name: str) -> bool:
    """Return whether the drill can see this mark at all."""
    return name in KNOWN or _NUMBERED.fullmatch(name) is not None
