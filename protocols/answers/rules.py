"""Words that need no second person leave at once, on their writer's word. Source: D15, D45."""

from __future__ import annotations

from collections.abc import Iterator

from protocols.answers.events import SecondReaderNeeded
from protocols.answers.refusals import WordsOfABridge
from protocols.kernel.command import Command
from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.tables import bars, follows
from protocols.scales import Tier
from protocols.ticket import Ticket
from protocols.updates.approval import hash_of
from protocols.updates.checking import COUNTED
from protocols.updates.events import (
    DraftKind,
    DraftState,
    DraftText,
    TextDrafted,
    TextEdited,
    TextReleased,
)
from protocols.updates.releasing import next_update_number
from protocols.updates.second_person import ACTS, reasons
from protocols.updates.state import Draft, Updates

ONLY_BELOW_BRIDGES = (DraftKind.DETAILS, DraftKind.ANSWER)
"""What is not written where there is a bridge: words leave there as updates. Source: D21."""


@bars
def need_no_bridge(command: Command, ticket: Ticket | None, _ctx: Context) -> None:
    """Refuse an answer, or questions, where a bridge has the account's updates.

    Raises:
        WordsOfABridge: The ticket is of Tier 3 or 4.
    """
    is_one = isinstance(command, DraftText) and command.kind in ONLY_BELOW_BRIDGES
    if is_one and ticket is not None and ticket.tier.has_bridge:
        raise WordsOfABridge(reference=ticket.reference)


@follows
def leaves_alone(
    _before: Ticket | None, events: tuple[Event, ...], ticket: Ticket, ctx: Context
) -> tuple[Event, ...]:
    """Return that words leave which were just written, or why a second person reads them first."""
    return tuple(_next_of(ticket, draft, ctx) for draft in _written(events, ticket))


def _next_of(ticket: Ticket, draft: Draft, ctx: Context) -> Event:
    needed = reasons(ticket, draft.kind, words_of(draft), ctx)
    if needed:
        rows = tuple(row.value for row in needed)
        return SecondReaderNeeded(ctx.now, ctx.by, draft.number, rows)
    number = next_update_number(ticket) if draft.kind in COUNTED else None
    return TextReleased(ctx.now, ctx.by, draft.number, hash_of(draft), number, alone=True)


def words_of(draft: Draft) -> str:
    """Return all words of a text in one piece."""
    return "\n".join(words for _name, words in draft.fields)


def _written(events: tuple[Event, ...], ticket: Ticket) -> Iterator[Draft]:
    for event in events:
        if isinstance(event, TextDrafted | TextEdited):
            draft = ticket.of(Updates).draft(event.number)
            if draft is not None and _may_leave(ticket, draft):
                yield draft


def _may_leave(ticket: Ticket, draft: Draft) -> bool:
    """Say whether it may leave alone at all: on Tier 3 and 4 nothing does. Source: D15."""
    below = ticket.tier < Tier.CRITICAL or draft.kind in ONLY_BELOW_BRIDGES
    return below and draft.kind in ACTS and draft.state is DraftState.REVIEW
