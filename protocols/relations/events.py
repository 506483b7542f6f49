"""What a ticket knows of others, and what happens between two. Source: S66, S68; D27."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from protocols.scales import Tier


@dataclass(frozen=True, slots=True)
class RelatedTicket:
    """An open ticket of the same account, as far as opening another needs it. Source: D27."""

    reference: str
    summary: str
    tier: Tier
    opened_at: datetime
    opened_by: str
    poc_name: str = ""
    is_confidential: bool = False
    is_classified: bool = True
    heard_from: str = ""

    @property
    def shown_tier(self) -> int:
        """Return its tier as people may read it: 0 while nobody has classified it. Source: D44."""
        return int(self.tier) if self.is_classified else 0


@dataclass(frozen=True, slots=True)
class OpenBeside:
    """Of the open tickets of the account that is being opened for, those that matter.

    They were opened just now, or are the few of the highest tier; newest first.
    """

    tickets: tuple[RelatedTicket, ...] = ()
