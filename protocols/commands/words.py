"""Commands of words: drafts, fixed texts, calls, notes, executives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from protocols.commands.base import Command
from protocols.normal_form import normal_fields
from protocols.outward_words import DraftKind
from protocols.people import Who


@dataclass(frozen=True, slots=True)
class DraftText(Command):
    """Put an outward text in review. ``number`` names the draft that is edited, if any.

    ``corrects`` is the number of the update that a correction is about; 0 means the newest. Its
    fields stand in normal form from the start: no rule ever sees other outward words.
    """

    kind: DraftKind
    fields: tuple[tuple[str, str], ...]
    next_at: datetime | None = None
    asked_reason: str = ""
    number: int | None = None
    corrects: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "fields", normal_fields(self.fields))


@dataclass(frozen=True, slots=True)
class NoteStopped(Command):
    """Record that a check stopped an outward text, by the codes of its objections. Source: M2."""

    kind: DraftKind
    codes: tuple[str, ...]
    asked: bool = False
    number: int | None = None


@dataclass(frozen=True, slots=True)
class SuggestWords(Command):
    """Give the writer other words; the writer stays the last editor. Source: words.md 4.10."""

    number: int
    fields: tuple[tuple[str, str], ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "fields", normal_fields(self.fields))


@dataclass(frozen=True, slots=True)
class UseSuggested(Command):
    """Take the suggested words over. Source: words.md 4.10."""

    number: int


@dataclass(frozen=True, slots=True)
class SendBack(Command):
    """Return a text to its writer with a reason."""

    number: int
    why: str


@dataclass(frozen=True, slots=True)
class ReleaseText(Command):
    """Release exactly the text that was read. Source: S47, M1."""

    number: int
    text_hash: str


@dataclass(frozen=True, slots=True)
class RecallText(Command):
    """Take a release back, as long as its words have not left. Source: D24."""

    number: int


@dataclass(frozen=True, slots=True)
class SayOnPage(Command):
    """Say that a released status text is on the page. Source: S22, D15."""

    number: int


@dataclass(frozen=True, slots=True)
class SendFixed(Command):
    """Send a pre-approved text: acknowledgment, holding, no_change, late. Source: D15.

    ``sure`` says that the question before it was answered. Source: D21.
    """

    name: str
    sure: bool = False


@dataclass(frozen=True, slots=True)
class RecordCall(Command):
    """Record that the account was called, with what was said. Source: D24."""

    note: str


@dataclass(frozen=True, slots=True)
class AddNote(Command):
    """Put a line on the timeline. ``author`` and ``link`` when it is someone's message."""

    text: str
    author: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class RecordReply(Command):
    """The account wrote. Source: D19."""

    author: str
    text: str
    channel_id: str
    message_ts: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class RecordWords(Command):
    """Record what someone at the account said by phone. Source: words.md 4.8."""

    speaker: str
    said_at: str
    words: str


@dataclass(frozen=True, slots=True)
class NoteEdited(Command):
    """A message in the bridge was edited or deleted. Source: M4."""

    person: Who
    was: str
    deleted: bool
