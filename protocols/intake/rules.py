"""A contact's message in the account's channel is a report: it opens a ticket. Source: M16, S144.

It has an owner's queue and clocks at once, and no tier: a person says that. One line in the thread
says so, once they have written to the end.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from protocols.account.events import RouteKind
from protocols.account.rules import account_card, route_for
from protocols.account.state import Road
from protocols.contact.events import PocChanged
from protocols.fixed_texts.events import FixedTextSent
from protocols.intake.events import (
    HEARD,
    AskedAbout,
    HearReport,
    NudgeTakenUp,
    NudgeTold,
    ReportHeard,
    ReportNotSaid,
    Said,
)
from protocols.intake.refusals import AlreadyHeard
from protocols.intake.state import HeardReport, NudgedFrom
from protocols.kernel.changing import fold
from protocols.kernel.context import Context
from protocols.kernel.due_point import DuePoint
from protocols.kernel.event import Event
from protocols.kernel.posting import Post
from protocols.kernel.tables import dues_of, falls, follows, opens, posts
from protocols.nudges.events import SettleNudge
from protocols.opening.events import Opening, TicketOpened
from protocols.people.people import Actor, Staff
from protocols.policy.policy import Policy
from protocols.relations.events import OpenBeside
from protocols.replies.events import ColleagueWrote, CustomerWrote, Place, RecordOwnWords
from protocols.replies.in_a_row import told_when
from protocols.replies.own_words import record_own_words
from protocols.rights.guards import need_staff
from protocols.routing.teams import Matter, routed, team_calendar
from protocols.scales import Tier
from protocols.ticket import Ticket
from protocols.time.calendar import BusinessCalendar
from protocols.words.answers.meaning import meaning_of


@opens(HearReport)
def hear(command: HearReport, ctx: Context) -> tuple[Event, ...]:
    """Decide that a message opens a ticket, which nobody has classified.

    Raises:
        Outside: Neither the bot nor one of us asks for it.
        AlreadyHeard: It was opened from this message, or the same person's report was heard a
            moment ago: this goes on it.
    """
    need_staff(ctx)
    # Of what our people were asked about nothing is lost: it opens whatever else did.
    beside = ctx.known(OpenBeside) if command.asked_at is None else OpenBeside()
    stands = beside.opened_from(command.channel_id, command.thread_ts or command.message_ts)
    if stands is not None:
        raise AlreadyHeard(reference=stands.reference)
    for other in beside.tickets:
        young = ctx.now - other.opened_at < ctx.policy.intake.same_words_window
        if other.heard_from == command.author.key and young:
            raise AlreadyHeard(reference=other.reference)
    known = ctx.directory.account(command.account_key) if command.account_key else None
    account = account_card(known) if known is not None else None
    to = routed(ctx.policy, Matter(command.category, command.severity, account))
    opened = TicketOpened(
        ctx.now,
        ctx.by,
        command.reference,
        command.team_id,
        ctx.policy.version,
        _opening(command),
        account,
        route_for(ctx, account, security=False),
        Tier.ROUTINE,
        None,
        ctx.drill,
        watched=True,
        team=to.team,
        routed_by=to.why,
        unclassified=True,
        calendar=team_calendar(to.team, ctx.policy),
    )
    events: tuple[Event, ...] = (opened, _heard(command, ctx), _words(command, ctx))
    for said in command.more:
        events = (*events, *_more(fold(events), said, command, ctx))
    return events


def _opening(command: HearReport) -> Opening:
    return Opening(
        summary=command.summary,
        description=command.description,
        impacts=frozenset(),
        signal=None,
        funds_confirmed=False,
        noticed_by=command.noticed_by,
        severity=command.severity,
        category=command.category,
        source=HEARD,
        source_link=command.source_link,
    )


def _heard(command: HearReport, ctx: Context) -> ReportHeard:
    return ReportHeard(
        ctx.now,
        ctx.by,
        command.author,
        command.channel_id,
        command.message_ts,
        command.source_link,
        command.marked_by,
        command.written_at,
        command.thread_ts,
        command.asked_at,
    )


def _words(command: HearReport, ctx: Context) -> CustomerWrote:
    """Return the message as the account's first words on the ticket."""
    return CustomerWrote(
        ctx.now,
        command.author,
        command.author.name,
        command.description,
        command.channel_id,
        command.message_ts,
        command.source_link,
        outside=command.outside,
        understood=meaning_of(command.description),
        place=Place.JOINED,
        written_at=command.written_at,
    )


