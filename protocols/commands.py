"""What may be asked of a ticket: one frozen command for each thing a person or the clock wants."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from protocols.people import Role, Who
from protocols.scales import Category, Impact, NoticedBy, Severity, Signal, Tier
from protocols.ticket import DraftKind, HoldKind


@dataclass(frozen=True, slots=True)
class Command:
    """Base of all commands; each names the ticket it is for."""

    reference: str


@dataclass(frozen=True, slots=True)
class OpenTicket(Command):
    """Open a ticket from the form. The engine fills in the reference. Source: S80, S170."""

    team_id: str
    summary: str
    account_key: str | None
    noticed_by: NoticedBy
    severity: Severity
    category: Category
    description: str = ""
    impacts: frozenset[Impact] = field(default_factory=frozenset)
    signal: Signal | None = None
    funds_confirmed: bool = False
    poc: str | None = None
    source: str = "command"
    source_link: str = ""
    another_problem: bool = False


@dataclass(frozen=True, slots=True)
class FallDue(Command):
    """A due point has come; only the ticker asks this. Source: S171, S177."""

    key: str
    kind: str
    planned_at: datetime


@dataclass(frozen=True, slots=True)
class TakeDelivery(Command):
    """An effect was taken by Slack or the mail server at ``taken_at``."""

    key: str
    taken_at: datetime
    channel_id: str = ""
    channel_name: str = ""
    message_ts: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class BuryDelivery(Command):
    """An effect was refused for good."""

    key: str
    error: str


@dataclass(frozen=True, slots=True)
class ConfirmScope(Command):
    """Say which accounts, since when, and how it was seen. Source: S36."""

    accounts: str
    since: str
    how: str


@dataclass(frozen=True, slots=True)
class BringInNow(Command):
    """Do not wait for T+15. Source: D16."""


@dataclass(frozen=True, slots=True)
class JoinBridge(Command):
    """Press **Join**: be invited, and be counted as here. Source: D16, D20."""


@dataclass(frozen=True, slots=True)
class SayOnIt(Command):
    """Press **I am on it**: answer without joining. Source: D20."""


@dataclass(frozen=True, slots=True)
class NoteJoined(Command):
    """Slack says that a person is in the bridge's channel."""

    person: Who
    added_by: Who | None = None


@dataclass(frozen=True, slots=True)
class NoteLeft(Command):
    """Slack says that a person left the bridge's channel."""

    person: Who


@dataclass(frozen=True, slots=True)
class ConfirmExposure(Command):
    """Confirm financial exposure: Finance, and Legal or Compliance, are asked. Source: S41, D16."""


@dataclass(frozen=True, slots=True)
class TakeRole(Command):
    """Take a vacant role, or accept it when asked. Source: S43."""

    role: Role


@dataclass(frozen=True, slots=True)
class DeclineRole(Command):
    """Say that another should be asked. Source: D14."""

    role: Role


@dataclass(frozen=True, slots=True)
class AssignRole(Command):
    """Name someone for a role: they are asked, and hold it when they accept. Source: S43, S187."""

    role: Role
    person: Who
    reason: str = ""


@dataclass(frozen=True, slots=True)
class OfferPoc(Command):
    """Offer the point of contact to another CSM. Source: S39, S187."""

    person: Who


@dataclass(frozen=True, slots=True)
class AnswerPoc(Command):
    """Accept or decline the point of contact. Source: S39, S187."""

    accept: bool


@dataclass(frozen=True, slots=True)
class StartCall(Command):
    """Press **Call started**. Source: S14, D20."""


@dataclass(frozen=True, slots=True)
class RecordFinding(Command):
    """Keep a raw technical fact, inside for ever. Source: S44, S46."""

    kind: str
    text: str
    accounts_count: int | None = None
    records_count: int | None = None


@dataclass(frozen=True, slots=True)
class RecordIsolation(Command):
    """Say where and how the affected records are isolated. Source: S45."""

    possible: bool
    text: str


