"""What is typed into a command carries marks: each field a word of its own that nobody else says.

Every text of a command is internal, but for the few that are listed here. A field that comes new is
internal until somebody says otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, is_dataclass, replace
from enum import Enum, StrEnum
from typing import Any, TypeVar

from protocols.kernel.command import Command
from protocols.notices.events import (
    RecordNoticeAlteration,
    RecordNoticeAnswer,
    RecordNoticeReply,
)
from protocols.people.people import Who
from tests.histories.marks import mark, marks_in

V = TypeVar("V")
OF_NOTICE = (RecordNoticeReply, RecordNoticeAnswer, RecordNoticeAlteration)


class Kind(StrEnum):
    """Who may read a marked word outside."""

    INTERNAL = "internal"
    RELEASED = "released"
    THERE = "there"


RELEASED = frozenset({"DraftText.fields", "SuggestWords.fields", "Resolve.done", "Resolve.check"})
"""Words for an account: it reads them once they are released, and as long as they stand so."""
THERE = frozenset(
    {
        *("RecordReply.author", "RecordReply.text", "RecordReply.link", "RecordReply.attached"),
        *("RecordOwnWords.text", "RecordOwnWords.link"),
        *("RecordAlteration.was", "RecordAlteration.text", "RecordAlteration.link"),
        *("HearReport.summary", "HearReport.description", "HearReport.source_link"),
        *("Said.text", "Said.summary", "Said.link"),
        *("AnswerSolved.words", "SayBlocked.author", "SayWhatIsBlocked.author"),
        *("RecordNoticeReply.author", "RecordNoticeReply.text", "RecordNoticeReply.link"),
        *("RecordNoticeAnswer.text", "RecordNoticeAnswer.link"),
        *("RecordNoticeAlteration.was", "RecordNoticeAlteration.text"),
        "RecordNoticeAlteration.link",
    }
)
"""Words that stand before an account already: it may read them again, and nobody else may."""
NAMES = frozenset(
    {
        *("OpenTicket.account_key", "OpenTicket.category", "OpenTicket.poc", "OpenTicket.source"),
        *("OpenTicket.team_id", "OpenTicket.source_link"),
        *("HearReport.account_key", "HearReport.category", "HearReport.poc", "HearReport.source"),
        *("HearReport.team_id", "HearReport.channel_id", "HearReport.message_ts"),
        *("HearReport.thread_ts", "Said.message_ts"),
        *("AddImpacted.accounts", "CallImpacted.account", "SetAccount.account_key"),
        *("ChangeTicket.team", "ChangeTicket.category", "Classify.category", "Classify.poc"),
        *("Escalate.row", "SendFixed.name", "MarkOpenedInError.kind", "RecordFinding.kind"),
        *("MarkOpenedInError.duplicate_of", "Resolve.cause", "NameCause.cause"),
        *("LinkTickets.other", "UnlinkTickets.other", "MergeTickets.other"),
        *("NoteShared.channel_id", "NoteUnshared.channel_id", "ReleaseText.text_hash"),
        *("NoteBridgeLost.channel_id", "NoteBridgeBack.channel_id", "NoteBridgeLost.why"),
        *("NoteBridgeRenamed.channel_id", "NoteCardGone.why", "NoteStopped.codes"),
        *("SettleActions.actions_done", "SettleActions.actions_waived"),
        *("ReadAnswer.message_ts", "RecordReply.channel_id", "RecordReply.message_ts"),
        *("RecordOwnWords.channel_id", "RecordOwnWords.message_ts"),
        *("RecordAlteration.channel_id", "RecordAlteration.message_ts"),
        *("SayBlocked.channel_id", "SayBlocked.message_ts"),
        *("ProgramRecord.account_key", "UnlinkRecord.number", "LeftTicket.reference"),
        *("RecordNoticeReply.account", "RecordNoticeReply.channel_id"),
        *("RecordNoticeReply.message_ts", "RecordNoticeAnswer.account"),
        *("RecordNoticeAnswer.channel_id", "RecordNoticeAnswer.message_ts"),
        *("RecordNoticeAlteration.account", "RecordNoticeAlteration.channel_id"),
        "RecordNoticeAlteration.message_ts",
    }
)
"""What looks like words and is none: keys, identities and names of the product's own."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A word that was typed: who may read it, into which field, and about which ticket."""

    word: str
    kind: Kind
    where: str
    reference: str


@dataclass(slots=True)
class Ink:
    """Gives marks, and knows what each stands for."""

    made: dict[str, Mark] = field(default_factory=dict)

    def word(self, where: str, reference: str, kind: Kind = Kind.INTERNAL) -> str:
        """Return a word of its own."""
        made = Mark(mark(len(self.made)), kind, where, reference)
        self.made[made.word] = made
        return made.word

    def marked(self, command: Command) -> Command:
        """Return a command with a mark in each text that it holds."""
        account = getattr(command, "account", "") if isinstance(command, OF_NOTICE) else ""
        about = f"{command.reference}/{account}" if account else command.reference
        return self._in(command, about)

    def fields_of(self, command: Command) -> list[str]:
        """Return which fields of a command hold a mark."""
        return [self.made[word].where for word in marks_in(repr(command))]

    def _in(self, value: V, reference: str) -> V:
        changes: dict[str, Any] = {}
        for each in fields(value):  # type: ignore[arg-type]
            where = f"{type(value).__name__}.{each.name}"
            if each.name != "reference" and where not in NAMES:
                changes[each.name] = self._of(getattr(value, each.name), where, reference)
        return replace(value, **changes)  # type: ignore[type-var]

    def _of(self, value: Any, where: str, reference: str) -> Any:
        if isinstance(value, Enum) or not value:
            return value
        if isinstance(value, str):
            return self._worded(value, where, reference)
        if isinstance(value, tuple):
            return tuple(self._item(each, where, reference) for each in value)
        if is_dataclass(value) and not isinstance(value, Who):
            return self._in(value, reference)
        return value

    def _worded(self, text: str, where: str, reference: str) -> str:
        """Return a text with a mark; one that has its mark keeps it, as what was linked before."""
        if any(marks_in(text)):
            return text
        between = "" if text.startswith("https://") else " "
        return f"{text}{between}{self.word(where, reference, kind_of(where))}"

    def _item(self, value: Any, where: str, reference: str) -> Any:
        if where in RELEASED:
            name, words = value
            return name, self._of(words, where, reference)
        return self._of(value, where, reference)


def kind_of(where: str) -> Kind:
    """Return who may read what is typed into a field."""
    if where in RELEASED:
        return Kind.RELEASED
    return Kind.THERE if where in THERE else Kind.INTERNAL
