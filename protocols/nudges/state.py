"""The question whether a message is a report: what was written, who is asked, what became of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from protocols.account.events import AccountCard
from protocols.clock.state import PassedPoints
from protocols.intake.events import Said
from protocols.kernel.changing import begins, on
from protocols.kernel.record import Layout, Record, part_of
from protocols.nudges.events import (
    NudgeAnswered,
    NudgeAsked,
    NudgeHeardMore,
    NudgeLapsed,
    NudgeNotShown,
    NudgePassedOn,
    NudgeReworded,
    NudgeSettled,
    NudgeWithdrawn,
)
from protocols.people.people import Staff, Who


class NudgeEnd(StrEnum):
    """What became of a question."""

    OPENS = "opens"
    DECLINED = "declined"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"
    OVERTAKEN = "overtaken"


class Nudge(Record):
    """The question whether a message is a report."""

    slices: ClassVar[dict[type, Layout]] = {}
    __slots__ = ()

    @property
    def reference(self) -> str:
        """Return the question's name, made from the message's place."""
        return self.of(NudgeHead).reference

    @property
    def team_id(self) -> str:
        """Return the workspace in which it was asked."""
        return self.of(NudgeHead).team_id

    @property
    def policy_version(self) -> str:
        """Return the digest of the policy that it was asked under."""
        return self.of(NudgeHead).policy_version

    @property
    def opened_at(self) -> datetime:
        """Return when it was asked."""
        return self.of(NudgeHead).opened_at

    @property
    def drill(self) -> bool:
        """Say whether it belongs to a drill."""
        return self.of(NudgeHead).drill

    @property
    def is_open(self) -> bool:
        """Say whether an answer, or the ticket that it opens, is still to come."""
        asking = self.of(NudgeAsking)
        return asking.end is None or asking.is_opening


part_of(Nudge)(PassedPoints)


@part_of(Nudge)
@dataclass(frozen=True, slots=True)
class NudgeHead:
    """What everybody asks of a question."""

    reference: str
    team_id: str
    policy_version: str
    opened_at: datetime
    account: AccountCard
    channel_id: str
    drill: bool = False


@part_of(Nudge)
@dataclass(frozen=True, slots=True)
class NudgeAsking:
    """What was written, and what became of the question.

    Attributes:
        thread_ts: The thread in which it was written; empty at the top of the channel.
        said: What was written, as it was heard; what was deleted is none of it.
        asked: Who is asked in person.
        ended_by: Who answered, or opened a ticket elsewhere.
        ticket: The ticket that stands for it.
        beside: The ticket on which it was heard instead of opening one.
        is_passed_on: Whether what was written behind it went on a ticket that was opened elsewhere.
    """

    said: tuple[Said, ...] = ()
    thread_ts: str = ""
    team: str = ""
    team_channel: str = ""
    asked: tuple[Staff, ...] = ()
    end: NudgeEnd | None = None
    ended_by: Who | None = None
    ended_at: datetime | None = None
    ticket: str = ""
    beside: str = ""
    is_passed_on: bool = False

    @property
    def opens(self) -> bool:
        """Say whether a ticket opens from it."""
        return self.end in (NudgeEnd.OPENS, NudgeEnd.LAPSED) and not self.beside

    @property
    def is_opening(self) -> bool:
        """Say whether a ticket opens from it, and does not stand yet."""
        return self.opens and not self.ticket

    @property
    def report(self) -> Said:
        """Return the contact's first message."""
        return next((each for each in self.in_order if not each.is_ours), self.said[0])

    @property
    def thread(self) -> str:
        """Return the thread that is the ticket's once it has opened."""
        return self.thread_ts or self.report.message_ts

    def stands_in(self, thread_ts: str) -> bool:
        """Say whether a thread is that of one of the messages."""
        return thread_ts == self.thread_ts != "" or self.has(thread_ts)

    @property
    def in_order(self) -> tuple[Said, ...]:
        """Return what was written in the order in which it was, whichever was heard first."""
        return tuple(sorted(self.said, key=lambda each: each.message_ts))

    def has(self, message_ts: str) -> bool:
        """Say whether a message is one of those that are asked about."""
        return any(each.message_ts == message_ts for each in self.said)