@dataclass(frozen=True, slots=True)
class PlaceHold(Command):
    """Ask for a stop. Source: S48, D17."""

    kind: HoldKind
    reason: str


@dataclass(frozen=True, slots=True)
class ConfirmStopped(Command):
    """Record who confirmed that transactions are stopped. Source: D17."""

    number: int
    confirmed_by: str


@dataclass(frozen=True, slots=True)
class ClearHold(Command):
    """Clear a hold, by another than its placer. Source: S48, D17."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class DraftText(Command):
    """Put an outward text in review. ``number`` names the draft that is edited, if any.

    ``corrects`` is the number of the update that a correction is about; 0 means the newest.
    """

    kind: DraftKind
    fields: tuple[tuple[str, str], ...]
    next_at: datetime | None = None
    asked_reason: str = ""
    number: int | None = None
    corrects: int = 0


@dataclass(frozen=True, slots=True)
class SuggestWords(Command):
    """Give the writer other words; the writer stays the last editor. Source: words.md 4.10."""

    number: int
    fields: tuple[tuple[str, str], ...]


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
class SendFixed(Command):
    """Send a pre-approved text: acknowledgment, holding, no_change, late. Source: D15."""

    name: str


@dataclass(frozen=True, slots=True)
class RecordCall(Command):
    """Record that the account was called, with what was said. Source: D24."""

    note: str


@dataclass(frozen=True, slots=True)
class ChangeTier(Command):
    """Raise or lower the tier; ``impacts``: which criteria of Tier 4 are met. S18, S24, D12."""

    tier: Tier
    reason: str
    impacts: frozenset[Impact] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class AddImpacted(Command):
    """Name impacted accounts by their keys. Source: S23."""

    accounts: tuple[str, ...]


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


@dataclass(frozen=True, slots=True)
class InvitePerson(Command):
    """Bring one more person in. Source: S42, D9."""

    person: Who
    reason: str = ""


@dataclass(frozen=True, slots=True)
class KeepNinth(Command):
    """Keep a person above the bridge's size, with a reason. Source: D9."""

    person: Who
    reason: str


@dataclass(frozen=True, slots=True)
class MarkSeen(Command):
    """An executive pressed **Seen**. Source: D11."""


@dataclass(frozen=True, slots=True)
class AskQuestion(Command):
    """An executive asks the bridge. Source: D11."""

    text: str


@dataclass(frozen=True, slots=True)
class Resolve(Command):
    """Resolve the ticket and put the words for the account in review. Source: S98, S99."""

    done: str
    check: str
    asked_reason: str = ""


@dataclass(frozen=True, slots=True)
class AnswerSolved(Command):
    """Someone at the account says whether it is solved. Source: S99, D7."""

    solved: bool
    words: str = ""


@dataclass(frozen=True, slots=True)
class RecordAnswer(Command):
    """Record the account's answer given by phone. Source: D7."""

    speaker: str
    said_at: str
    words: str
    solved: bool


@dataclass(frozen=True, slots=True)
class Reopen(Command):
    """Open a resolved ticket again, with a reason. Source: S100."""

    reason: str


@dataclass(frozen=True, slots=True)
class CloseUnconfirmed(Command):
    """Close a ticket that its account never confirmed, with a reason. Source: D7."""

    reason: str


@dataclass(frozen=True, slots=True)
class MarkOpenedInError(Command):
    """Take a ticket out of the figures; kind is wrong_account, duplicate or not_a_problem."""

    kind: str
    reason: str


@dataclass(frozen=True, slots=True)
class RecordRca(Command):
    """Record that the written analysis was delivered, and where it stands. Source: S53."""

    link: str


@dataclass(frozen=True, slots=True)
class NoteShared(Command):
    """The bridge's channel was shared outside. Source: reliability T13."""

    channel_id: str
