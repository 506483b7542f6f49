"""A contact's message in the account's channel is a report: it opens a ticket. Source: M16, S144.

It has an owner's queue and clocks at once, and no tier: a person says that. One line in the thread
says so, once they have written to the end.
"""

from __future__ import annotations

from collections.abc import Iterator

from protocols.account.events import RouteKind
from protocols.account.rules import account_card, route_for
from protocols.account.state import Road
from protocols.contact.events import PocChanged
from protocols.fixed_texts.events import FixedTextSent
from protocols.intake.events import HEARD, HearReport, ReportHeard, ReportNotSaid
from protocols.intake.refusals import AlreadyHeard
from protocols.intake.state import HeardReport
from protocols.kernel.context import Context
from protocols.kernel.due_point import DuePoint
from protocols.kernel.event import Event
from protocols.kernel.tables import dues_of, falls, follows, opens
from protocols.opening.events import Opening, TicketOpened
from protocols.people.people import Staff
from protocols.policy.policy import Policy
from protocols.relations.events import OpenBeside
from protocols.replies.events import ColleagueWrote, CustomerWrote, Place
from protocols.rights.guards import need_staff
from protocols.routing.teams import Matter, routed
from protocols.scales import Tier
from protocols.ticket import Ticket
from protocols.time.calendar import BusinessCalendar
from protocols.words.answers.meaning import meaning_of


@opens(HearReport)
def hear(command: HearReport, ctx: Context) -> tuple[Event, ...]:
    """Decide that a message opens a ticket, which nobody has classified.

    Raises:
        Outside: Neither the bot nor one of us asks for it.
        AlreadyHeard: The same person's report was heard a moment ago: this goes on it.
    """
    need_staff(ctx)
    for other in ctx.known(OpenBeside).tickets:
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
    )
    return (opened, _heard(command, ctx), _words(command, ctx))


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
        understood=meaning_of(command.description),
        place=Place.JOINED,
        written_at=command.written_at,
    )


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
