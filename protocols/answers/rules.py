"""Words that need no second person leave at once, on their writer's word. Source: D15, D45."""

from __future__ import annotations

from collections.abc import Iterator

from protocols.answers.events import SecondReaderNeeded
from protocols.answers.refusals import WordsOfABridge
from protocols.kernel.command import Command
from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.tables import bars, follows
from protocols.ticket import Ticket
from protocols.updates.approval import hash_of
from protocols.updates.events import (
    DraftState,
    DraftText,
    TextDrafted,
    TextEdited,
    TextReleased,
)
from protocols.updates.second_person import ACTS, reasons
from protocols.updates.state import Draft, Updates


@bars
def need_no_bridge(command: Command, ticket: Ticket | None, _ctx: Context) -> None:
    """Refuse an answer, or questions, where a bridge has the account's updates.

    Raises:
        WordsOfABridge: The ticket is of Tier 3 or 4.
    """
    is_one = isinstance(command, DraftText) and command.kind in ACTS
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
    return TextReleased(ctx.now, ctx.by, draft.number, hash_of(draft), None, alone=True)


def words_of(draft: Draft) -> str:
    """Return all words of a text in one piece."""
    return "\n".join(words for _name, words in draft.fields)


def _written(events: tuple[Event, ...], ticket: Ticket) -> Iterator[Draft]:
    for event in events:
        if isinstance(event, TextDrafted | TextEdited):
            draft = ticket.of(Updates).draft(event.number)
            if draft is not None and draft.kind in ACTS and draft.state is DraftState.REVIEW:
                yield draft
