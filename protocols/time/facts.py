"""What the targets of a ticket rest on, and what they wait for. Source: S84, D2, D12, M17."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from protocols.scales import Category, ProgramLevel, Severity, Tier
from protocols.time.pauses import Pause


class Measure(StrEnum):
    """What a target waits for."""

    REPLY = "First reply"
    NEXT_REPLY = "Answer to their message"
    BLOCKED = "Answer to what blocks them"
    ACKNOWLEDGE = "Acknowledged by a person"
    TRIAGE = "Active triage"
    ENGINEERING = "Engineering is in"
    CADENCE = "Word to the account"
    CALL = "Bridge call"
    FIRST_UPDATE = "First update"
    COMMANDER = "Incident commander"
    OUTREACH = "Impacted accounts told"
    UPDATE = "Promised update"
    RESOLVE = "Resolve"
    RCA = "Written analysis"


@dataclass(frozen=True, slots=True)
class TicketFacts:
    """What the targets of a ticket rest on.

    Attributes:
        tiers: each tier the ticket has had, with the instant it was set, in order.
        pauses: when it waited for the account. Source: S84.
        met: when each measure was met for the first time.
        rca_owed_from: when the duty of a written analysis began; None while there is none.
        promised_at: the next update as promised; None while there is none.
        waived: by a measure that nobody owes any more, why.
        asked_at: when the account wrote what is not answered yet; None when all is. Source: M17.
        told_at: when the account last had words of a person; None before that.
        blocked_at: when the account said that its business is blocked, while nobody has answered.
        blocked_until: by when a person answers that. Source: D45.
    """

    opened_at: datetime
    tiers: tuple[tuple[Tier, datetime], ...]
    severity: Severity
    category: Category
    program_level: ProgramLevel | None = None
    tags: frozenset[str] = frozenset()
    pauses: tuple[Pause, ...] = ()
    met: Mapping[Measure, datetime] = field(default_factory=lambda: MappingProxyType({}))
    promised_at: datetime | None = None
    promise_made_at: datetime | None = None
    rca_owed_from: datetime | None = None
    waived: Mapping[Measure, str] = field(default_factory=lambda: MappingProxyType({}))
    asked_at: datetime | None = None
    told_at: datetime | None = None
    blocked_at: datetime | None = None
    blocked_until: datetime | None = None

    @property
    def tier(self) -> Tier:
        """Return the tier the ticket has now."""
        return self.tiers[-1][0]

    @property
    def key(self) -> tuple[object, ...]:
        """Return all of it as one value that can be looked up."""
        values = (getattr(self, name) for name in self.__slots__)
        return tuple(
            frozenset(value.items()) if isinstance(value, Mapping) else value for value in values
        )
