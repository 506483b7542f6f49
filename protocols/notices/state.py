"""The notice: the same words to many accounts. Its head, its texts, its list, how far each is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import ClassVar

from protocols.account.events import AccountCard
from protocols.clock.state import PassedPoints
from protocols.kernel.changing import begins, on
from protocols.kernel.record import Layout, Record, part_of
from protocols.notices.events import (
    HAS_IT,
    NoticeCalled,
    NoticeChased,
    NoticeEnded,
    NoticeListed,
    NoticeMissed,
    NoticeOpened,
    NoticeReached,
    NoticeRecalled,
    NoticeReplied,
    NoticeReplyAnswered,
    NoticeReplyChased,
    NoticeSent,
    NoticeText,
    NoticeWorded,
    NoticeWordsAltered,
    Reach,
    Reached,
    Send,
)

KEPT = 500
A_MINUTE = timedelta(minutes=1)
"""Where there are very many accounts, so long after each turn the next one goes out."""


class Notice(Record):
    """The same words to many accounts."""

    slices: ClassVar[dict[type, Layout]] = {}
    __slots__ = ()

    @property
    def reference(self) -> str:
        """Return the notice's name, made from that of the record that opened it."""
        return self.of(NoticeHead).reference

    @property
    def about(self) -> str:
        """Return the record that opened it."""
        return self.of(NoticeHead).about

    @property
    def team_id(self) -> str:
        """Return the workspace in which it was opened."""
        return self.of(NoticeHead).team_id

    @property
    def policy_version(self) -> str:
        """Return the digest of the policy that it was opened under."""
        return self.of(NoticeHead).policy_version

    @property
    def opened_at(self) -> datetime:
        """Return when it was opened."""
        return self.of(NoticeHead).opened_at

    @property
    def drill(self) -> bool:
        """Say whether it belongs to a drill."""
        return self.of(NoticeHead).drill

    @property
    def is_open(self) -> bool:
        """Say whether what it is about goes on."""
        return self.of(NoticeHead).ended_at is None


part_of(Notice)(PassedPoints)


@part_of(Notice)
@dataclass(frozen=True, slots=True)
class NoticeHead:
    """What everybody asks of a notice."""

    reference: str
    team_id: str
    policy_version: str
    opened_at: datetime
    about: str
    drill: bool = False
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """How far one account is with one text, and by which road."""

    number: int
    send: Send
    reached: Reached


@part_of(Notice)
@dataclass(frozen=True, slots=True)
class NoticeTelling:
    """The texts, the accounts, and the way of each text to each account.

    Attributes:
        goes_at: When what is not sent yet goes on its way.
        rounds: How often words went on their way.
        chased: How often those who call were asked again.
        missed: Which addresses of which account a text did not reach, while it reached others.
        moved_at: When words went on their way, or somebody was asked again, for the last time.
    """

    texts: tuple[NoticeText, ...] = ()
    accounts: tuple[AccountCard, ...] = ()
    ways: tuple[Way, ...] = ()
    recalled: tuple[int, ...] = ()
    goes_at: datetime | None = None
    rounds: int = 0
    chased: int = 0
    moved_at: datetime | None = None
    missed: tuple[tuple[int, str, str], ...] = ()

    @property
    def text(self) -> NoticeText | None:
        """Return the newest words that stand, None when all were recalled."""
        return next((t for t in reversed(self.texts) if t.number not in self.recalled), None)

    @property
    def promising(self) -> NoticeText | None:
        """Return the newest words that promise: they stand, or an account has them all the same."""
        has_it = {way.number for way in self.ways if way.reached.reach in HAS_IT}
        binds = [text for text in self.texts
                 if text.number not in self.recalled or text.number in has_it]  # fmt: skip
        return binds[-1] if binds else None

    def replaced(self, account: str, number: int) -> NoticeText | None:
        """Return the recalled words that an account has, when a newer text comes to it."""
        earlier = [text for text in self.texts if text.number < number]
        last = next((text for text in reversed(earlier)
                     if (way := self.way(account, text.number)) is not None
                     and way.reached.reach in HAS_IT), None)  # fmt: skip
        return last if last is not None and last.number in self.recalled else None

    def text_of(self, number: int) -> NoticeText | None:
        """Return the words of a number, None when the notice has none."""
        return next((text for text in self.texts if text.number == number), None)

    def card(self, account: str) -> AccountCard | None:
        """Return an account of the list."""
        return next((card for card in self.accounts if card.key == account), None)

    def way(self, account: str, number: int) -> Way | None:
        """Return the way of a text to an account, None while it has not begun."""
        return next((way for way in self.ways
                     if way.number == number and way.send.account == account), None)  # fmt: skip

    def unsent(self) -> tuple[AccountCard, ...]:
        """Return the accounts to which the newest words have not gone yet, in their order."""
        if self.text is None:
            return ()
        begun = {way.send.account for way in self.ways if way.number == self.text.number}
        wait = tuple(card for card in self.accounts if card.key not in begun)
        return tuple(filter(self.has_words, wait)) if self.text.last else wait

    def has_words(self, card: AccountCard) -> bool:
        """Say whether an account has any words of this notice."""
        return any(way.send.account == card.key and way.reached.reach in HAS_IT
                   for way in self.ways)  # fmt: skip

    def in_reach(self, *reaches: Reach) -> tuple[Way, ...]:
        """Return the ways of the newest words that are so far."""
        newest = self.text
        return tuple(way for way in self.ways
                     if newest is not None and way.number == newest.number
                     and way.reached.reach in reaches)  # fmt: skip


