"""Which of what was meant for a merged ticket is done on the one that stands instead. S66, D42.

What the account writes, says and presses, and what of ours is the same on either. Where a text or a
question of the one ticket is meant, nothing is done, and people hear which ticket stands.
"""

from __future__ import annotations

from protocols.closure.events import AnswerSolved
from protocols.kernel.command import Command
from protocols.kernel.record import Record
from protocols.relations.state import Relations
from protocols.replies.events import RecordCall, RecordOwnWords, RecordReply, RecordWords
from protocols.targets.events import Acknowledge, SayBlocked, StartTriage
from protocols.ticket import Ticket
from protocols.timeline.events import AddNote
from protocols.triage.events import WriteUnderCard

LED_ON = (
    RecordReply,
    RecordOwnWords,
    RecordWords,
    RecordCall,
    AnswerSolved,
    SayBlocked,
    Acknowledge,
    StartTriage,
    AddNote,
    WriteUnderCard,
)


def leads_on(record: Record, command: Command) -> str:
    """Return the ticket on which a command is decided instead; empty where it is this one."""
    if not isinstance(record, Ticket) or not isinstance(command, LED_ON):
        return ""
    return record.of(Relations).merged_into
