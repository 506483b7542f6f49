"""The pre-approved texts that were sent. Source: D15."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from protocols.fixed_texts.events import FixedTextSent, FixedTextTaken
from protocols.kernel.changing import on
from protocols.kernel.record import part_of
from protocols.people.people import Who
from protocols.ticket import Ticket
from protocols.withdrawals.events import TextWithdrawn


@dataclass(frozen=True, slots=True)
class FixedText:
    """A pre-approved text that left: acknowledgment, holding line, we are late, no change."""

    name: str
    sent_by: Who
    sent_at: datetime
    key: str
    taken_at: datetime | None = None
    failed: str = ""
    link: str = ""
    withdrawn_at: datetime | None = None
    next_at: datetime | None = None


@part_of(Ticket)
@dataclass(frozen=True, slots=True)
class FixedTexts:
    """The pre-approved texts that were sent."""

    fixed_texts: tuple[FixedText, ...] = ()


@on(FixedTextSent)
def _fixed_sent(texts: FixedTexts, event: FixedTextSent) -> FixedTexts:
    sent = FixedText(event.name, event.by, event.at, event.key, next_at=event.next_at)
    return FixedTexts((*texts.fixed_texts, sent))


def _fixed(texts: FixedTexts, key: str, **changes: Any) -> FixedTexts:
    return FixedTexts(
        tuple(replace(text, **changes) if text.key == key else text for text in texts.fixed_texts)
    )


@on(FixedTextTaken)
def _fixed_taken(texts: FixedTexts, event: FixedTextTaken) -> FixedTexts:
    return _fixed(texts, event.key, taken_at=event.at, link=event.link)


@on(TextWithdrawn)
def _fixed_withdrawn(texts: FixedTexts, event: TextWithdrawn) -> FixedTexts:
    return _fixed(texts, event.key, withdrawn_at=event.at)