@dataclass(frozen=True, slots=True)
class NoticeReply:
    """What an account wrote and nobody has answered yet; asked again is counted from the last."""

    account: str
    author: str
    text: str
    at: datetime
    channel_id: str
    message_ts: str
    link: str = ""
    outside: bool = False
    asked_at: datetime | None = None

    @property
    def since(self) -> datetime:
        """Return since when whoever answers has been asked, for the last time."""
        return self.asked_at or self.at


@part_of(Notice)
@dataclass(frozen=True, slots=True)
class NoticeReplies:
    """The replies that wait for an answer, oldest first, and how often they were named again."""

    waiting: tuple[NoticeReply, ...] = ()
    chased: int = 0
    heard: tuple[str, ...] = ()
    """The newest messages of its threads, so that none is heard twice."""

    def of(self, account: str) -> tuple[NoticeReply, ...]:
        """Return the replies of an account that wait."""
        return tuple(reply for reply in self.waiting if reply.account == account)


def first_reach(send: Send) -> Reach:
    """Return how far an account is once its road is known."""
    return Reach.SENDING if send.channel_id or send.addresses else Reach.TO_CALL


begins(NoticeOpened, Notice)


@on(NoticeOpened)
def _opened(event: NoticeOpened) -> NoticeHead:
    return NoticeHead(
        event.reference, event.team_id, event.policy_version, event.at, event.about, event.drill
    )


@on(NoticeEnded)
def _ended(head: NoticeHead, event: NoticeEnded) -> NoticeHead:
    return replace(head, ended_at=event.at)


@on(NoticeWorded)
def _worded(telling: NoticeTelling, event: NoticeWorded) -> NoticeTelling:
    return replace(telling, texts=(*telling.texts, event.text), goes_at=event.at)


@on(NoticeListed)
def _listed(telling: NoticeTelling, event: NoticeListed) -> NoticeTelling:
    return replace(telling, accounts=(*telling.accounts, *event.accounts), goes_at=event.at)


@on(NoticeSent)
def _sent(telling: NoticeTelling, event: NoticeSent) -> NoticeTelling:
    new = tuple(
        Way(
            event.number,
            send,
            Reached(send.account, first_reach(send), event.at),
        )
        for send in event.sends
    )
    return replace(
        telling, ways=(*telling.ways, *new), rounds=telling.rounds + 1, moved_at=event.at,
        goes_at=event.at + A_MINUTE,
    )  # fmt: skip


@on(NoticeReached, NoticeCalled)
def _reached(telling: NoticeTelling, event: NoticeReached | NoticeCalled) -> NoticeTelling:
    found = {reached.account: reached for reached in event.reached}
    return replace(
        telling,
        ways=tuple(
            replace(way, reached=found[way.send.account])
            if way.number == event.number and way.send.account in found
            else way
            for way in telling.ways
        ),
    )


@on(NoticeRecalled)
def _recalled(telling: NoticeTelling, event: NoticeRecalled) -> NoticeTelling:
    ways = tuple(
        replace(way, reached=Reached(way.send.account, Reach.HELD_BACK, event.at))
        if way.number == event.number and way.reached.reach is Reach.TO_CALL
        else way
        for way in telling.ways
    )
    recalled = (*telling.recalled, event.number)
    return replace(telling, ways=ways, recalled=recalled, goes_at=event.at)


@on(NoticeChased)
def _chased(telling: NoticeTelling, event: NoticeChased) -> NoticeTelling:
    return replace(telling, chased=telling.chased + 1, moved_at=event.at)


@on(NoticeReplied)
def _replied(replies: NoticeReplies, event: NoticeReplied) -> NoticeReplies:
    replies = replace(replies, heard=_heard(replies, event.message_ts))
    if not event.waits:
        return replies
    reply = NoticeReply(
        event.account, event.author, event.text, event.at, event.channel_id, event.message_ts,
        event.link, event.outside,
    )  # fmt: skip
    return replace(replies, waiting=(*replies.waiting, reply))


@on(NoticeReplyAnswered)
def _answered(replies: NoticeReplies, event: NoticeReplyAnswered) -> NoticeReplies:
    waiting = tuple(each for each in replies.waiting if each.account != event.account)
    return replace(replies, waiting=waiting, heard=_heard(replies, event.message_ts))


@on(NoticeWordsAltered)
def _altered(replies: NoticeReplies, event: NoticeWordsAltered) -> NoticeReplies:
    """What waits for an answer waits in its new words; deleted words are still to be answered."""
    waiting = tuple(
        replace(each, text=event.text or each.text) if each.message_ts == event.message_ts else each
        for each in replies.waiting
    )
    return replace(replies, waiting=waiting)


def _heard(replies: NoticeReplies, message_ts: str) -> tuple[str, ...]:
    return (*replies.heard, message_ts)[-KEPT:] if message_ts else replies.heard


@on(NoticeReplyChased)
def _asked_again(replies: NoticeReplies, event: NoticeReplyChased) -> NoticeReplies:
    waiting = tuple(
        replace(each, asked_at=event.at) if each.account in event.accounts else each
        for each in replies.waiting
    )
    return replace(replies, waiting=waiting, chased=replies.chased + 1)


@on(NoticeMissed)
def _missed(telling: NoticeTelling, event: NoticeMissed) -> NoticeTelling:
    new = tuple((event.number, event.account, each.address) for each in event.missed)
    return replace(telling, missed=(*telling.missed, *new))
