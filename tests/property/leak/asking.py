"""Who asks for a command: whoever it is meant for, and then anybody."""

from __future__ import annotations

from collections.abc import Iterator

from protocols.bridge.events import NoteJoined, NoteLeft, NoteShared, NoteUnshared
from protocols.contact.events import AnswerPoc, TakeShift
from protocols.contact.state import HandOver
from protocols.decisions.events import Decide
from protocols.engineering.events import DeclineEngineering, TakeEngineering
from protocols.escalation.events import TakeEscalation
from protocols.executives.events import AskQuestion, MarkSeen
from protocols.flags.events import AnswerFlag, ClearFlag, TakeFlag
from protocols.helpers.events import JoinBridge, SayOnIt
from protocols.holds.events import ClearHold, ConfirmStopped
from protocols.kernel.command import Command
from protocols.losses.events import (
    NoteBridgeBack,
    NoteBridgeLost,
    NoteBridgeRenamed,
    NoteCardGone,
    TakeStock,
)
from protocols.program_records.events import RenewRecord
from protocols.roles.events import DeclineRole, TakeRole
from protocols.roles.state import Roles
from protocols.second_reviews.events import AnswerSecondReview
from protocols.targets.events import TakeUpTargets
from protocols.ticket import Ticket
from protocols.tiers.events import AnswerLowering, ChangeTier
from protocols.timeline.events import NoteEdited
from protocols.triage.events import AlterNote, NoteCardDeleted
from protocols.updates.events import DraftText, ReleaseText, UseSuggested
from protocols.updates.state import Updates
from protocols.withdrawals.events import RecallText

OF_SLACK = (
    *(NoteShared, NoteUnshared, NoteJoined, NoteLeft, NoteEdited, AlterNote, NoteCardDeleted),
    *(NoteBridgeLost, NoteBridgeBack, NoteBridgeRenamed, NoteCardGone, TakeStock, TakeUpTargets),
    RenewRecord,
)
"""What no person asks: Slack says it, or the house sees it by itself."""
MEANT: dict[type[Command], tuple[str, ...]] = {
    AnswerLowering: ("legal-one", "security-one"),
    Decide: ("sponsor-one",),
    ChangeTier: ("cs-manager-one",),
    MarkSeen: ("sponsor-one",),
    AskQuestion: ("sponsor-one",),
    TakeEngineering: ("engineer-one", "engineering-lead-one"),
    DeclineEngineering: ("engineer-one", "engineering-lead-one"),
    AnswerSecondReview: ("legal-one", "finance-one", "engineering-lead-one"),
    ClearHold: ("finance-one", "legal-one", "cs-manager-one"),
    ConfirmStopped: ("payments-operations-one", "finance-one"),
    TakeEscalation: ("cs-manager-one", "engineering-lead-one", "sponsor-one"),
    TakeFlag: ("cs-manager-one", "legal-one"),
    ClearFlag: ("cs-manager-one", "legal-one"),
    AnswerFlag: ("cs-manager-one", "csm-one", "csm-two"),
    JoinBridge: ("engineering-lead-one", "finance-one", "cs-manager-one"),
    SayOnIt: ("engineering-lead-one", "finance-one", "legal-one"),
    ReleaseText: ("cs-manager-one", "legal-one", "csm-two"),
}


def meant(command: Command, ticket: Ticket) -> Iterator[str]:
    """Yield the keys of those whom a command is meant for, as the ticket stands."""
    match command:
        case DraftText(number=int(number)) | UseSuggested(number=number):
            draft = ticket.of(Updates).draft(number)
            if draft is not None:
                yield draft.written_by.key
        case RecallText(number=number):
            draft = ticket.of(Updates).draft(number)
            if draft is not None and draft.released_by is not None:
                yield draft.released_by.key
            yield "legal-one"
        case AnswerPoc() | TakeShift():
            asked = ticket.of(HandOver).asked
            if asked is not None:
                yield asked.key
        case TakeRole(role=role) | DeclineRole(role=role):
            seat = ticket.of(Roles).seat(role)
            if seat is not None and seat.asked is not None:
                yield seat.asked.key
        case _:
            yield from MEANT.get(type(command), ())
