"""Whether a tier is still to be said, who was asked, and who said it. Source: D44."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from protocols.classification.events import ClassificationAsked, TicketClassified
from protocols.kernel.changing import on
from protocols.kernel.record import part_of
from protocols.opening.events import TicketOpened
from protocols.people.people import Staff, Who
from protocols.scales import Signal, Tier
from protocols.ticket import Ticket
from protocols.tiers.events import TierChanged


@part_of(Ticket, under="classification")
@dataclass(frozen=True, slots=True)
class Classification:
    """What became of the question which tier it is.

    Attributes:
        is_owed: Whether nobody has said it.
        signal: What the words that were heard propose; None where none was heard.
        words: These words; empty where none was heard.
        count: How many questions there were.
        asked_at: When the last one was.
        asked_last: To whom it went; to nobody where nobody was on duty.
        people: Everybody who was asked.
        urgent_from: The number of the first question after such words; 0 before.
        as_tier: What was said first; None on a ticket that was opened with a tier.
    """

    is_owed: bool = False
    signal: Signal | None = None
    words: str = ""
    count: int = 0
    asked_at: datetime | None = None
    asked_last: tuple[Staff, ...] = ()
    people: tuple[Staff, ...] = ()
    urgent_from: int = 0
    as_tier: Tier | None = None
    settled_by: Who | None = None
    settled_at: datetime | None = None

    @property
    def is_urgent(self) -> bool:
        """Say whether words of the signal matrix were heard."""
        return bool(self.words)

    @property
    def rung(self) -> int:
        """Return how many were asked since it is as urgent as it is."""
        return self.count - max(0, self.urgent_from - 1)

    def was_asked(self, person: str) -> bool:
        """Say whether somebody was asked."""
        return any(who.key == person for who in self.people)


@on(TicketOpened)
def _owed(state: Classification, event: TicketOpened) -> Classification:
    return replace(state, is_owed=True) if event.unclassified else state


@on(ClassificationAsked)
def _asked(state: Classification, event: ClassificationAsked) -> Classification:
    words = event.words or state.words
    urgent_from = state.urgent_from or (event.number if words else 0)
    return replace(
        state,
        count=event.number,
        asked_at=event.at,
        asked_last=event.to,
        people=tuple(dict.fromkeys((*state.people, *event.to))),
        signal=event.signal,
        words=words,
        urgent_from=urgent_from,
    )


@on(TicketClassified)
def _classified(state: Classification, event: TicketClassified) -> Classification:
    return _settled(state, event.tier, event)


@on(TierChanged)
def _changed(state: Classification, event: TierChanged) -> Classification:
    return _settled(state, event.after, event) if state.is_owed else state


def _settled(
    state: Classification, tier: Tier, event: TicketClassified | TierChanged
) -> Classification:
    return replace(state, is_owed=False, as_tier=tier, settled_by=event.by, settled_at=event.at)