@dataclass(frozen=True, slots=True)
class AskedBeside:
    """What our people are asked about an account at the moment, while another is to be asked."""

    nudges: tuple[Nudge, ...] = ()

    def before(self, said: Said, thread_ts: str, since: datetime) -> Nudge | None:
        """Return the question of which a message is part, None where there is none.

        In a thread it is that about the thread, or about its first message; in the channel that of
        the same person since an instant, or about the message's own thread. Source: M16.
        """
        return next((each for each in self.nudges if _goes_on(each, said, thread_ts, since)), None)


def _goes_on(nudge: Nudge, said: Said, thread_ts: str, since: datetime) -> bool:
    asking = nudge.of(NudgeAsking)
    if thread_ts:
        return asking.stands_in(thread_ts)
    is_at_the_top = not asking.thread_ts or asking.has(asking.thread_ts)
    is_theirs = is_at_the_top and asking.report.by.key == said.by.key
    return asking.thread_ts == said.message_ts or (is_theirs and nudge.opened_at >= since)


@on(NudgeAsked)
def _head(event: NudgeAsked) -> NudgeHead:
    return NudgeHead(
        event.reference, event.team_id, event.policy_version, event.at, event.account,
        event.channel_id, event.drill,
    )  # fmt: skip


begins(NudgeAsked, Nudge)


@on(NudgeAsked)
def _asked(event: NudgeAsked) -> NudgeAsking:
    return NudgeAsking((event.said,), event.thread_ts, event.team, event.team_channel, event.asked)


@on(NudgeHeardMore)
def _more(asking: NudgeAsking, event: NudgeHeardMore) -> NudgeAsking:
    return replace(asking, said=(*asking.said, event.said), asked=(*asking.asked, *event.asked))


@on(NudgeReworded)
def _reworded(asking: NudgeAsking, event: NudgeReworded) -> NudgeAsking:
    said = (
        replace(each, summary=event.summary, text=event.text)
        if each.message_ts == event.message_ts
        else each
        for each in asking.said
    )
    left = tuple(each for each in said if each.text) or asking.said
    return replace(asking, said=left, asked=(*asking.asked, *event.asked))


@on(NudgeAnswered)
def _answered(asking: NudgeAsking, event: NudgeAnswered) -> NudgeAsking:
    end = NudgeEnd.OPENS if event.opens else NudgeEnd.DECLINED
    return replace(asking, end=end, ended_by=event.by, ended_at=event.at)


@on(NudgeLapsed, NudgeWithdrawn)
def _over(asking: NudgeAsking, event: NudgeLapsed | NudgeWithdrawn) -> NudgeAsking:
    if isinstance(event, NudgeWithdrawn):
        return replace(asking, end=NudgeEnd.WITHDRAWN, ended_at=event.at)
    return replace(asking, end=NudgeEnd.LAPSED, ended_at=event.at, beside=event.beside)


@on(NudgeSettled)
def _settled(asking: NudgeAsking, event: NudgeSettled) -> NudgeAsking:
    if asking.end is not None:
        return replace(asking, ticket=event.ticket)
    return replace(
        asking, end=NudgeEnd.OVERTAKEN, ended_by=event.opened_by, ended_at=event.at,
        ticket=event.ticket,
    )  # fmt: skip


@on(NudgePassedOn)
def _passed_on(asking: NudgeAsking, _event: NudgePassedOn) -> NudgeAsking:
    return replace(asking, is_passed_on=True)


@on(NudgeNotShown)
def _not_shown(asking: NudgeAsking, event: NudgeNotShown) -> NudgeAsking:
    return replace(asking, asked=(*asking.asked, *event.asked), team_channel="")
