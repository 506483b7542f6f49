"""Events of words: drafts, fixed texts, promises, replies, executives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from protocols.events.base import Event
from protocols.outward_words import DraftKind, Withdrawal
from protocols.people import Who
from protocols.ticket_parts import Route


@dataclass(frozen=True, slots=True)
class TextDrafted(Event):
    """An outward text is in review; ``corrects`` is the update that a correction is about."""

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

    number: int
    fields: tuple[tuple[str, str], ...]
    text_hash: str
    next_at: datetime | None
    asked_reason: str = ""
    hands: tuple[Who, ...] = ()


@dataclass(frozen=True, slots=True)
class TextStopped(Event):
    """A check stopped an outward text; ``codes`` say why, and its words are kept nowhere.

    ``asked`` says that the check only asked for a reason, and none was given yet. Source: M2.
    """

    kind: DraftKind
    codes: tuple[str, ...]
    asked: bool = False
    number: int | None = None


@dataclass(frozen=True, slots=True)
class WordsSuggested(Event):
    """A reviewer gave the writer other words; ``proposers`` did so since the last change."""

    number: int
    fields: tuple[tuple[str, str], ...]
    proposers: tuple[Who, ...] = ()


@dataclass(frozen=True, slots=True)
class TextSentBack(Event):
    """A reviewer returned an outward text; the reason may hold words of ``reviewer``."""

    number: int
    why: str
    reviewer: Who | None = None


@dataclass(frozen=True, slots=True)
class TextReleased(Event):
    """A second person released an outward text."""

    number: int
    text_hash: str
    update_number: int | None


@dataclass(frozen=True, slots=True)
class PageAsked(Event):
    """A person was asked to put a released status text on the page. Source: S22, D15."""

    number: int
    person: Who


@dataclass(frozen=True, slots=True)
class TextDelivered(Event):
    """A released text was taken by Slack or the mail server, or put on the page by a person."""

    number: int
    link: str = ""
    thread_ts: str = ""


@dataclass(frozen=True, slots=True)
class TextRecalled(Event):
    """The releaser or Legal wants a released text back, if it has not left yet. Source: D24."""

    number: int


@dataclass(frozen=True, slots=True)
class TextWithdrawn(Event):
    """Words that had been released were taken back before they left.

    ``number`` is the draft's, 0 for a fixed text. Source: D24; T14.
    """

    key: str
    why: Withdrawal
    number: int = 0
    released_by: Who | None = None
    poster: Who | None = None
    recalled_by: Who | None = None


@dataclass(frozen=True, slots=True)
class RoadLost(Event):
    """The account's shared channel takes our words no more; they go by ``route``. Source: D24."""

    error: str
    route: Route


@dataclass(frozen=True, slots=True)
class TextRerouted(Event):
    """Words that the channel did not take go by mail. Source: D24."""

    key: str
    error: str


@dataclass(frozen=True, slots=True)
class ReviewReminded(Event):
    """Everyone who may release a waiting text was asked."""

    number: int
    escalated: bool


@dataclass(frozen=True, slots=True)
class FixedTextSent(Event):
    """A pre-approved text is on its way."""

    name: str
    key: str
    next_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FixedTextTaken(Event):
    """A pre-approved text was taken by Slack or the mail server."""

    key: str
    link: str = ""
    thread_ts: str = ""


@dataclass(frozen=True, slots=True)
class PromiseMade(Event):
    """The account was promised an update by an instant."""

    number: int
    promised_at: datetime


@dataclass(frozen=True, slots=True)
class PromiseKept(Event):
    """A promised update was delivered."""

    number: int


@dataclass(frozen=True, slots=True)
class PromiseLapsed(Event):
    """A promised time passed without an update.

    ``ahead``: it had not passed yet; the account was told before it that it will not be kept.
    """

    number: int
    told: bool
    ahead: bool = False


@dataclass(frozen=True, slots=True)
class UpdatePrompted(Event):
    """The communicator was reminded of a coming promise."""

    number: int
    in_bridge: bool


@dataclass(frozen=True, slots=True)
class AccountCalled(Event):
    """The account was called."""

    note: str


@dataclass(frozen=True, slots=True)
class NoteAdded(Event):
    """A line was put on the timeline."""

    text: str
    author: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class CustomerWrote(Event):
    """Someone at the account wrote; or someone from outside who does not stand for it (D32)."""

    author: str
    text: str
    channel_id: str
    message_ts: str
    link: str = ""
    outside: bool = False


@dataclass(frozen=True, slots=True)
class CustomerSaid(Event):
    """What someone at the account said was recorded."""

    speaker: str
    said_at: str
    words: str


@dataclass(frozen=True, slots=True)
class MessageAltered(Event):
    """A message in the bridge was edited or deleted."""

    person: Who
    was: str
    deleted: bool


@dataclass(frozen=True, slots=True)
class ExecutiveNotified(Event):
    """An executive's brief is on its way."""

    person: Who


@dataclass(frozen=True, slots=True)
class ExecutiveReached(Event):
    """An executive's brief was taken."""

    person: Who


@dataclass(frozen=True, slots=True)
class BriefSeen(Event):
    """An executive pressed **Seen**."""

    person: Who


@dataclass(frozen=True, slots=True)
class QuestionAsked(Event):
    """An executive asked the bridge."""

    person: Who
    text: str


@dataclass(frozen=True, slots=True)
class VendorTold(Event):
    """The third party's contact was told without account, amount or matter."""

    address: str
