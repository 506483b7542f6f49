"""A notice to many accounts: what it is asked, what happens to it, how far each account is.

It is a record of its own, opened by another record, to which it says what became of each account.
Source: S23, S136, D24.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from protocols.account.events import AccountCard, Missed
from protocols.kernel.command import Command
from protocols.kernel.event import Event
from protocols.people.people import Who


class Reach(StrEnum):
    """How far an account is: the words are on their way, it has them, or a person calls it."""

    SENDING = "sending"
    TOLD = "told"
    TO_CALL = "to_call"
    CALLED = "called"
    HELD_BACK = "held_back"


HAS_IT = (Reach.TOLD, Reach.CALLED)
"""An account has the words: Slack or the mail server took them, or a person said them."""


@dataclass(frozen=True, slots=True)
class NoticeText:
    """Released words, and until when the next are promised.

    Attributes:
        number: The number that the text has in the record that opened the notice.
        security: Whether only the contact named for security matters may read it. Source: D6.
        last: Whether it says that no further words come: only who has earlier ones gets it.
    """

    number: int
    fields: tuple[tuple[str, str], ...]
    released_at: datetime
    next_at: datetime | None = None
    security: bool = False
    last: bool = False


@dataclass(frozen=True, slots=True)
class Reached:
    """How far one account is with a text: since when, and by whom where a person did it."""

    account: str
    reach: Reach
    at: datetime
    by: Who | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class OpenNotice(Command):
    """Tell many accounts the same words; ``about`` is the record that hears what becomes of it."""

    about: str
    text: NoticeText
    accounts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AddToNotice(Command):
    """Tell these accounts too."""

    accounts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SayFurther(Command):
    """Tell the same accounts further words, such as a correction."""

    text: NoticeText


@dataclass(frozen=True, slots=True)
class RecallNotice(Command):
    """Hold back what has not left of a text."""

    number: int


@dataclass(frozen=True, slots=True)
class MarkCalled(Command):
    """A person told an account by phone."""

    account: str
    called_by: Who
    called_at: datetime


@dataclass(frozen=True, slots=True)
class EndNotice(Command):
    """What the notice was about is over; what it promised, and whoever waits, is still owed."""


@dataclass(frozen=True, slots=True)
class RecordNoticeReply(Command):
    """An account wrote in the thread of the notice that stands in its channel. Source: D19."""

    FROM_OUTSIDE = True

    account: str
    author: str
    text: str
    channel_id: str
    message_ts: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class RecordNoticeAnswer(Command):
    """One of us answered an account, there or, without a message, as they say."""

    account: str
    text: str = ""
    channel_id: str = ""
    message_ts: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class RecordNoticeAlteration(Command):
    """What stands in a notice's thread was edited, or deleted: then ``text`` is empty. M4."""

    account: str
    person: Who
    was: str
    text: str
    channel_id: str
    message_ts: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class HearNoticeReply(Command):
    """An account replied to the notice, or was answered, for the record that opened it."""

    notice: str
    account: str
    author: str
    words: str = ""
    link: str = ""
    waits: bool = False
    answered_by: Who | None = None
    was: str = ""


@dataclass(frozen=True, slots=True)
class HearNotice(Command):
    """What became of accounts, for the record that opened the notice."""

    notice: str
    number: int
    reached: tuple[Reached, ...]


@dataclass(frozen=True, slots=True)
class NoticeOpened(Event):
    """Many accounts are to be told."""

    NAME = "NoticeOpened"

    reference: str
    team_id: str
    policy_version: str
    about: str
    drill: bool = False


@dataclass(frozen=True, slots=True)
class NoticeWorded(Event):
    """There are words to be told."""

    NAME = "NoticeWorded"

    text: NoticeText


@dataclass(frozen=True, slots=True)
class NoticeListed(Event):
    """These accounts are told, as the directory knew them then. Source: D13."""

    NAME = "NoticeListed"

    accounts: tuple[AccountCard, ...]


@dataclass(frozen=True, slots=True)
class NoticeSent(Event):
    """Words went on their way to accounts, each by its own road, or to whoever calls."""

    NAME = "NoticeSent"

    number: int
    sends: tuple[Send, ...]


@dataclass(frozen=True, slots=True)
class Send:
    """One account's road: its channel, its addresses, or the person who calls it."""

    account: str
    channel_id: str = ""
    addresses: tuple[str, ...] = ()
    caller: Who | None = None


@dataclass(frozen=True, slots=True)
class NoticeReached(Event):
    """What became of accounts with a text."""

    NAME = "NoticeReached"

    number: int
    reached: tuple[Reached, ...]


@dataclass(frozen=True, slots=True)
class NoticeMissed(Event):
    """A notice's mail reached some at an account, and these addresses for good not."""

    NAME = "NoticeMissed"

    number: int
    account: str
    missed: tuple[Missed, ...]


@dataclass(frozen=True, slots=True)
class NoticeCalled(Event):
    """A person told an account by phone, as the record that opened the notice knows already."""

    NAME = "NoticeCalled"

    number: int
    reached: tuple[Reached, ...]


@dataclass(frozen=True, slots=True)
class NoticeRecalled(Event):
    """What has not left of a text is held back."""

    NAME = "NoticeRecalled"

    number: int


@dataclass(frozen=True, slots=True)
class NoticeChased(Event):
    """Accounts that have not got the words were named again to whoever calls them."""

    NAME = "NoticeChased"

    number: int
    accounts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoticePromiseNear(Event):
    """The next words were promised to many, and their time comes, or has passed."""

    NAME = "NoticePromiseNear"

    number: int
    is_late: bool


@dataclass(frozen=True, slots=True)
class NoticeReplied(Event):
    """An account wrote in reply to the notice.

    Attributes:
        outside: Whether the writer is no named contact of the account. Source: D32.
        waits: Whether an answer is owed; for thanks none is.
    """

    NAME = "NoticeReplied"

    account: str
    author: str
    text: str
    channel_id: str
    message_ts: str
    link: str = ""
    outside: bool = False
    waits: bool = True


@dataclass(frozen=True, slots=True)
class NoticeWordsAltered(Event):
    """Words in a notice's thread are others than they were; deleted ones are empty. Source: M4."""

    NAME = "NoticeWordsAltered"

    account: str
    person: Who
    was: str
    text: str
    channel_id: str
    message_ts: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class NoticeReplyAnswered(Event):
    """One of us answered an account: in the thread, or elsewhere, as they say."""

    NAME = "NoticeReplyAnswered"

    account: str
    text: str = ""
    channel_id: str = ""
    message_ts: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class NoticeReplyChased(Event):
    """Accounts that wait for an answer were named again to whoever answers them."""

    NAME = "NoticeReplyChased"

    accounts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoticeEnded(Event):
    """What the notice was about is over."""

    NAME = "NoticeEnded"
