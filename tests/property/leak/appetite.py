"""What a history asks for most: what lies deep is wanted more, and each history likes its own."""

from __future__ import annotations

from random import Random

from protocols.bridge.events import GoOnInBridge, NoteShared, NoteUnshared
from protocols.checklist.events import SaySynced
from protocols.closure.events import (
    AnswerSolved,
    AskAgain,
    CloseUnconfirmed,
    MarkOpenedInError,
    NameCause,
    RateResolution,
    RecordAnswer,
    Reopen,
    Resolve,
)
from protocols.contact.events import AnswerPoc, OfferPoc
from protocols.decisions.events import AskDecision, Decide
from protocols.details.events import GoOn
from protocols.escalation.events import EndEscalation, TakeEscalation
from protocols.executives.events import AnswerQuestion
from protocols.fixed_texts.events import SendFixed
from protocols.flags.events import AnswerFlag, ClearFlag, TakeFlag
from protocols.holds.events import ClearHold, ConfirmStopped, PlaceHold
from protocols.kernel.command import Command
from protocols.losses.events import NoteBridgeBack, NoteBridgeLost
from protocols.outreach.events import AddImpacted, CallImpacted
from protocols.problems.events import AnswerRest
from protocols.program_records.events import RenewRecord, UnlinkRecord
from protocols.relations.events import LinkTickets, MergeTickets, UndoMerge, UnlinkTickets
from protocols.replies.events import ReadAnswer, RecordCall, RecordReply
from protocols.second_reviews.events import AnswerSecondReview, AskSecondReview
from protocols.status_page.events import SayOnPage
from protocols.targets.events import SayBlocked, SayWhatIsBlocked
from protocols.tiers.events import AnswerLowering
from protocols.updates.events import (
    DraftText,
    ReleaseText,
    SendBack,
    SuggestWords,
    UseSuggested,
)
from protocols.withdrawals.events import RecallText

WANTED: dict[type[Command], float] = {
    DraftText: 14, ReleaseText: 30, RecallText: 9, SuggestWords: 5, UseSuggested: 12, SendBack: 3,
    Resolve: 8, AnswerSolved: 10, RateResolution: 12, RecordAnswer: 5, ReadAnswer: 5, Reopen: 4,
    AskAgain: 9, CloseUnconfirmed: 12, NameCause: 3, MarkOpenedInError: 0.6, RecordReply: 4,
    SendFixed: 4, AnswerRest: 9, SayBlocked: 2, SayWhatIsBlocked: 4, AnswerFlag: 5,
    RecordCall: 3, GoOn: 5, AddImpacted: 5, CallImpacted: 8, SayOnPage: 12, PlaceHold: 2,
    ClearHold: 4, ConfirmStopped: 4, AnswerLowering: 9, Decide: 8, AskDecision: 4,
    AnswerQuestion: 4, LinkTickets: 5, UnlinkTickets: 3, MergeTickets: 4, UndoMerge: 4,
    RenewRecord: 5, UnlinkRecord: 3, SaySynced: 5, OfferPoc: 2, AnswerPoc: 5, TakeEscalation: 3,
    EndEscalation: 4, TakeFlag: 3, ClearFlag: 3, AskSecondReview: 2, AnswerSecondReview: 5,
    NoteShared: 1, NoteUnshared: 5, GoOnInBridge: 5, NoteBridgeLost: 0.6, NoteBridgeBack: 4,
}  # fmt: skip
"""How much of each; of every other command one."""


def appetite(chance: Random, kinds: list[type[Command]]) -> list[float]:
    """Return how much a history likes to ask each kind of command."""
    return [WANTED.get(kind, 1.0) * chance.choice((0.3, 1, 1, 3)) for kind in kinds]
