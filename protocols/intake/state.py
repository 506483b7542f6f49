"""Which message a ticket was heard in, and whether the one line has been said. Source: M16."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from protocols.fixed_texts.events import FixedTextSent
from protocols.intake.events import HEARD, NudgeTakenUp, NudgeTold, ReportHeard, ReportNotSaid
from protocols.kernel.changing import on
from protocols.kernel.record import part_of
from protocols.people.people import Who
from protocols.replies.events import ColleagueWrote, CustomerWrote
from protocols.ticket import Ticket


@part_of(Ticket, under="intake")
@dataclass(frozen=True, slots=True)
class HeardReport:
    """The message that is the report.

    Attributes:
        author: Who wrote it; None on a ticket that was not heard.
        heard_at: When we heard it.
        last_at: When they wrote last before the line was said.
        colleague: Who of us answered before that.
        is_due: Whether the one line is still to be said.
        wrote_at: When it was written, as far as we know.
    """

    author: Who | None = None
    channel_id: str = ""
    message_ts: str = ""
    heard_at: datetime | None = None
    last_at: datetime | None = None
    colleague: Who | None = None
    is_due: bool = False
    wrote_at: datetime | None = None


@on(ReportHeard)
def _heard(event: ReportHeard) -> HeardReport:
    wrote_at = event.written_at or event.asked_at or event.at
    return HeardReport(
        event.author, event.channel_id, event.message_ts, event.at, event.at, is_due=True,
        wrote_at=wrote_at,
    )  # fmt: skip


@on(CustomerWrote)
def _more(report: HeardReport, event: CustomerWrote) -> HeardReport:
    is_theirs = report.author is not None and report.author.key == event.by.key
    return replace(report, last_at=event.at) if report.is_due and is_theirs else report


@on(ColleagueWrote)
def _answered(report: HeardReport, event: ColleagueWrote) -> HeardReport:
    if not report.is_due or report.colleague is not None:
        return report
    return replace(report, colleague=event.by)


@on(FixedTextSent, ReportNotSaid)
def _said(report: HeardReport, event: FixedTextSent | ReportNotSaid) -> HeardReport:
    ended = isinstance(event, ReportNotSaid) or event.name == HEARD
    return replace(report, is_due=False) if ended and report.is_due else report


@part_of(Ticket, under="nudged")
@dataclass(frozen=True, slots=True)
class NudgedFrom:
    """The question about the message that the ticket was opened from; it hears of the ticket."""

    nudge: str = ""
    is_due: bool = False


@on(NudgeTakenUp)
def _taken_up(event: NudgeTakenUp) -> NudgedFrom:
    return NudgedFrom(event.nudge, is_due=True)


@on(NudgeTold)
def _told(event: NudgeTold) -> NudgedFrom:
    return NudgedFrom(event.nudge)
