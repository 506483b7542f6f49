"""What one of us writes to the account past any form: on record, and told where a check stops it.

Source: D15, D43.
"""

from __future__ import annotations

from protocols.account.rules import is_security_matter
from protocols.holds.state import Holds
from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.tables import decides
from protocols.replies.events import ColleagueWrote, RecordOwnWords
from protocols.scales import Category, Tier
from protocols.ticket import Ticket
from protocols.updates import checking

_FIELD = "Written"


@decides(RecordOwnWords)
def record_own_words(ticket: Ticket, command: RecordOwnWords, ctx: Context) -> tuple[Event, ...]:
    """Record a colleague's own line in the account's thread, with what a check says of it."""
    stopped = stops(ticket, command.text, ctx)
    return (
        ColleagueWrote(
            ctx.now,
            ctx.by,
            command.text,
            command.channel_id,
            command.message_ts,
            command.link,
            stopped,
            answers=not stopped and may_answer_alone(ticket),
            written_at=command.written_at,
        ),
    )


def may_answer_alone(ticket: Ticket) -> bool:
    """Say whether one of us answers without a second person: Tier 1 and 2, and no grave matter.

    Source: D15.
    """
    grave = is_security_matter(ticket) or any(hold.in_force for hold in ticket.of(Holds).holds)
    disputed = ticket.category is Category.CONTRACT_POLICY
    return ticket.tier < Tier.CRITICAL and not grave and not disputed


def stops(ticket: Ticket, text: str, ctx: Context) -> tuple[str, ...]:
    """Return what the checks of the ticket's tier say of words, a sentence each. Source: D43."""
    return tuple(each.advice for each in checking.stops(ticket, _FIELD, text, ctx))
