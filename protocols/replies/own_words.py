"""What one of us writes to the account past any form: on record, and told where it should not be.

Source: D15, D43, D45, S72.
"""

from __future__ import annotations

from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.tables import decides
from protocols.replies.events import ColleagueWrote, RecordOwnWords
from protocols.scales import Tier
from protocols.ticket import Ticket
from protocols.updates import checking
from protocols.updates.second_person import rows
from protocols.verification.rules import is_unverified

_FIELD = "Written"


@decides(RecordOwnWords)
def record_own_words(ticket: Ticket, command: RecordOwnWords, ctx: Context) -> tuple[Event, ...]:
    """Record a colleague's own line in the account's thread, with what a check says of it."""
    stopped = stops(ticket, command.text, ctx)
    is_low = ticket.tier < Tier.CRITICAL
    needed = rows(ticket, command.text, ctx) if is_low else ()
    unverified = is_unverified(ticket, command.text, ctx)
    return (
        ColleagueWrote(
            ctx.now,
            ctx.by,
            command.text,
            command.channel_id,
            command.message_ts,
            command.link,
            stopped,
            answers=is_low and not (stopped or needed or unverified),
            written_at=command.written_at,
            needed=tuple(row.value for row in needed),
            unverified=unverified,
        ),
    )


def stops(ticket: Ticket, text: str, ctx: Context) -> tuple[str, ...]:
    """Return what the checks of the ticket's tier say of words, a sentence each. Source: D43."""
    return tuple(each.advice for each in checking.stops(ticket, _FIELD, text, ctx))
