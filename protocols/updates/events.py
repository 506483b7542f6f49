"""Commands and events of outward texts: drafted, changed, sent back, released, delivered.

Source: S46-S52; D10, D15, D22; M1, M2.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from protocols.kernel.command import Command
from protocols.kernel.event import Event
from protocols.people.people import Staff, Who
from protocols.words.normal_form import normal_fields


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
class TextDrafted(Event):
    """An outward text is in review; ``corrects`` is the update that a correction is about."""

    NAME = "TextDrafted"

    number: int
    kind: DraftKind
    fields: tuple[tuple[str, str], ...]
    text_hash: str
    next_at: datetime | None
    asked_reason: str = ""
    corrects: int = 0


@dataclass(frozen=True, slots=True)
class TextEdited(Event):
    """An outward text was changed by its writer; any reading of it before is void.

    ``hands`` are those whose words it holds beside its writer's. Source: D22.
    """

    NAME = "TextEdited"

    number: int
    fields: tuple[tuple[str, str], ...]
    text_hash: str
    next_at: datetime | None
    asked_reason: str = ""
    hands: tuple[Who, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewerAsked(Event):
    """Who is the first to be asked to release a text that waits; None where nobody may.

    ``before`` was asked and is gone since. Source: D22, D29.
    """

    NAME = "ReviewerAsked"

    number: int
    person: Staff | None
    before: Who | None = None


@dataclass(frozen=True, slots=True)
class TextStopped(Event):
    """A check stopped an outward text; ``codes`` say why, and its words are kept nowhere.

    ``asked`` says that the check only asked for a reason, and none was given yet. Source: M2.
    """

    NAME = "TextStopped"

    kind: DraftKind
    codes: tuple[str, ...]
    asked: bool = False
    number: int | None = None


@dataclass(frozen=True, slots=True)
class WordsSuggested(Event):
    """A reviewer gave the writer other words; ``proposers`` did so since the last change."""

    NAME = "WordsSuggested"

    number: int
    fields: tuple[tuple[str, str], ...]
    proposers: tuple[Who, ...] = ()


@dataclass(frozen=True, slots=True)
class TextSentBack(Event):
    """A reviewer returned an outward text; the reason may hold words of ``reviewer``.

    ``of_resolution``: it would have told the account that it is resolved.
    """

    NAME = "TextSentBack"

    number: int
    why: str
    reviewer: Who | None = None
    of_resolution: bool = False


@dataclass(frozen=True, slots=True)
class TextReleased(Event):
    """A second person released an outward text; ``alone``: it needed none. Source: D15, D45."""

    NAME = "TextReleased"

    number: int
    text_hash: str
    update_number: int | None
    alone: bool = False


@dataclass(frozen=True, slots=True)
class TextDelivered(Event):
    """A released text was taken by Slack or the mail server, or put on the page by a person."""

    NAME = "TextDelivered"

    number: int
    link: str = ""
    thread_ts: str = ""


@dataclass(frozen=True, slots=True)
class ReviewReminded(Event):
    """Everyone who may release a waiting text was asked; ``daily``: once more, after all that."""

    NAME = "ReviewReminded"

    number: int
    escalated: bool
    daily: bool = False


@dataclass(frozen=True, slots=True)
class TextOver(Event):
    """The ticket went past a text that waited: nobody is asked to release it any more.

    ``why`` is where the ticket stands now.
    """

    NAME = "TextOver"

    number: int
    why: str


class DraftKind(StrEnum):
    """What an outward text is for. Source: D15."""

    UPDATE = "update"
    CORRECTION = "correction"
    RESOLUTION = "resolution"
    OUTREACH = "outreach"
    STATUS_PAGE = "status_page"
    DISREGARD = "disregard"
    DETAILS = "details"
    ANSWER = "answer"


PUBLIC = (DraftKind.STATUS_PAGE, DraftKind.OUTREACH)
"""Kinds of text that do not go to the ticket's account."""


class DraftState(StrEnum):
    """Where an outward text stands."""

    REVIEW = "review"
    SENT_BACK = "sent_back"
    RELEASED = "released"
    DELIVERED = "delivered"
    OVER = "over"