def _more(ticket: Ticket, said: Said, command: HearReport, ctx: Context) -> tuple[Event, ...]:
    """Return what was written behind the report, by the account or by one of us."""
    if said.is_ours:
        own = RecordOwnWords(
            ticket.reference, said.text, command.channel_id, said.message_ts, said.link,
            said.written_at,
        )  # fmt: skip
        return record_own_words(ticket, own, replace(ctx, actor=Actor(said.by)))
    understood = meaning_of(said.text)
    wrote = CustomerWrote(
        ctx.now,
        said.by,
        said.by.name,
        said.text,
        command.channel_id,
        said.message_ts,
        said.link,
        outside=said.outside,
        understood=understood,
        place=Place.JOINED,
        written_at=said.written_at,
        told=told_when(ticket, understood, ctx),
    )
    return (wrote,)


@follows
def nudge_taken_up(
    before: Ticket | None, _events: tuple[Event, ...], ticket: Ticket, ctx: Context
) -> tuple[Event, ...]:
    """Return that the question about the message that it is opened from is to be settled."""
    nudge = ctx.known(AskedAbout).nudge
    if before is not None or nudge in ("", ticket.of(NudgedFrom).nudge):
        return ()
    return (NudgeTakenUp(ctx.now, ctx.by, nudge),)


@dues_of
def nudge_is_told(
    ticket: Ticket, _policy: Policy, _calendar: BusinessCalendar
) -> Iterator[DuePoint]:
    """Yield that the question hears of the ticket, at once."""
    if ticket.of(NudgedFrom).is_due:
        yield DuePoint("nudge-told", "nudge_told", ticket.opened_at)


@falls("nudge_told")
def nudge_told(ticket: Ticket, _point: DuePoint, ctx: Context) -> tuple[Event, ...]:
    """Return that it hears of it; what a posted command decides posts nothing itself."""
    return (NudgeTold(ctx.now, ctx.by, ticket.of(NudgedFrom).nudge),)


@posts(NudgeTold)
def to_the_nudge(ticket: Ticket, event: NudgeTold, _ctx: Context) -> tuple[Post, ...]:
    """Post to the question which ticket stands for its message."""
    return (Post(SettleNudge(event.nudge, ticket.reference, ticket.opened_by)),)


@dues_of
def line_is_due(ticket: Ticket, policy: Policy, _calendar: BusinessCalendar) -> Iterator[DuePoint]:
    """Yield when the one line is said: a while after their last words, and never long after."""
    report = ticket.of(HeardReport)
    if not ticket.is_live or not report.is_due or report.heard_at is None:
        return
    last_at = report.last_at or report.heard_at
    at = min(last_at + policy.intake.line_after, report.heard_at + policy.intake.line_at_most)
    yield DuePoint("heard-line", "heard_line", at)


@falls("heard_line")
def line_said(ticket: Ticket, _point: DuePoint, ctx: Context) -> tuple[Event, ...]:
    """Return that the account reads that it was heard, unless other words have said so."""
    if ticket.tier.has_bridge or ticket.of(Road).route.kind is not RouteKind.CHANNEL:
        return (ReportNotSaid(ctx.now, ctx.by),)
    return (FixedTextSent(ctx.now, ctx.by, HEARD, f"{ticket.reference}/{HEARD}"),)


@follows
def colleague_has_it(
    _before: Ticket | None, events: tuple[Event, ...], ticket: Ticket, ctx: Context
) -> tuple[Event, ...]:
    """Return that one of us who answers a report that nobody has is taken as having it."""
    if ticket.of(HeardReport).author is None or ticket.poc is not None or not ticket.is_live:
        return ()
    wrote = next((event for event in events if isinstance(event, ColleagueWrote)), None)
    return () if wrote is None else (PocChanged(ctx.now, ctx.by, Staff(wrote.by), None),)
