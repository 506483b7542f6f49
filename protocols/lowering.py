"""A lower tier that was asked for and waits for the agreement of Legal or Security. Source: D12."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from protocols.people import Who
from protocols.scales import Tier


class LoweringState(StrEnum):
    """What became of the question."""

    ASKED = "asked"
    AGREED = "agreed"
    DECLINED = "declined"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Lowering:
    """A question to Legal and Security; until one of them agrees the tier stays. Source: D12."""

    number: int
    before: Tier
    after: Tier
    asked_by: Who
    asked_at: datetime
    reason: str
    asked: tuple[Who, ...] = ()
    state: LoweringState = LoweringState.ASKED
    settled_by: Who | None = None
    settled_at: datetime | None = None
    why: str = ""

    @property
    def waits(self) -> bool:
        """Say whether nobody has answered yet."""
        return self.state is LoweringState.ASKED
